/** A reference report: the arguments that print it and the file it stands in, relative to `reports/`. */
export interface Report {
  readonly file: string;
  readonly args: readonly string[];
}

const CRITICAL_SERVICES =
  'ceph-monitor,cinder-volume,neutron-api,switch-api,l3-agent,ovs-agent,sdn-controller,lbaas,swift,haproxy,galera,rabbitmq,redis,virtual-ips,memcached';

const diagram = (name: string, ...more: readonly string[]): readonly string[] => {
  return ['rbd', `scenarios/seed-tables/${name}.yaml`, '--importance', '--cut-sets', ...more];
};

/** What S-01 prints, by the name of its files: every printed number and every table of the source documents. */
const SEED_TABLES: Readonly<Record<string, readonly string[]>> = {
  checks: ['table', 'checks'],
  discrepancies: ['table', 'discrepancies'],
  conversions: ['table', 'conversions'],
  allocate: ['allocate', '--target', '0.99999,0.999999', '--split', 'HW=10,ISW_LE_VIM=10,ISW_GT_VIM=10,APP=50,OPER=20'],
  'allocate-critical-services': ['allocate', '--target', '0.99999', '--sub', `ISW_LE_VIM=${CRITICAL_SERVICES}`],
  allocation: ['table', 'allocation'],
  enisa: ['table', 'enisa'],
  'chain-nines': ['table', 'chain-nines'],
  'chain-dpm': ['table', 'chain-dpm'],
  'chain-plot': ['table', 'chain-nines', '--form', 'long'],
  criticality: ['table', 'criticality', '--topology', 'R160'],
  services: ['table', 'services'],
  'mano-paths': ['table', 'mano-paths'],
  'upgrade-budgets': ['table', 'upgrade-budgets'],
  'fm-timeline': ['table', 'fm-timeline'],
  'monitoring-tools': ['table', 'monitoring-tools'],
  'sample-sizes': ['table', 'sample-sizes'],
  spares: ['table', 'spares'],
  'first-diagram': diagram('first-diagram'),
  'second-diagram': diagram('second-diagram'),
  'ten-stages': diagram('ten-stages'),
  'three-clouds': diagram('three-clouds'),
  'leaf-spine': diagram('leaf-spine', '--mission', '1year'),
  quorum: diagram('quorum'),
};

/** S-01: analytic only, nothing random. Markdown to read, CSV to compute with. */
export const SEED_REPORTS: readonly Report[] = Object.entries(SEED_TABLES).flatMap(([name, args]) => [
  { file: `seed-tables/${name}.md`, args: [...args, '--format', 'markdown'] },
  { file: `seed-tables/${name}.csv`, args: [...args, '--format', 'csv'] },
]);

/** Short runs: enough to see a change, not to trust a number. */
const SHORT = ['--years', '100', '--histories', '20'];

/** One report per scenario file, given as `scenarios/…`. */
export function scenarioReports(files: readonly string[]): readonly Report[] {
  return files.map((file) => {
    const name = file.replace(/^.*\//, '').replace(/\.yaml$/, '');
    return { file: `scenarios/${name}.md`, args: ['run', file, ...SHORT, '--format', 'markdown'] };
  });
}
