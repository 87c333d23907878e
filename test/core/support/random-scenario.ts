import fc from 'fast-check';
import { TIME_NAMES } from '../../../src/catalogue/defaults.ts';
import { type FencingRules, withFence, withLocalisation } from '../../../src/catalogue/detours.ts';
import { FLOWS } from '../../../src/catalogue/flows.ts';
import { compile } from '../../../src/compile/compile.ts';
import { countedNames, layerNames } from '../../../src/model/element-names.ts';
import type { Flow } from '../../../src/model/flow.ts';
import type { Law } from '../../../src/model/law.ts';
import type {
  ControlFunction,
  Detector,
  ElementSpec,
  FailureMode,
  Group,
  Internal,
  RepairPolicy,
  Scenario,
  Service,
  Shock,
  ShockMode,
  Site,
  StructureSpec,
} from '../../../src/model/scenario.ts';
import * as build from './build.ts';

/**
 * Random small scenarios that fail often and recover slowly, so that everything meets everything: hosting, crews, slots,
 * control functions, second failures in every phase. Half of the times are round, so that many events share an instant.
 */
export interface RandomOptions {
  /** Exponential laws only, nothing whose clock is not memoryless, and small: one group and little around it. */
  readonly memoryless?: boolean;
}

const MINUTE = 60;
const HOUR = 3600;

const exponentialLaw = (...means: readonly number[]): fc.Arbitrary<Law> =>
  fc.constantFrom(...means).map((mean) => build.exponential(mean));

const anyLaw = (mean: number): readonly Law[] => [
  build.fixed(mean),
  build.exponential(mean),
  { kind: 'uniform', low: 0, high: 2 * mean },
  { kind: 'probe', low: mean / 2, high: 1.5 * mean },
  { kind: 'triangular', low: 0, mode: mean, high: 2 * mean },
  { kind: 'weibull', scale: mean, shape: 1.5 },
  { kind: 'gamma', shape: 0.7, scale: mean },
  { kind: 'lognormal', mu: Math.log(mean), sigma: 1 },
  { kind: 'empirical', values: [mean, 2 * mean, 0.5 * mean] },
  { kind: 'shifted', offset: mean / 2, law: build.exponential(mean / 2) },
];

function lawOf({ memoryless }: RandomOptions, ...means: readonly number[]): fc.Arbitrary<Law> {
  if (memoryless === true) return exponentialLaw(...means.filter((mean) => mean > 0));
  const positive = means.filter((mean) => mean > 0);
  const round = fc.constantFrom(...means).map((mean) => build.fixed(mean));
  return fc.oneof(
    round,
    fc.constantFrom(...positive).chain((mean) => fc.constantFrom(...anyLaw(mean))),
  );
}

/** Durations that stand in a flow: nothing happens in no time when everything is memoryless, to keep chains honest. */
const stepLaw = (options: RandomOptions): fc.Arbitrary<Law> => lawOf(options, 0, 1, MINUTE, HOUR / 2, 2 * HOUR);
const restoreLaw = (options: RandomOptions): fc.Arbitrary<Law> => lawOf(options, MINUTE, HOUR, 5 * HOUR);
const failureLaw = (options: RandomOptions): fc.Arbitrary<Law> =>
  options.memoryless === true
    ? exponentialLaw(10 * HOUR, 50 * HOUR)
    : fc.oneof({ weight: 8, arbitrary: lawOf(options, 5 * HOUR, 20 * HOUR, 100 * HOUR) }, fc.constant(build.NEVER));

const probability = fc.constantFrom(1, 0.9, 0.5, 0.1);

