import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compile,
  type ImportedScenario,
  InputError,
  importDescriptors,
  readScenario,
  simulate,
} from '../../src/index.ts';
import { readValidation, validationAvailable } from './available.ts';

/**
 * Real descriptors (OpenStack Tacker, OPNFV, K-OpenNet), read as they are: what they become, and what is wrong with them.
 * One row: files, groups as `id scheme members | monitors | rules`, findings as `line code`.
 */
const ROWS: readonly (readonly [files: string, groups: readonly string[], findings: readonly string[]])[] = [
  ['doctor/doctor.sample.conf', ['doctor_vm simplex 1 | doctor (sample) | respawn'], []],
  ['kone/clustering_service_usage_guide.rst', ['VDU1 active-standby 2 | ping: 3 × 1 s, timeout 2 s | recovery'], []],
  ['kone/sample-cluster-policy.yaml', ['member active-standby 2 |  | recovery'], ['18 dangling-reference']],
  ['legacy/tosca-placement-policy-anti-affinity.yaml', ['VDU1-VDU2 active-standby 2 |  | by hand; apart by host'], []],
  [
    'legacy/tosca-vnfd-alarm-respawn.yaml',
    ['VDU1 simplex 1 |  | faults: by hand; alarm cpu_util high 300 s × 1 → respawn'],
    [],
  ],
  [
    'legacy/tosca-vnfd-alarm-scale.yaml',
    ['VDU1 simplex 1 |  | by hand; alarm cpu_util high 60 s × 1 → SP1; alarm cpu_util low 60 s × 1 → SP1; at most 3'],
    [],
  ],
  ['legacy/tosca-vnfd-http-monitor.yaml', ['VDU1 simplex 1 | http_ping: 5 × 10 s | respawn'], []],
  [
    'legacy/tosca-vnfd-monitor-multi-vdu.yaml',
    ['VDU1', 'VDU2', 'VDU3'].map((id) => `${id} simplex 1 | ping: 3 × 1 s, timeout 2 s | respawn`),
    [],
  ],
  ['legacy/tosca-vnfd-monitor.yaml', ['VDU1 simplex 1 | ping: 3 × 1 s, timeout 2 s | respawn'], []],
  [
    'legacy/tosca-vnfd-scale.yaml',
    ['VDU1 load-balanced 2 |  | by hand; at most 3', 'VDU2 load-balanced 2 |  | by hand; at most 3'],
    [],
  ],
  ['legacy/tosca-vnfd-vip.yaml', ['VDU1-VDU2 active-standby 2 |  | by hand; share address VCP'], []],
  [
    'nsd/sample-tosca-nsd.yaml',
    ['VNF1 simplex 1 |  | by hand', 'VNF2 simplex 1 |  | by hand'],
    ['4 missing-import', '4 missing-import', '19 missing-descriptor', '25 missing-descriptor'],
  ],
  [
    'nsd/sample-tosca-nsd.yaml nsd/sample-tosca-vnfd1.yaml nsd/sample-tosca-vnfd2.yaml',
    ['VNF1-VDU1', 'VNF1-VDU2', 'VNF2-VDU1', 'VNF2-VDU2'].map((id) => `${id} simplex 1 |  | by hand`),
    ['26 dangling-reference', '27 dangling-reference'],
  ],
  [
    'nsd/sample-tosca-vnfd1.yaml',
    ['VDU1 simplex 1 |  | by hand', 'VDU2 simplex 1 |  | by hand'],
    ['26 dangling-reference', '27 dangling-reference'],
  ],
  ['nsd/sample-tosca-vnfd2.yaml', ['VDU1 simplex 1 |  | by hand', 'VDU2 simplex 1 |  | by hand'], []],
  [
    'nsd/tosca-multiple-vnffg-nsd.yaml',
    ['VNF1 simplex 1 |  | by hand', 'VNF2 simplex 1 |  | by hand'],
    ['4 missing-import', '4 missing-import', '26 missing-descriptor', '31 missing-descriptor', '58 dangling-reference'],
  ],
  [
    'nsd/tosca-multiple-vnffg-nsd.yaml nsd/tosca-vnfd1-sample.yaml nsd/tosca-vnfd2-sample.yaml',
    ['VNF1-VDU1 simplex 1 |  | by hand', 'VNF2-VDU1 simplex 1 |  | by hand'],
    ['58 dangling-reference', '20 dangling-reference', '57 unused-template'],
  ],
  ['nsd/tosca-vnfd1-sample.yaml', ['VDU1 simplex 1 |  | by hand'], ['20 dangling-reference', '57 unused-template']],
  ['nsd/tosca-vnfd2-sample.yaml', ['VDU1 simplex 1 |  | by hand'], []],
  [
    'opnfv-sfc/test-one-chain-vnfd1.yaml',
    ['VDU1 simplex 1 | ping: 3 × 2 s, timeout 2 s | respawn'],
    ['22 no-input-value', '35 misplaced-key'],
  ],
  [
    'opnfv-sfc/test-one-chain-vnffgd.yaml',
    ['test-vnfd1 simplex 1 |  | by hand', 'test-vnfd2 simplex 1 |  | by hand'],
    ['26 missing-descriptor', '28 missing-descriptor'],
  ],
  [
    'opnfv-sfc/test-one-chain-vnfd1.yaml opnfv-sfc/test-one-chain-vnffgd.yaml',
    ['test-vnfd1-VDU1 simplex 1 | ping: 3 × 2 s, timeout 2 s | respawn', 'test-vnfd2 simplex 1 |  | by hand'],
    ['22 no-input-value', '29 stale-chain', '35 misplaced-key', '28 missing-descriptor'],
  ],
  ['opnfv-sfc/test-two-chains-vnffgd1.yaml', ['test-vnfd1 simplex 1 |  | by hand'], ['31 missing-descriptor']],
  [
    'sol001/helloworld3_df_simple.yaml',
    ['VDU1 simplex 1 |  | by hand; apart by zone; at most 3', 'VDU2 simplex 1 |  | by hand; apart by zone'],
    ['5 missing-import', '318 impossible-range'],
  ],
  [
    'sol001/kubernetes_df_podaffinity.yaml',
    ['masterNode load-balanced 3 |  | by hand; at most 5', 'workerNode load-balanced 2 |  | by hand; at most 4'],
    ['5 missing-import'],
  ],
  ['sol001/practical_Common.yaml', ['Sample.VNF.Node simplex 1 |  | by hand'], ['10 missing-descriptor']],
  [
    'sol001/practical_df_ha.yaml',
    ['VDU_0-VDU_1 active-standby 2 |  | by hand; apart by nfvi_node'],
    ['5 missing-import'],
  ],
  [
    'sol001/practical_df_ha.yaml sol001/practical_Common.yaml',
    ['VDU_0-VDU_1 active-standby 2 |  | by hand; apart by nfvi_node'],
    ['38 dangling-reference', '39 dangling-reference', '40 dangling-reference', '41 dangling-reference'],
  ],
  [
    'sol001/practical_df_scalable.yaml',
    ['VDU_0-VDU_1-VDU_2 active-standby 2 |  | by hand; apart by nfvi_node; VDU_2 at most 1'],
    ['5 missing-import'],
  ],
  ['sol001/sample_vnfd_df_simple.yaml', ['VDU1 simplex 1 |  | by hand; at most 3'], ['5 missing-import']],
  ['vnffg/tosca-vnffg-vnfd1.yaml', ['VDU1 simplex 1 |  | by hand'], []],
  [
    'vnffg/tosca-vnffgd-multiple-classifiers-sample.yaml',
    ['VNFD1 simplex 1 |  | by hand', 'VNFD2 simplex 1 |  | by hand'],
    ['30 missing-descriptor', '32 missing-descriptor'],
  ],
  [
    'vnffg/tosca-vnffgd-sample.yaml',
    ['VNFD1 simplex 1 |  | by hand', 'VNFD2 simplex 1 |  | by hand'],
    ['24 missing-descriptor', '26 missing-descriptor'],
  ],
  [
    'vnffg/tosca-vnffgd-sample.yaml vnffg/tosca-vnffg-vnfd1.yaml',
    ['sample-tosca-vnfd1-VDU1 simplex 1 |  | by hand', 'VNFD2 simplex 1 |  | by hand'],
    ['26 missing-descriptor'],
  ],
];

