import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { loadScenario, measureCriticality } from '../../src/index.ts';
import type { InputError } from '../../src/model/problem.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';

const FAULT = 'failures: { fault: { rate: 1 / year, cause: sw } }';

/** Two equal clouds: a box of two parts, a pair with common causes, a pool whose nodes have parts. */
const CLOUDS = `format: carriergrade/scenario/1
regions:
  edge:
    count: 2
    elements:
      psu: { type: link }
      box:
        kind: node
        internal: { parts: { psu: { count: 2, on: [psu], ${FAULT} } }, needs: { any: [psu] } }
    sites:
      dc: { nodes: { compute: { count: 4, slots: 4, internal: { parts: { fan: { on: [box], ${FAULT} } }, needs: fan } } } }
    control: { functions: { vim: { failures: { sw: { rate: 1 / year, restart: 1 h } } } } }
    groups:
      gateway: { count: 2, ${FAULT}, commonCause: { beta: 10 %, modes: [fault] }, placement: { pools: [dc/compute] } }
    chains: { path: { stages: [box, gateway] } }
chains: { call: { stages: [edge/path] } }
`;

const strikesOf = (strikes: string) =>
  readScenario(`${CLOUDS}causes: { commonCause: { push: { rate: 1 / year, restart: 1 h, strikes: ${strikes} } } }\n`)
    .scenario.shocks['push']!.modes[0]!.strikes[0]!.victims;

function messages(strikes: string): readonly string[] {
  try {
    strikesOf(strikes);
  } catch (error) {
    return (error as InputError).problems.map(({ message }) => message);
  }
  return [];
}

describe('causes and inner structures in regions', () => {
  test('needs of an element name its own parts, also where the region has an element of that name', () => {
    const { scenario } = readScenario(CLOUDS);
    const { internal } = scenario.elements['edge-1/box']!;
    expect(internal!.needs).toMatchObject({ kind: 'any', inputs: [{ of: 'psu-1' }, { of: 'psu-2' }] });
    expect(internal!.parts['psu']!.on).toEqual(['edge-1/psu']);
    expect(compile(scenario).names.elements).toContain('edge-2/box/psu-2');
  });

  test('each counted group of each region has a common cause of its own', () => {
    const { scenario } = readScenario(CLOUDS);
    expect(Object.keys(scenario.shocks)).toEqual(
      ['edge-1/gateway-1', 'edge-1/gateway-2', 'edge-2/gateway-1', 'edge-2/gateway-2'].map(
        (id) => `${id}/common-cause`,
      ),
    );
  });

  test('a strike may name one member, a group, or the same of all regions', () => {
    expect(strikesOf('[edge-1/gateway-2/1]')).toEqual(['edge-1/gateway-2/1']);
    expect(strikesOf('[edge-1/gateway-2]')).toEqual(['edge-1/gateway-2/1', 'edge-1/gateway-2/2']);
    expect(strikesOf('[edge-2/gateway]')).toHaveLength(4);
    expect(strikesOf('[edge/gateway]')).toHaveLength(8);
    expect(strikesOf('[edge/box]')).toEqual(['edge-1/box', 'edge-2/box']);
    expect(strikesOf('[edge/vim]')).toEqual(['edge-1/vim', 'edge-2/vim']);
    expect(strikesOf('[{ within: [edge-1/dc] }]')).toHaveLength(4);
  });

  test('a chain cannot be struck, only its stages', () => {
    expect(messages('[call]')).toEqual([
      'causes.commonCause.push.strikes[0]: "call" is a chain, an element or group is needed here',
    ]);
    expect(messages('[edge/path]')[0]).toContain('is a chain');
  });

  test('parts that stand on nodes of their own pool are found', () => {
    const text = CLOUDS.replace('on: [box]', 'on: [dc/compute-1]');
    expect(() => readScenario(text)).toThrow('the parts of these nodes stand on nodes of the same pool');
  });

  test('a chain that is a target: its downtime budget is divided, and operators err within it', () => {
    const text = `${CLOUDS}targets: [{ of: call, metric: availability, limit: 99.99 % }]\ncauses: { operator: {} }\n`;
    const { scenario } = readScenario(text);
    expect(scenario.shocks['operator']!.modes[0]!.strikes.flatMap(({ victims }) => victims)).toContain(
      'edge-2/gateway-1/1',
    );
  });
});

describe('campaigns with causes', () => {
  test('a shock is one fault with the members it strikes; of what asks later, its victims count', async () => {
    const causes = `causes:
  commonCause:
    push: { rate: 1 / year, restart: 1 h, strikes: [edge-1/gateway-1] }
    expiry: { rate: 1 / year, restart: 1 h, strikes: [edge-1/vim] }
`;
    const { rows, columns } = measureCriticality(await loadScenario(CLOUDS + causes));
    const column = (name: string) => columns.findIndex((each) => each.name === name);
    const rowOf = (id: string) => rows.find(([name]) => name === id)!;
    expect(rowOf('push')[column('VMs')]).toBe(2);
    expect(rowOf('push')[column('Failure activation')]).toBe('immediate');
    const [expiry, vim] = [rowOf('expiry'), rowOf('edge-1/vim')];
    expect(expiry[column('Failure activation')]).toBe('secondary');
    expect(expiry[column('Risk')]).toBeCloseTo(vim[column('Risk')] as number, 12);
  });
});
