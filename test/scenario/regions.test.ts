import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import type { InputError } from '../../src/model/problem.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';

const HEAD = 'format: carriergrade/scenario/1\n';
const read = (text: string, set: readonly string[] = []) => readScenario(HEAD + text, { set });
const FAULT = 'failures: { fault: { rate: 1 / year } }';

const CLOUD = `
control: { functions: { vim: { failures: { sw: { rate: 1 / year } } } } }
catalogue:
  regions:
    cloud:
      elements: { ring: { type: link } }
      sites: { dc: { nodes: { compute: { type: compute-node, count: 4, slots: 4 } } } }
      control: { functions: { vim: { on: dc/compute, instances: 3, failures: { sw: { rate: 1 / year } } } } }
      groups:
        gateway: { count: 2, ${FAULT}, placement: { pools: [dc/compute] }, state: { replication: ring } }
      chains: { path: { stages: [gateway] } }
regions:
  edge: { base: cloud, count: 2, role: access-edge }
  core: { base: cloud, role: core, groups: { gateway: { count: 1, times: { remap: 2 s } } } }
  tenant: { base: cloud, control: shared }
  guest: { base: cloud, control: { shared: core } }
chains: { call: { stages: [edge/path, core/path, tenant/gateway, guest/gateway-1] } }
`;

describe('counted groups', () => {
  const { scenario } = read(`groups: { sbc: { count: 3, ${FAULT} }, one: { count: 1, ${FAULT} } }
services: { all: { uses: [sbc, one] }, second: { uses: [sbc-2] }, some: { structure: { atLeast: 2, of: [sbc] } } }`);

  test('are equal groups with numbers; one of them keeps its name', () => {
    expect(Object.keys(scenario.groups)).toEqual(['sbc-1', 'sbc-2', 'sbc-3', 'one']);
    expect(scenario.groups['sbc-1']).toEqual(scenario.groups['sbc-3']);
  });

  test('the bare name means all of them', () => {
    const leaf = (of: string) => ({ kind: 'leaf', of });
    expect(scenario.services['all']!.structure).toEqual({
      kind: 'all',
      inputs: ['sbc-1', 'sbc-2', 'sbc-3', 'one'].map(leaf),
    });
    expect(scenario.services['second']!.structure).toEqual(leaf('sbc-2'));
    expect(scenario.services['some']!.structure).toMatchObject({ atLeast: 2, inputs: { length: 3 } });
  });

  test('more than twenty stages', () => {
    const many = read(`groups: { sbc: { count: 25, ${FAULT} } }\nchains: { row: { stages: [sbc] } }`).scenario;
    expect(many.services['row']!.stages).toHaveLength(25);
    const { services, names } = compile(many);
    expect([services.visible, services.count]).toEqual([1, 26]);
    expect(names.services[25]).toBe('row: sbc-25');
  });

  test('values are written once: explained once, set for all', () => {
    const text = `groups: { sbc: { count: 3, ${FAULT} } }\nservices: { all: { uses: [sbc] } }`;
    const { explained, scenario: same } = read(text);
    expect(explained.filter(({ path }) => path === 'groups.sbc.times.remap')).toHaveLength(1);
    expect(same.assumptions.filter(({ path }) => path === 'groups.sbc.times.remap')).toHaveLength(1);
    const changed = read(text, ['groups.sbc.times.remap=3 s']).scenario;
    for (const group of Object.values(changed.groups))
      expect(group.times['remap']).toEqual({ kind: 'deterministic', value: 3 });
  });
});