function modes(options: RandomOptions, policies: readonly string[], replaced: boolean, most = 2) {
  const one = fc
    .record({
      law: failureLaw(options),
      after: restoreLaw(options),
      way: fc.nat(3),
      cause: fc.constantFrom('hw', 'sw', 'procedural'),
      bucket: fc.constantFrom('HW', 'ISW<=VIM', 'APP'),
      manner: replaced ? manner(options) : fc.constant({}),
    })
    .map(({ law, after, way, cause, bucket, manner }): Omit<FailureMode, 'id'> => {
      const policy = policies[way % Math.max(1, policies.length)];
      const restore: FailureMode['restore'] =
        replaced && way < 2
          ? build.REPLACEMENT
          : way % 2 === 1 && policy !== undefined
            ? build.repair(after, policy)
            : build.itself(after);
      return { timeToFailure: law, cause, bucket, party: bucket, restore, ...manner };
    });
  return fc
    .array(one, { minLength: replaced ? 0 : 1, maxLength: most })
    .map((list): readonly FailureMode[] => list.map((rest, i) => ({ id: `m${i}`, ...rest })));
}

/** Most faults stop the member; some leave it gray, some are seen coming. */
function manner(options: RandomOptions): fc.Arbitrary<Pick<FailureMode, 'manifestation' | 'loss' | 'prediction'>> {
  const gray = fc.constantFrom(0.3, 0.9).map((loss) => ({ manifestation: 'gray' as const, loss }));
  const predicted = fc
    .record({
      coverage: probability,
      leadTime: lawOf(options, MINUTE, HOUR),
      falsePositives: fc.constantFrom(0, 1 / (20 * HOUR)),
    })
    .map((prediction) => ({ prediction }));
  return fc.oneof({ weight: 6, arbitrary: fc.constant({}) }, gray, predicted);
}

/** Words of crews that go by what has been drawn, so that everything else is drawn as it is without them. */
function crewWords({ discipline, crews, diagnosis, wrongUnit }: RepairPolicy): Partial<RepairPolicy> {
  const preempts = discipline === 'element-order' && wrongUnit === 0;
  return {
    ...(preempts && { discipline: 'preemptive' }),
    ...(crews === 1 && { inspection: diagnosis }),
  };
}

function policies(options: RandomOptions): fc.Arbitrary<Record<string, RepairPolicy>> {
  const zero = build.fixed(0);
  const one = fc.record({
    crews: fc.constantFrom(1, 2, Number.POSITIVE_INFINITY),
    discipline: fc.constantFrom('first-come' as const, 'element-order' as const),
    dispatch: fc.constantFrom<RepairPolicy['dispatch'][]>(
      'fault',
      'detection',
      options.memoryless === true ? 'fault' : 'restoration',
    ),
    detection: options.memoryless === true ? fc.constant(zero) : stepLaw(options),
    batch: options.memoryless === true ? fc.constant(0) : fc.constantFrom(0, 0, HOUR, 24 * HOUR),
    diagnosis: fc.oneof(fc.constant(zero), restoreLaw(options)),
    transientShare: fc.constantFrom(0, 0, 0.5),
    wrongUnit: fc.constantFrom(0, 0, 0.5),
    spares: fc.option(fc.record({ count: fc.integer({ min: 1, max: 2 }), swap: stepLaw(options) }), {
      nil: undefined,
      freq: 2,
    }),
  });
  // Diagnosis in no time that finds a share transient is a step of no duration: fine, but not for every scenario.
  return fc
    .array(one, { maxLength: 2 })
    .map((list) =>
      Object.fromEntries(
        list.map(({ spares, ...policy }, i): [string, RepairPolicy] => [
          `p${i}`,
          { ...policy, ...(spares && { spares }), ...crewWords(policy) },
        ]),
      ),
    );
}

