import fc from 'fast-check';
import { FLOWS } from '../../../src/catalogue/flows.ts';
import { compile } from '../../../src/compile/compile.ts';
import type { Flow } from '../../../src/model/flow.ts';
import {
  type Group,
  LOAD_SHARING,
  PARTIAL_WEIGHTS,
  type Scenario,
  type StateProtection,
} from '../../../src/model/scenario.ts';
import * as build from './build.ts';
import { type RandomOptions, randomScenario, shocks } from './random-scenario.ts';

/** Random scenarios whose groups share their load in every way there is; everything around them as in `randomScenario`. */
export function randomSharing(options: RandomOptions = {}): fc.Arbitrary<Scenario> {
  return randomScenario(options).chain((scenario) =>
    fc.array(plan(options), { minLength: 3, maxLength: 3 }).chain((plans) => {
      const groups = Object.entries(scenario.groups).map(([id, group], i): [string, Group] => [
        id,
        shared(group, plans[i]!, scenario, options),
      ]);
      // Whatever else there is, each group has a service of its own.
      const own = Object.fromEntries(
        groups.map(([id], i) => [`of-${id}`, build.service(id, { partialWeight: plans[i]!.weight })]),
      );
      const changed = {
        ...scenario,
        flows: { ...scenario.flows, ...UNSURE },
        groups: Object.fromEntries(groups),
        services: { ...scenario.services, ...own },
      };
      // Other members than before: the shocks have other victims.
      return shocks(options, changed).map((found) => startable({ ...changed, shocks: found }));
    }),
  );
}

type Plan = ReturnType<typeof plan> extends fc.Arbitrary<infer T> ? T : never;

function plan({ memoryless }: RandomOptions) {
  const most = memoryless === true ? 3 : 5;
  return fc.record({
    scheme: fc.constantFrom('active-active', 'load-balanced', 'n-plus-1', 'k-of-n', 'shared-standby', 'active-standby'),
    members: fc.integer({ min: 2, max: most }),
    required: fc.integer({ min: 1, max: most }),
    standbys: fc.integer({ min: 1, max: 2 }),
    unitCapacity: fc.constantFrom(1, 0.6, 0.5, 0.35),
    flow: fc.nat(20),
    protection: fc.constantFrom<StateProtection[]>('peer-ring', 'peer-ring', 'none', 'peer-checkpoint', 'external'),
    storeMode: fc.constantFrom('fail' as const, 'degraded' as const),
    flag: fc.boolean(),
    weight: fc.constantFrom(...PARTIAL_WEIGHTS, 'capacity' as const),
    confirm: fc.constantFrom(0, 1, 60, 600),
  });
}

/** Without what is modelled only where one member carries all: the reader refuses it for the others. */
export function plainly({
  failFast: _fast,
  raceLoss: _race,
  containment: _contained,
  siblings: _siblings,
  ...group
}: Group): Group {
  const instance = group.instance.map((layer) => ({
    ...layer,
    failures: layer.failures.map(({ manifestation: _m, loss: _l, prediction: _p, ...mode }) => mode),
  }));
  const { gray: _gray, ...detection } = group.detection;
  const detectors = detection.detectors.map(({ falsePositives: _alarms, ...detector }) => detector);
  return { ...group, instance, detection: { ...detection, detectors } };
}

function shared(imperfect: Group, plan: Plan, scenario: Scenario, { memoryless }: RandomOptions): Group {
  const scheme = plan.scheme as Group['scheme'];
  const group = scheme === 'active-standby' ? imperfect : plainly(imperfect);
  const { members } = plan;
  const law = (seconds: number) => (memoryless === true ? build.exponential(seconds + 1) : build.fixed(seconds));
  const times = { ...group.times, switchover: law(plan.confirm) };
  const revertive = plan.flag;
  if (scheme === 'active-standby') {
    const flow = group.members > 1 ? group.flow : 'FL-02';
    return {
      ...group,
      scheme,
      members: Math.min(3, members),
      flow,
      times,
      revertive,
      state: store(group, plan, scenario),
    };
  }
  if (scheme === 'shared-standby') {
    const standbys = Math.min(plan.standbys, members - 1);
    const flow = group.members > 1 ? group.flow : 'FL-02';
    return {
      ...group,
      scheme,
      members,
      sharing: { standbys, required: 0, unitCapacity: 1, load: 1 },
      flow,
      times,
      revertive,
      state: { ...store(group, plan, scenario), stateForAll: plan.flag },
    };
  }
  const ring = plan.protection === 'peer-ring' && (members < 3 || scheme === 'k-of-n');
  const protection = ring ? 'none' : plan.protection;
  const state = store({ ...group, state: { ...group.state, protection } }, plan, scenario);
  const flows = Object.keys({ ...FLOWS, ...UNSURE }).filter(
    (id) => LOAD_SHARING.includes(scheme) && /^FL-0[4-8]|unsure/.test(id),
  );
  const flow = flows[plan.flow % flows.length]!;
  return {
    ...group,
    scheme,
    members,
    sharing: {
      standbys: 0,
      required: scheme === 'k-of-n' ? Math.min(plan.required, members) : 0,
      unitCapacity: Math.max(plan.unitCapacity, 1 / members),
      load: 1,
    },
    flow,
    times,
    detection:
      flow === 'FL-08' ? { ...group.detection, confirm: build.detector(law(plan.confirm), ['peer']) } : group.detection,
    state: memoryless === true ? { ...state, stateful: false } : state,
  };
}

/** The group's state keeping, with what a store needs. */
function store(group: Group, { storeMode }: Plan, scenario: Scenario): Group['state'] {
  const elements = Object.entries(scenario.elements).filter(([, { count }]) => count === 1);
  if (group.state.protection !== 'external' || elements.length === 0) {
    const protection = group.state.protection === 'external' ? 'none' : group.state.protection;
    return { ...group.state, protection };
  }
  return { ...group.state, store: group.state.store ?? elements[0]![0], storeMode };
}

/** Evictions that fail now and then, and replacements that join when they are up to date. */
const UNSURE: Readonly<Record<string, Flow>> = {
  unsure: {
    ...FLOWS['FL-06']!,
    id: 'unsure',
    remediation: FLOWS['FL-06']!.remediation.map((step) => ({
      ...step,
      duration: 'controlCall',
      success: 0.7,
      onFailure: 'manual' as const,
      reason: 'switch-failed' as const,
    })),
  },
  'unsure-late': {
    ...FLOWS['FL-05']!,
    id: 'unsure-late',
    recovery: FLOWS['FL-05']!.recovery.filter(({ id }) => id !== 'health-check'),
  },
};

/** The scenario, without hosts for its members if they do not find room at the start. */
function startable(scenario: Scenario): Scenario {
  try {
    compile(scenario);
    return scenario;
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('has room')) throw error;
    const groups = Object.entries(scenario.groups).map(([id, each]): [string, Group] => [
      id,
      { ...each, placement: { ...each.placement, pools: [] } },
    ]);
    return { ...scenario, groups: Object.fromEntries(groups) };
  }
}