describe('regions', () => {
  const { scenario, explained } = read(CLOUD);

  test('what they hold has the name of the region before it', () => {
    expect(Object.keys(scenario.regions!)).toEqual(['edge-1', 'edge-2', 'core', 'tenant', 'guest']);
    expect(Object.keys(scenario.sites)).toEqual(['edge-1/dc', 'edge-2/dc', 'core/dc', 'tenant/dc', 'guest/dc']);
    expect(Object.keys(scenario.groups)).toContain('edge-2/gateway-1');
    expect(Object.keys(scenario.groups)).toContain('core/gateway');
    expect(scenario.regions!['core']).toEqual({ control: 'core', role: 'core' });
  });

  test('names inside are its own', () => {
    const group = scenario.groups['edge-2/gateway-2']!;
    expect(group.placement.pools).toEqual(['edge-2/dc/compute']);
    expect(group.state.replication).toBe('edge-2/ring');
    expect(scenario.control['core/vim']!.on).toBe('core/dc/compute');
    // Members stay in the sites of their region.
    const { seats, names } = compile(scenario);
    names.seats.forEach((name, seat) => {
      expect(names.elements[seats.home[seat]!]!.split('/')[0]).toBe(name.split('/')[0]);
    });
  });

  test('its groups ask its own control functions, unless they are shared', () => {
    const asked = (group: string): readonly string[] => {
      const { remediation, recovery } = scenario.flows[scenario.groups[group]!.flow]!;
      return [...new Set([...remediation, ...recovery].flatMap(({ needs }) => needs))].filter((need) =>
        /vim$/.test(need),
      );
    };
    expect(asked('edge-1/gateway-1')).toEqual(['edge-1/vim']);
    expect(asked('core/gateway')).toEqual(['core/vim']);
    expect(asked('tenant/gateway-1')).toEqual(['vim']);
    expect(asked('guest/gateway-1')).toEqual(['core/vim']);
    // Functions a region leaves out never fail, region by region.
    expect(scenario.control['edge-2/vnfm']!.failures).toEqual([]);
    expect(explained).toContainEqual(
      expect.objectContaining({ path: 'regions.edge.control.functions.vnfm', value: 'never fails' }),
    );
  });

  test('a function only some regions have: flows of the catalogue may ask it, it never fails elsewhere', () => {
    const { scenario: sdn } = read(`
catalogue: { flows: { FL-03: { steps: { remap: { needs: [standby, sdnc] } } } } }
regions:
  a: { control: { functions: { sdnc: { failures: { sw: { rate: 1 / year } } } } }, groups: { g: { ${FAULT} } } }
  b: { groups: { g: { ${FAULT} } } }
services: { both: { uses: [a/g, b/g] } }
`);
    const remap = (group: string) =>
      sdn.flows[sdn.groups[group]!.flow]!.remediation.find(({ id }) => id === 'remap')!.needs;
    expect([remap('a/g'), remap('b/g')]).toEqual([
      ['standby', 'a/sdnc'],
      ['standby', 'b/sdnc'],
    ]);
    expect([sdn.control['a/sdnc']!.failures.length, sdn.control['b/sdnc']!.failures.length]).toEqual([1, 0]);
  });

  test('a region changes what it starts from, and only itself', () => {
    expect(scenario.groups['core/gateway']!.times['remap']).toEqual({ kind: 'deterministic', value: 2 });
    expect(scenario.groups['guest/gateway-1']!.times['remap']).toEqual({ kind: 'deterministic', value: 1 });
  });

  test('a chain goes through the chains of regions; a repeated region gives a stage each', () => {
    const stages = scenario.services['call']!.stages!.map(({ id }) => id);
    expect(stages).toEqual([
      'edge-1/path',
      'edge-2/path',
      'core/path',
      'tenant/gateway-1',
      'tenant/gateway-2',
      'guest/gateway-1',
    ]);
    expect(scenario.services['edge-1/path']!.stages!.map(({ id }) => id)).toEqual([
      'edge-1/gateway-1',
      'edge-1/gateway-2',
    ]);
  });

  test('the series treatment takes a service down with the control functions of the regions it goes through', () => {
    const text = `${CLOUD.replace('control:', 'control: { treatment: series, functions: { vim: { failures: { sw: { rate: 1 / year } } } } }\nx:').replace(/x:.*\n/, '')}services: { near: { uses: [core/gateway] }, shared: { uses: [tenant/gateway-1] } }\n`;
    const { services, names, elements, groups } = compile(read(text).scenario);
    const termsOf = (id: string): readonly string[] => {
      const service = names.services.indexOf(id);
      return [...services.term.slice(services.termStart[service]!, services.termStart[service + 1]!)].map((signal) => {
        if (signal < elements.count) return names.elements[signal]!;
        const group = signal - elements.count;
        return group < groups.count ? names.groups[group]! : names.gates[group - groups.count]!;
      });
    };
    expect(termsOf('near')).toEqual(['core/gateway', 'core/vim', 'core/vnfm', 'core/nfvo']);
    expect(termsOf('shared')).toContain('vim');
    expect(termsOf('shared')).not.toContain('core/vim');
  });

  test('members in two regions are a warning, unless allowed (A-36)', () => {
    const across = (allowed: string) =>
      read(`${CLOUD}groups: { wide: { ${FAULT}, placement: { pools: [core/dc/compute, edge-1/dc/compute]${allowed} } } }
services: { wide: { uses: [wide] } }
`).warnings.map(({ code, place }) => `${code} ${place?.line}`);
    const line = (HEAD + CLOUD).split('\n').length;
    expect(across('')).toContain(`roles-span-vims ${line}`);
    expect(across(', acrossRegions: true').join()).not.toContain('roles-span-vims');
  });

  test('law: every assumption of a region can be stated as it is printed, and changes nothing', () => {
    const { digest } = read(CLOUD);
    const inRegions = scenario.assumptions.filter(
      ({ path, value }) => path.startsWith('regions.') && value !== 'never fails',
    );
    expect(inRegions.length).toBeGreaterThan(100);
    for (const { path, value } of inRegions.filter((_, i) => i % 7 === 0)) {
      expect([path, read(CLOUD, [`${path}=${value}`]).digest]).toEqual([path, digest]);
    }
  });

  test('a problem inside a template is shown once, where it is written', () => {
    try {
      read(CLOUD.replace('slots: 4', 'slots: -4'));
      expect.unreachable();
    } catch (error) {
      const { problems } = error as InputError;
      expect(problems.map(({ code }) => code)).toContain('out-of-range');
      expect(problems.filter(({ code }) => code === 'out-of-range')).toHaveLength(1);
    }
  });
});