function sites(options: RandomOptions, repair: readonly string[]): fc.Arbitrary<Record<string, Site>> {
  const small = options.memoryless === true;
  const one = fc.record({
    failures: modes(options, repair, false, 1).chain((some) => fc.constantFrom(some, [])),
    racks: fc.array(modes(options, repair, false, 1), { maxLength: small ? 0 : 2 }),
    count: fc.integer({ min: 1, max: small ? 2 : 4 }),
    slots: fc.integer({ min: 1, max: 3 }),
    nodes: modes(options, repair, false),
    inner: inner(options, repair),
  });
  return fc.array(one, { maxLength: small ? 1 : 2 }).map((list) =>
    Object.fromEntries(
      list.map(({ failures, racks, count, slots, nodes, inner }, i): [string, Site] => {
        const domains = Object.fromEntries(
          racks.map((some, r) => [`r${r}`, { kind: 'rack' as const, failures: some }]),
        );
        const capacity = { vcpus: slots + 1 };
        const pool = build.pool({ count, slots, capacity, failures: nodes, domains: Object.keys(domains), ...inner });
        return [`s${i}`, build.site({ failures, domains, nodes: { n: pool } })];
      }),
    ),
  );
}

/** Now and then, inner parts without which an element is down. */
function inner(options: RandomOptions, repair: readonly string[]): fc.Arbitrary<{ readonly internal?: Internal }> {
  const parts = fc.record({
    psu: fc.record({ count: fc.constantFrom(1, 2), failures: modes(options, repair, false, 1), on: fc.constant([]) }),
    fan: fc.record({ count: fc.constantFrom(1, 2), failures: modes(options, repair, false, 1), on: fc.constant([]) }),
  });
  const some = parts.chain((parts) =>
    structure(Object.keys(parts), false).map((needs): { readonly internal: Internal } => ({
      internal: { parts, needs },
    })),
  );
  const rare = options.memoryless === true ? fc.nat(9) : fc.nat(3);
  return rare.chain((n): fc.Arbitrary<{ readonly internal?: Internal }> => (n === 0 ? some : fc.constant({})));
}

function elements(options: RandomOptions, repair: readonly string[]): fc.Arbitrary<Record<string, ElementSpec>> {
  const one = fc.record({
    count: fc.integer({ min: 1, max: 2 }),
    failures: modes(options, repair, false),
    on: fc.nat(5),
    inner: inner(options, repair),
  });
  return fc.array(one, { minLength: 1, maxLength: options.memoryless === true ? 1 : 3 }).map((list) =>
    Object.fromEntries(
      list.map(({ count, failures, on, inner }, i): [string, ElementSpec] => {
        const host = on < i ? { on: list[on]!.count === 1 ? `e${on}` : `e${on}-1` } : {};
        return [`e${i}`, build.element(failures, { count, ...host, ...inner })];
      }),
    ),
  );
}

function controlFunctions(
  options: RandomOptions,
  pools: readonly string[],
): fc.Arbitrary<Record<string, ControlFunction>> {
  const one = fc.record({ instances: fc.constantFrom(1, 1, 3), failures: modes(options, [], false, 1), on: fc.nat(3) });
  return fc.array(one, { maxLength: 2 }).map((list) =>
    Object.fromEntries(
      list.map(({ instances, failures, on }, i): [string, ControlFunction] => {
        const host = pools[on] === undefined ? {} : { on: pools[on] };
        const fn = build.control(failures, { instances, quorum: Math.floor(instances / 2) + 1, ...host });
        return [['vnfm', 'vim'][i]!, fn];
      }),
    ),
  );
}

interface Around {
  readonly control: readonly string[];
  readonly pools: readonly string[];
  /** Repair policies without spares. */
  readonly unspared: readonly string[];
  readonly elements: readonly string[];
}

function detection(options: RandomOptions, control: readonly string[]): fc.Arbitrary<Group['detection']> {
  const needs = fc.subarray(['peer', ...control], { maxLength: 1 });
  const seen: fc.Arbitrary<Detector> = fc
    .record({ latency: lawOf(options, 0, 0.3, 30, HOUR), needs, alarms: fc.constantFrom(0, 0, 0, 1 / (10 * HOUR)) })
    .map(({ latency, needs, alarms }) => {
      const detector = build.detector(latency, needs);
      return alarms === 0 ? detector : { ...detector, falsePositives: alarms };
    });
  return fc.record({
    detectors: fc.array(seen, { maxLength: 2 }),
    coverage: probability,
    coverageExposed: probability,
    uncovered: fc
      .tuple(lawOf(options, MINUTE, HOUR), fc.constantFrom('manual' as const, 'flow' as const))
      .map(([law, next]) => build.uncovered(law, next)),
    standby: fc
      .record({
        coverage: probability,
        audit: lawOf(options, HOUR, 24 * HOUR),
        latency: fc.option(lawOf(options, 1, HOUR), { nil: undefined }),
        needs,
        revealedByFailover: fc.boolean(),
      })
      .map(({ latency, ...rest }) => (latency === undefined ? rest : { latency, ...rest })),
    whileExposed: fc.constantFrom('normal', 'immediate'),
  });
}