const there = validationAvailable('tosca');
const load = (files: string): ImportedScenario =>
  importDescriptors(files.split(' ').map((file) => ({ file, text: readValidation(`tosca/${file}`) })));

describe.skipIf(!there)('reference: real descriptors', () => {
  it.each(ROWS)('%s', async (files, groups, findings) => {
    const { scenario, report } = load(files);
    const rows = report.groups.map(
      ({ id, scheme, members, monitors, rules }) =>
        `${id} ${scheme} ${members} | ${monitors.join('; ')} | ${rules.join('; ')}`,
    );
    expect(rows).toEqual(groups);
    expect(report.findings.map(({ code, place }) => `${place?.line} ${code}`)).toEqual(findings);
    for (const file of report.files) expect(file.taken + file.approximated + file.ignored).toBe(file.keys);
    const read = readScenario(scenario, { file: 'imported.yaml' });
    for (const variant of [undefined, ...read.variants]) {
      const loaded = variant === undefined ? read : readScenario(scenario, { file: 'imported.yaml', variant });
      const result = await simulate(loaded, { histories: 2, years: 2 });
      expect(Object.keys(result.services).length).toBeGreaterThan(0);
    }
  });

  it('law: torn and turned over, each is read or refused with a place, never more', () => {
    const files = ROWS.map(([name]) => name).filter((name) => !name.includes(' '));
    const torn = fc.record({
      file: fc.constantFrom(...files),
      cut: fc.double({ min: 0, max: 1, noNaN: true }),
      drop: fc.array(fc.nat(400), { maxLength: 5 }),
      shift: fc.nat(400),
    });
    fc.assert(
      fc.property(torn, ({ file, cut, drop, shift }) => {
        const lines = readValidation(`tosca/${file}`).split('\n');
        const kept = lines.filter((_line, i) => !drop.includes(i)).map((line, i) => (i === shift ? `  ${line}` : line));
        const whole = kept.join('\n');
        const text = cut < 0.5 ? whole : whole.slice(0, Math.floor(cut * whole.length));
        try {
          const { scenario } = importDescriptors([{ file, text }]);
          compile(readScenario(scenario, { file: 'imported.yaml' }).scenario);
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          for (const { place } of error.problems) expect(place?.file).toBe(file);
        }
      }),
      { seed: 11, numRuns: 150 },
    );
  });
});
