import type { CatalogueFailure, ElementType } from './element-types.ts';

/**
 * Rates seen or predicted in the field, by others. An entry with `failures` is an element type (`type: switch/tor`); the
 * rest are shares and counts that say something about causes and are only printed (`table field-rates`).
 */
export interface FieldRate {
  readonly title: string;
  readonly kind?: ElementType['kind'];
  /** As published. */
  readonly published: string;
  /** How the rate of the failure mode follows from it, where it is not the number itself. */
  readonly conversion?: string;
  readonly failures?: ElementType['failures'];
  readonly reference: string;
  /** Of publication or of the data, where it is known. */
  readonly year?: number;
  /** `measured`; `predicted` by a vendor; `second-hand`: quoted by others; `illustrative`: an example of its authors. */
  readonly status: 'measured' | 'predicted' | 'second-hand' | 'illustrative';
}

const GILL = 'Gill, Jain, Nagappan, SIGCOMM';
const MEZA = 'Meza et al., IMC (as quoted)';
const DEAN = 'Dean, first-year events of a cluster of 1 800 servers (talk)';
const SCHROEDER = 'Schroeder et al.';
const CISCO = 'Cisco prediction (as quoted in a community thread)';
const CEPH = 'ceph-tools reliability models';
const NGUYEN = 'Nguyen, Kim, Park, TSWJ 165316';
const HASFC = 'Di Mauro et al., example request';
const ENISA = 'ENISA annual reports';
const UPTIME = 'Uptime Institute (as quoted)';
const BACKBLAZE = 'Backblaze drive statistics';

/** A share p of the population that fails within a year, as the constant rate −ln(1 − p). */
const perYearOf = (share: number): string => `${-Math.log1p(-share)} / year`;
const SHARE = 'share p that fails in a year: −ln(1 − p) / year';

const field = (reference: string, year?: number): string => (year === undefined ? reference : `${reference} ${year}`);
const REPAIR = { repair: '4 h' } as const;
const WITH_REPAIR = '; 4 h repair [B] B-64';

function type(
  kind: ElementType['kind'],
  title: string,
  published: string,
  failures: Readonly<Record<string, Omit<CatalogueFailure, 'source'>>>,
  rest: Pick<FieldRate, 'reference' | 'year' | 'status'> & { readonly conversion?: string; readonly repair?: string },
): FieldRate {
  const { repair = '', ...facts } = rest;
  const source = `${field(facts.reference, facts.year)}${repair}`;
  const modes = Object.fromEntries(Object.entries(failures).map(([id, mode]) => [id, { ...mode, source }]));
  return { title, kind, published, failures: modes, ...facts };
}

const gill = { reference: GILL, year: 2011, status: 'measured', conversion: SHARE, repair: WITH_REPAIR } as const;
const cisco = { reference: CISCO, status: 'predicted', repair: WITH_REPAIR } as const;
const ceph = { reference: CEPH, status: 'illustrative', repair: WITH_REPAIR } as const;
const nguyen = { reference: NGUYEN, year: 2014, status: 'illustrative' } as const;
const hasfc = { reference: HASFC, year: 2021, status: 'illustrative' } as const;

const chassis = (model: string, hours: number): FieldRate =>
  type('leaf', `Switch ${model}`, `MTBF ${hours} h`, { hw: { mtbf: `${hours} h`, ...REPAIR } }, cisco);
const disk = (period: string, year: number, percent: number): FieldRate =>
  type(
    'store',
    `Disk, ${period}`,
    `annualised failure rate ${percent} %`,
    // Drive failures over drive years: a rate as it stands.
    { hw: { rate: `${Number((percent / 100).toFixed(6))} / year`, ...REPAIR } },
    { reference: BACKBLAZE, year, status: 'measured', conversion: 'failures per drive year', repair: WITH_REPAIR },
  );
const cephDisk = (grade: string, fit: number): FieldRate =>
  type('store', `Disk, ${grade}`, `${fit} FIT`, { hw: { fit: `${fit} FIT`, ...REPAIR } }, ceph);
const illustrative = (kind: ElementType['kind'], title: string, mode: string): FieldRate =>
  type(kind, title, 'MTTF 10 000 h, MTTR 1 h', { [mode]: { mttf: '10000 h', restart: '1 h' } }, hasfc);