describe('black boxes', () => {
  const figures = (text: string) => {
    const { failures } = read(`elements: { box: { kind: pnf, ${text} } }\nservices: { v: { uses: [box] } }`).scenario
      .elements['box']!;
    const [{ timeToFailure, restore }] = failures as [(typeof failures)[0]];
    const up = timeToFailure.kind === 'exponential' ? timeToFailure.mean : Number.NaN;
    const down = restore.by === 'itself' && restore.after.kind === 'deterministic' ? restore.after.value : Number.NaN;
    return { unavailability: down / (up + down), down, modes: failures.map(({ id }) => id) };
  };

  test.each([
    ['availability: 99.999 %, mttr: 4 h', 1e-5, 14_400],
    ['availability: 5 nines', 1e-5, 14_400],
    ['mtbf: 399996 h, mttr: 4 h', 1e-5, 14_400],
    ['dpm: 315.36 s/year, mdt: 1 h', 1e-5, 3_600],
    ['ofm: 0.876 / year, mdt: 1 h', 1e-4, 3_600],
    ['availability: 99.999 %, mtbf: 400000 h, mttr: 4 h', 1e-5, 14_400],
  ])('%s', (text, unavailability, down) => {
    const found = figures(text);
    expect(found.unavailability / unavailability).toBeCloseTo(1, 4);
    expect(found.down).toBe(down);
  });

  test('its own failover is a failure mode of its own', () => {
    expect(figures('availability: 5 nines, transient: { rate: 2 / year, duration: 50 ms }').modes).toEqual([
      'outage',
      'transient',
    ]);
  });
});