function group(options: RandomOptions, around: Around, flows: readonly string[]): fc.Arbitrary<Group> {
  // What has its place in a group's instance is not swapped for a spare.
  const policies = around.unspared;
  const layers = fc.array(modes(options, policies, true), { minLength: 1, maxLength: 2 });
  const time = stepLaw(options);
  const some = fc.nat(20);
  return fc
    .record({
      members: fc.integer({ min: 1, max: 3 }),
      layers,
      pool: some,
      inPlace: fc.boolean(),
      level: fc.constantFrom('none' as const, 'node' as const, 'rack' as const),
      hard: fc.boolean(),
      kind: fc.constantFrom('hot' as const, 'hot' as const, 'cold' as const),
      rateFactor: fc.constantFrom(1, 1, 0.5, 0),
      flow: some,
      times: fc.tuple(...TIME_NAMES.map(() => time)),
      success: probability,
      detection: detection(options, around.control),
      starts: fc.constantFrom('restored' as const, 'detected' as const),
      concurrency: fc.constantFrom(1, Number.POSITIVE_INFINITY),
      takeover: fc.constantFrom('immediate' as const, 'failover' as const),
      stateful: fc.boolean(),
      protection: fc.constantFrom('none', 'peer-checkpoint', 'snapshot', 'lockstep', 'external'),
      carrier: some,
      required: fc.boolean(),
      reattach: fc.constantFrom(0, 5, MINUTE),
      retry: fc.constantFrom(0, 1, MINUTE),
      escalation: fc.constantFrom(Number.POSITIVE_INFINITY, MINUTE, HOUR),
      imperfect: imperfect(options),
    })
    .map((plan) => {
      const memoryless = options.memoryless === true;
      const pools = plan.pool < 2 * around.pools.length ? [around.pools[plan.pool % around.pools.length]!] : [];
      const carrier = around.elements[plan.carrier];
      const keepsState = plan.stateful && !memoryless;
      const times = Object.fromEntries(TIME_NAMES.map((name, i) => [name, plan.times[i]!]));
      return build.group([], {
        scheme: plan.members === 1 ? 'simplex' : 'active-standby',
        members: plan.members,
        instance: plan.layers.map((failures, i) => ({ id: `l${i}`, kind: i === 0 ? 'guest' : 'app', failures })),
        placement: build.placed(pools, {
          replacement: plan.inPlace ? 'in-place' : 'pool',
          ...(plan.flow % 3 === 0 ? { flavour: { id: 'some', vcpus: 1 + (plan.flow % 2), memory: 1, disk: 1 } } : {}),
          antiAffinity: { level: plan.level, hard: plan.hard },
        }),
        standby: { kind: plan.kind, rateFactor: plan.rateFactor },
        flow:
          plan.members === 1
            ? options.memoryless || plan.flow % 2 === 0
              ? 'respawn'
              : 'FL-11-single'
            : flows[plan.flow % flows.length]!,
        times,
        probabilities: {
          switch: plan.success,
          consistency: plan.success,
          fence: plan.success,
          localise: plan.success,
          relocalise: 1,
        },
        detection: { ...plan.detection, ...plan.imperfect.detection },
        ...plan.imperfect.group,
        recovery: { starts: plan.starts, concurrency: plan.concurrency, takeover: plan.takeover },
        state: {
          stateful: keepsState,
          protection: plan.protection as Group['state']['protection'],
          snapshotInterval: 60,
          sessionHold: 180,
          required: plan.required,
          reattach: plan.reattach,
          ...(carrier === undefined
            ? {}
            : plan.protection === 'external'
              ? { store: carrier }
              : { replication: carrier }),
        },
        retry: memoryless ? 0 : plan.retry,
        manualEscalation: memoryless ? Number.POSITIVE_INFINITY : plan.escalation,
      });
    });
}