const told = (
  title: string,
  published: string,
  reference: string,
  year: number | undefined,
  status: FieldRate['status'],
): FieldRate => ({ title, published, reference, ...(year === undefined ? {} : { year }), status });

/** By id; ids of element types have a slash. */
export const FIELD_RATES: Readonly<Record<string, FieldRate>> = {
  'switch/tor': type(
    'leaf',
    'Top-of-rack switch',
    '~5 % fail in a year',
    { hw: { rate: perYearOf(0.05), ...REPAIR } },
    gill,
  ),
  'switch/aggregation': type(
    'spine',
    'Aggregation switch',
    '~10 % fail in a year',
    { hw: { rate: perYearOf(0.1), ...REPAIR } },
    gill,
  ),
  'load-balancer/hardware': type(
    'load-balancer',
    'Load balancer',
    '1 in 5 fails in a year',
    { hw: { rate: perYearOf(0.2), cause: 'hw', ...REPAIR } },
    gill,
  ),
  'switch/ws-c4503-e': chassis('WS-C4503-E', 1_064_279),
  'switch/ws-c4506-e': chassis('WS-C4506-E', 710_119),
  'switch/ws-c4507r-e': chassis('WS-C4507R+E', 248_630),
  'switch/ws-c4510r-e': chassis('WS-C4510R+E', 179_714),
  'switch/2960x-48fpd-l': chassis('2960X-48FPD-L', 233_370),
  'board/come-cwl6': type(
    'unit',
    'Telecom board COMe-cWL6 at 40 °C',
    'MTBF 565 206 h',
    { hw: { mtbf: '565206 h', ...REPAIR } },
    { reference: 'vendor manual', status: 'predicted', repair: WITH_REPAIR },
  ),
  'board/dh55hc': type(
    'unit',
    'Board DH55HC at 50 °C',
    'MTBF 138 157 h',
    { hw: { mtbf: '138157 h', ...REPAIR } },
    { reference: 'vendor manual', status: 'predicted', repair: WITH_REPAIR },
  ),
  'fan/chassis': type(
    'unit',
    'Chassis fan',
    'MTBF 70 000 h',
    { hw: { mtbf: '70000 h', ...REPAIR } },
    { reference: 'vendor page', status: 'predicted', repair: WITH_REPAIR },
  ),
  'server/first-year': type(
    'node',
    'Server in the first year of a cluster',
    '~1000 machine failures among 1 800 servers',
    { failure: { rate: `${1000 / 1800} / year`, cause: 'hw', ...REPAIR } },
    { reference: DEAN, year: 2008, status: 'measured', conversion: '1000 / 1800 servers / year', repair: WITH_REPAIR },
  ),
  'pdu/cluster': type(
    'power-feed',
    'Power distribution unit of a cluster (500 to 1000 machines)',
    '1 failure in the first year, ~6 h',
    { power: { rate: '1 / year', repair: '6 h' } },
    { reference: DEAN, year: 2008, status: 'measured' },
  ),
  'memory/uncorrectable': type(
    'unit',
    'Memory of a machine: uncorrectable errors',
    '1.3 % of machines in a year',
    { memory: { rate: perYearOf(0.013), restart: '300 s' } },
    { reference: SCHROEDER, year: 2009, status: 'measured', conversion: SHARE, repair: '; 300 s reboot [EA]' },
  ),
  'disk/2024': disk('2024', 2024, 1.57),
  'disk/2025-q3': disk('third quarter of 2025', 2025, 1.55),
  'disk/2025-q2': disk('second quarter of 2025', 2025, 1.36),
  'disk/2024-q2': disk('second quarter of 2024', 2024, 1.71),
  'disk/2024-q1': disk('first quarter of 2024', 2024, 1.41),
  'disk/2023-q2': disk('second quarter of 2023', 2023, 2.28),
  'disk/2023-q1': disk('first quarter of 2023', 2023, 1.54),
  'disk/enterprise': cephDisk('enterprise grade', 826),
  'disk/consumer': cephDisk('consumer grade', 1320),
  'disk/field': cephDisk('as seen in the field', 7800),
  'server/virtualised': type(
    'node',
    'Host of a virtualised system',
    'MTTF 1 year, MTTR 3 d',
    { hw: { mttf: '1 year', repair: '3 d' } },
    nguyen,
  ),
  'hypervisor/virtualised': type(
    'unit',
    'Hypervisor, failures not due to ageing',
    'MTTF 2654 h, repair 100 min',
    { sw: { mttf: '2654 h', restart: '100 min' } },
    nguyen,
  ),
  'vm/virtualised': type(
    'guest',
    'Virtual machine, failures not due to ageing',
    'MTTF 2893 h, repair 30 min',
    { os: { mttf: '2893 h', restart: '30 min' } },
    nguyen,
  ),
  'storage/san': type(
    'store',
    'Storage area network',
    'MTTF 1 year, MTTR 3 d',
    { hw: { mttf: '1 year', repair: '3 d' } },
    nguyen,
  ),
  'nfv/hardware': illustrative('node', 'Hardware of a network function', 'hw'),
  'nfv/vm': illustrative('guest', 'Virtual machine of a network function', 'os'),
  'nfv/container': illustrative('app', 'Container of a network function', 'crash'),
  'links-and-devices': told(
    'Availability of links and devices',
    'at least 99 % for 80 % of links and 60 % of devices',
    GILL,
    2011,
    'measured',
  ),
  'redundancy-effectiveness': told(
    'Effect of network redundancy',
    'median impact reduced by 40 %',
    GILL,
    2011,
    'measured',
  ),
  'network-root-causes': told(
    'Root causes of data-centre network incidents',
    'maintenance 17 %, hardware 13 %, misconfiguration 13 %, bug 12 %, accident 11 %, capacity 5 %, undetermined 29 %',
    MEZA,
    2018,
    'second-hand',
  ),
  'cluster-events': told(
    'Events in the first year of a cluster of 1 800 servers',
    '20 racks (40 to 80 machines), 5 racks wonky, 1 rewiring (5 % over 2 d), 0.5 overheating (1 to 2 d)',
    DEAN,
    2008,
    'measured',
  ),
  'memory-errors': told(
    'Memory errors',
    'over 8 % of modules a year with errors, a third of machines correctable, 1.3 % uncorrectable (2 to 4 % on some)',
    SCHROEDER,
    2009,
    'measured',
  ),
  'site-disaster': told('Loss of a site', '0.001 / year', CEPH, undefined, 'illustrative'),
  'outage-causes': told(
    'Causes of data-centre outages',
    'power 54 %, network 12 %, IT systems 11 %',
    UPTIME,
    2025,
    'second-hand',
  ),
  'operators-with-outage': told(
    'Operators with an outage in the past three years',
    '78 % (2020), 69 % (2021), 60 % (2022), 55 % (2023), 53 % (2024)',
    UPTIME,
    2024,
    'second-hand',
  ),
  'telecom-system-failures': told(
    'Telecom incidents: system failures',
    '70 % (2015), 73 % (2016), 62 % (2017), 61 % (2020), 59 % (2021)',
    ENISA,
    2021,
    'measured',
  ),
  'telecom-human-errors': told(
    'Telecom incidents: human errors',
    '18 % (2017, 2018), 26 % (2019, 2020), 23 % (2021, 91 % of the hours)',
    ENISA,
    2021,
    'measured',
  ),
  'telecom-third-parties': told(
    'Telecom incidents: third parties',
    '21.5 % (2016), 31 % (2019), 29 % (2020)',
    ENISA,
    2020,
    'measured',
  ),
  'telecom-malicious': told(
    'Telecom incidents: malicious acts',
    '2.5 % (2015, 2017), 8 % (2021)',
    ENISA,
    2021,
    'measured',
  ),
  'telecom-volume': told(
    'Telecom incidents and lost user hours',
    '153 and 988 million (2019), 168 and 5106 million (2021); faulty software changes 40 % of the hours (2020)',
    ENISA,
    2021,
    'measured',
  ),
};

/** The entries that are element types. */
export const FIELD_TYPES: Readonly<Record<string, ElementType>> = Object.fromEntries(
  Object.entries(FIELD_RATES).flatMap(([id, { kind, title, failures, reference, year }]) =>
    kind === undefined || failures === undefined
      ? []
      : [[id, { title, kind, failures, source: field(reference, year) } satisfies ElementType]],
  ),
);