/** What fault management may get wrong in a group, each of it in some. */
function imperfect(options: RandomOptions) {
  const some = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(one, { nil: undefined, freq: 2 });
  return fc
    .record({
      gray: some(fc.record({ coverage: probability, latency: lawOf(options, 1, MINUTE, HOUR) })),
      splitBrain: fc.record({ impact: fc.constantFrom(1, 0.5, 0), resolve: lawOf(options, MINUTE, HOUR) }),
      containment: some(
        fc.record({
          probability: fc.constantFrom(0.5, 0.9),
          neighbour: fc.constantFrom('peer' as const, 'host' as const),
        }),
      ),
      failFast: some(fc.record({ time: stepLaw(options), success: probability })),
      raceLoss: options.memoryless === true ? fc.constant(undefined) : some(fc.constantFrom(1, MINUTE)),
    })
    .map(({ gray, splitBrain, containment, failFast, raceLoss }) => ({
      detection: gray === undefined ? {} : { gray },
      group: {
        splitBrain,
        ...(containment === undefined ? {} : { containment }),
        ...(failFast === undefined ? {} : { failFast }),
        ...(raceLoss === undefined ? {} : { raceLoss }),
      },
    }));
}

function structure(names: readonly string[], partly = true): fc.Arbitrary<StructureSpec> {
  const leaves = fc.constantFrom(...names).map((of): StructureSpec => ({ kind: 'leaf', of }));
  const wrap = (inner: fc.Arbitrary<StructureSpec>): fc.Arbitrary<StructureSpec> =>
    fc
      .record({
        kind: fc.constantFrom('all', 'any', 'atLeast', ...(partly ? ['share'] : [])),
        inputs: fc.array(inner, { minLength: 1, maxLength: 3 }),
        k: fc.nat(2),
        weights: fc.tuple(fc.constantFrom(1, 3, 0.1), fc.constantFrom(1, 2), fc.constantFrom(1, 0.7)),
      })
      .map(({ kind, inputs, k, weights }): StructureSpec => {
        if (kind === 'atLeast') return { kind, atLeast: 1 + (k % inputs.length), inputs };
        if (kind !== 'share') return { kind: kind as 'all' | 'any', inputs };
        // Of equal units, all or one less; of others, all or part of them.
        if (k < 2) return { kind, inputs, weights: inputs.map(() => 1), required: Math.max(1, inputs.length - k) };
        const own = weights.slice(0, inputs.length);
        const whole = own.reduce((sum, weight) => sum + weight, 0);
        return { kind, inputs, weights: own, required: own[0] === 1 ? whole : whole * 0.75 };
      });
  return fc.oneof(leaves, wrap(leaves), wrap(wrap(leaves)));
}

function services(names: readonly string[], most: number): fc.Arbitrary<Record<string, Service>> {
  const one = fc.record({
    structure: structure(names),
    users: fc.constantFrom(1, 1000),
    minOutageThreshold: fc.constantFrom(0, 0.05, MINUTE),
    reportableThreshold: fc.constantFrom(15, HOUR),
    minServiceFraction: fc.constantFrom(0, 0, 0.9),
    combine: fc.constantFrom('product' as const, 'max' as const),
    mergeGap: fc.constantFrom(0, 0, MINUTE, HOUR),
    missionTime: fc.constantFrom(24 * HOUR, 8760 * HOUR),
  });
  return fc
    .array(one, { minLength: 1, maxLength: most })
    .map((list) => Object.fromEntries(list.map((each, i) => [`v${i}`, { ...each, ...asChain(each) }])));
}

/** What is a series is also measured stage by stage. */
function asChain({ structure: spec }: Service): Partial<Service> {
  if (spec.kind !== 'all' || spec.inputs.length < 2) return {};
  return { stages: spec.inputs.map((each, i) => ({ id: `stage ${i + 1}`, structure: each })) };
}

/** Shocks that strike some of everything there is; `own` only where every victim has a way of its own. */
export function shocks(options: RandomOptions, parts: Partial<Scenario>) {
  const { elements = {}, sites = {}, control = {}, groups = {}, repair = {} } = parts;
  const victims: (readonly [name: string, own: boolean, layer: boolean])[] = [
    ...Object.entries(elements).flatMap(([id, { count, failures }]) => named(countedNames(id, count), failures)),
    ...Object.entries(sites).flatMap(([id, site]) => [
      ...named([id], site.failures),
      ...Object.entries(site.domains).flatMap(([domain, { failures }]) => named([`${id}/${domain}`], failures)),
      ...Object.entries(site.nodes).flatMap(([pool, each]) =>
        named(countedNames(`${id}/${pool}`, each.count), each.failures),
      ),
    ]),
    ...Object.entries(control).flatMap(([id, { instances, failures }]) => named(countedNames(id, instances), failures)),
    ...Object.entries(groups).flatMap(([id, group]) =>
      group.instance.flatMap((layer) =>
        layerNames(id, group, layer.id).map((name) => [name, layer.failures.length > 0, true] as const),
      ),
    ),
  ];
  // Members that nothing but a shock fails would make chains that take ages to forget their start.
  const eligible = options.memoryless === true ? victims.filter(([, own]) => own) : victims;
  if (eligible.length === 0) return fc.constant<Record<string, Shock>>({});
  const strike = fc.record({
    victims: fc.subarray(eligible, { minLength: 1, maxLength: Math.min(5, eligible.length) }),
    hits: fc.constantFrom('all' as const, 'one' as const),
    probability: fc.constantFrom(1, 1, 0.5),
  });
  const one = fc
    .record({
      law: failureLaw(options),
      after: restoreLaw(options),
      way: fc.nat(3),
      strikes: fc.array(strike, { minLength: 1, maxLength: 2 }),
      cause: fc.constantFrom('procedural' as const, 'security' as const, 'environmental' as const),
    })
    .map(({ law, after, way, strikes, cause }): Shock => {
      const all = strikes.flatMap((each) => each.victims);
      // A layer of an instance is no unit that a spare could take the place of.
      const policies = Object.keys(repair).filter(
        (id) => repair[id]!.spares === undefined || !all.some(([, , layer]) => layer),
      );
      const policy = policies[way % Math.max(1, policies.length)];
      const restore: ShockMode['restore'] =
        way === 0 && all.every(([, own]) => own)
          ? { by: 'own' }
          : way === 1 && all.every(([, , layer]) => layer)
            ? build.REPLACEMENT
            : way === 2 && policy !== undefined
              ? build.repair(after, policy)
              : build.itself(after);
      const rest = { id: 'event', timeToFailure: law, cause, bucket: 'OPER', party: 'OPER', restore } as const;
      const named = strikes.map((each) => ({ ...each, victims: each.victims.map(([name]) => name) }));
      return { modes: [{ ...rest, strikes: named }] };
    });
  const size = options.memoryless === true ? { maxLength: 1 } : { maxLength: 2 };
  return fc
    .record({ list: fc.array(one, size), joined: fc.boolean() })
    .map(({ list, joined }): Record<string, Shock> => {
      if (!joined) return Object.fromEntries(list.map((each, i) => [`shock${i}`, each]));
      // One process with several impacts, such as the errors of operators.
      const modes = list.flatMap((each, i) => each.modes.map((mode) => ({ ...mode, id: `impact${i}` })));
      return modes.length === 0 ? {} : { operator: { modes } };
    });
}

const named = (names: readonly string[], failures: readonly FailureMode[]) =>
  names.map((name) => [name, failures.length > 0, false] as const);

const fencing = (required: boolean, onFailure: FencingRules['onFailure']): FencingRules => ({
  required,
  onFailure,
  requires: [],
});

/** Everything that can stand in a flow, fenced, localised and with retries. */
const RANDOM_FLOWS: Readonly<Record<string, Flow>> = {
  ...FLOWS,
  fenced: { ...withFence(FLOWS['FL-03']!, fencing(true, 'manual')), id: 'fenced' },
  insistent: { ...withFence(FLOWS['FL-02']!, fencing(true, 'retry')), id: 'insistent' },
  unfenced: { ...withFence(FLOWS['FL-01']!, fencing(false, 'manual')), id: 'unfenced' },
  localised: { ...withLocalisation(withFence(FLOWS['FL-03']!, fencing(false, 'manual'))), id: 'localised' },
  stubborn: {
    ...FLOWS['FL-02']!,
    id: 'stubborn',
    remediation: FLOWS['FL-02']!.remediation.map((step) =>
      step.id === 'remap' ? { ...step, success: 0.5, onFailure: 'retry' as const } : step,
    ),
  },
};

/** Members of these scenarios stand by for one another; `randomSharing` has those that share the load. */
const isForSharing = ({ remediation }: Flow): boolean => remediation.some(({ effects }) => effects.includes('evict'));

export function randomScenario(options: RandomOptions = {}): fc.Arbitrary<Scenario> {
  const memoryless = options.memoryless === true;
  const flowIds = memoryless
    ? ['FL-01', 'FL-02', 'opaque', 'unfenced', 'FL-11']
    : Object.keys(RANDOM_FLOWS).filter(
        (id) => RANDOM_FLOWS[id]!.remediation.length > 0 && id !== 'FL-13' && !isForSharing(RANDOM_FLOWS[id]!),
      );
  return policies(options)
    .chain((repair) => {
      const ids = Object.keys(repair);
      return fc.record({ repair: fc.constant(repair), elements: elements(options, ids), sites: sites(options, ids) });
    })
    .chain((parts) => {
      const pools = Object.keys(parts.sites).map((id) => `${id}/n`);
      const single = Object.entries(parts.elements).flatMap(([id, { count }]) => (count === 1 ? [id] : [`${id}-1`]));
      return controlFunctions(options, pools).chain((control) => {
        const around: Around = {
          control: Object.keys(control),
          pools,
          unspared: Object.keys(parts.repair).filter((id) => parts.repair[id]!.spares === undefined),
          elements: single,
        };
        const size = memoryless ? { minLength: 1, maxLength: 1 } : { maxLength: 3 };
        const some = fc.array(group(options, around, flowIds), size);
        return some.chain((list) => {
          const groups = Object.fromEntries(list.map((each, i) => [`g${i}`, each]));
          const names = [...Object.keys(parts.elements), ...Object.keys(groups), ...Object.keys(parts.sites), ...pools];
          return services(names, memoryless ? 2 : 3).chain((all) =>
            shocks(options, { ...parts, control, groups }).map((shocks) => ({
              ...parts,
              control,
              groups,
              services: all,
              shocks,
            })),
          );
        });
      });
    })
    .chain((parts) =>
      fc
        .constantFrom('conditional' as const, 'series' as const)
        .map((controlTreatment) => startable(build.scenario({ ...parts, controlTreatment, flows: RANDOM_FLOWS }))),
    );
}

/** The scenario, without hosts for its members if they do not find room at the start. */
function startable(scenario: Scenario): Scenario {
  try {
    compile(scenario);
    return scenario;
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('has room')) throw error;
    const entries = Object.entries(scenario.groups);
    const groups = entries.map(([id, each]): [string, Group] => [
      id,
      { ...each, placement: { ...each.placement, pools: [] } },
    ]);
    return { ...scenario, groups: Object.fromEntries(groups) };
  }
}
