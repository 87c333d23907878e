import { NEED } from '../../compile/model.ts';
import type { Flow } from '../../model/flow.ts';
import type { FailureMode, Group, Scenario, Site, StructureSpec } from '../../model/scenario.ts';

/**
 * The words of a scenario that parts, bounds and formulas know how to put together. Whoever adds a word to scenarios adds it
 * here once they do; until then each service is solved as a whole, with all that influences it.
 */
const KEYS = {
  scenario: [
    'name',
    'title',
    'simulation',
    'targets',
    'elements',
    'sites',
    'control',
    'operations',
    'controlTreatment',
    'repair',
    'flows',
    'groups',
    'services',
    'injections',
    'assumptions',
    'allocation',
    'sliced',
    'monitoring',
  ],
  element: ['kind', 'count', 'failures', 'on'],
  site: ['failures', 'domains', 'nodes'],
  domain: ['kind', 'failures'],
  pool: ['role', 'count', 'slots', 'failures', 'domains'],
  control: ['instances', 'quorum', 'failures', 'on', 'impact'],
  repair: ['crews', 'discipline', 'dispatch', 'detection', 'batch', 'diagnosis', 'transientShare'],
  failure: ['id', 'timeToFailure', 'cause', 'bucket', 'party', 'restore', 'planned', 'layer'],
  restore: ['by', 'after', 'policy'],
  group: [
    'scheme',
    'members',
    'instance',
    'placement',
    'standby',
    'flow',
    'times',
    'probabilities',
    'detection',
    'recovery',
    'state',
    'retry',
    'manualEscalation',
    'failoverDeadline',
    'failoverTarget',
    // It has had its say in the defaults of times and detectors.
    'runtime',
  ],
  layer: ['id', 'kind', 'failures'],
  placement: ['pools', 'replacement', 'slots', 'antiAffinity'],
  antiAffinity: ['level', 'hard'],
  standby: ['kind', 'rateFactor'],
  detection: ['detectors', 'coverage', 'coverageExposed', 'uncovered', 'standby', 'whileExposed'],
  detector: ['id', 'latency', 'needs', 'unseen', 'delay', 'loop'],
  uncovered: ['detect', 'then'],
  standbyDetection: ['coverage', 'latency', 'needs', 'audit', 'revealedByFailover'],
  recovery: ['starts', 'concurrency', 'takeover'],
  state: ['stateful', 'protection', 'snapshotInterval', 'sessionHold', 'replication', 'store', 'required', 'reattach'],
  // Scaling events happen in scripts alone.
  flow: ['id', 'title', 'source', 'remediation', 'recovery', 'scaling'],
  // What the operation of a step asks is among its needs.
  step: [
    'id',
    'by',
    'operation',
    'duration',
    'needs',
    'success',
    'onFailure',
    'reason',
    'effects',
    'mark',
    'phase',
    'when',
  ],
  service: [
    'structure',
    'users',
    'minOutageThreshold',
    'reportableThreshold',
    'minServiceFraction',
    'combine',
    'mergeGap',
    'missionTime',
    'partialWeight',
  ],
  structure: ['kind', 'of', 'inputs', 'atLeast'],
} as const;

const SCHEMES = ['simplex', 'active-standby'];
const RESTORES = ['itself', 'repair', 'replacement'];
const DISPATCHES = ['fault', 'detection', 'restoration'];
const REPLACEMENTS = ['pool', 'in-place'];
const STRUCTURES = ['leaf', 'all', 'any', 'atLeast'];
const COMBINATIONS = ['product', 'max'];
/** Needs that concern the member itself, its group, its nodes or the crews. */
const NEEDS = ['standby', 'peer', 'host', 'slot', 'crew', 'replication', 'remediated'];
const EFFECTS = [
  'none',
  'promote',
  'connect',
  'connect-by-hand',
  'rebuild-by-hand',
  'terminate',
  'instantiate',
  'available',
  'sync',
  'restore',
];

/** First thing in the scenario of which it is not known what it influences; undefined when all is understood. */
export function notUnderstood(scenario: Scenario): string | undefined {
  for (const unknown of unknownIn(scenario)) return unknown;
  return undefined;
}

type Unknown = Generator<string, void, undefined>;

function* unknownIn(scenario: Scenario): Unknown {
  yield* keysOf('', scenario, 'scenario');
  for (const [id, spec] of Object.entries(scenario.elements)) {
    yield* keysOf(`elements.${id}`, spec, 'element');
    yield* failuresOf(`elements.${id}`, spec.failures);
  }
  for (const [id, site] of Object.entries(scenario.sites)) yield* unknownInSite(`sites.${id}`, site);
  for (const [id, fn] of Object.entries(scenario.control)) {
    yield* keysOf(`control.${id}`, fn, 'control');
    yield* failuresOf(`control.${id}`, fn.failures);
  }
  for (const [id, policy] of Object.entries(scenario.repair)) {
    yield* keysOf(`repair.${id}`, policy, 'repair');
    yield* wordOf(`repair.${id}.dispatch`, policy.dispatch, DISPATCHES);
  }
  for (const [id, group] of Object.entries(scenario.groups)) {
    yield* unknownInGroup(`groups.${id}`, group);
    const flow = scenario.flows[group.flow];
    if (flow !== undefined) yield* unknownInFlow(`flows.${group.flow}`, flow);
  }
  for (const [id, service] of Object.entries(scenario.services)) {
    yield* keysOf(`services.${id}`, service, 'service');
    yield* wordOf(`services.${id}.combine`, service.combine, COMBINATIONS);
    yield* wordOf(`services.${id}.partialWeight`, service.partialWeight ?? 'capacity', ['capacity']);
    yield* unknownInStructure(`services.${id}.structure`, service.structure);
    for (const name of leaves(service.structure))
      if (Object.hasOwn(scenario.control, name)) yield `services.${id}.structure (control function ${name})`;
  }
}

function* unknownInSite(path: string, site: Site): Unknown {
  yield* keysOf(path, site, 'site');
  yield* failuresOf(path, site.failures);
  for (const [id, domain] of Object.entries(site.domains)) {
    yield* keysOf(`${path}.domains.${id}`, domain, 'domain');
    yield* failuresOf(`${path}.domains.${id}`, domain.failures);
  }
  for (const [id, pool] of Object.entries(site.nodes)) {
    yield* keysOf(`${path}.nodes.${id}`, pool, 'pool');
    yield* failuresOf(`${path}.nodes.${id}`, pool.failures);
  }
}

function* unknownInGroup(path: string, group: Group): Unknown {
  yield* keysOf(path, group, 'group');
  yield* wordOf(`${path}.scheme`, group.scheme, SCHEMES);
  for (const layer of group.instance) {
    yield* keysOf(`${path}.instance.${layer.id}`, layer, 'layer');
    yield* failuresOf(`${path}.instance.${layer.id}`, layer.failures);
  }
  const { placement, standby, detection, recovery, state } = group;
  yield* keysOf(`${path}.placement`, placement, 'placement');
  yield* wordOf(`${path}.placement.replacement`, placement.replacement, REPLACEMENTS);
  yield* keysOf(`${path}.placement.antiAffinity`, placement.antiAffinity, 'antiAffinity');
  yield* keysOf(`${path}.standby`, standby, 'standby');
  yield* keysOf(`${path}.detection`, detection, 'detection');
  for (const detector of detection.detectors) yield* keysOf(`${path}.detection.${detector.id}`, detector, 'detector');
  yield* keysOf(`${path}.detection.uncovered`, detection.uncovered, 'uncovered');
  yield* keysOf(`${path}.detection.standby`, detection.standby, 'standbyDetection');
  yield* keysOf(`${path}.recovery`, recovery, 'recovery');
  yield* keysOf(`${path}.state`, state, 'state');
}

function* unknownInFlow(path: string, flow: Flow): Unknown {
  yield* keysOf(path, flow, 'flow');
  for (const step of [...flow.remediation, ...flow.recovery]) {
    yield* keysOf(`${path}.${step.id}`, step, 'step');
    for (const effect of step.effects) yield* wordOf(`${path}.${step.id}.effects`, effect, EFFECTS);
    // Any other need is a control function.
    for (const need of step.needs) if (need in NEED) yield* wordOf(`${path}.${step.id}.needs`, need, NEEDS);
  }
}

function* unknownInStructure(path: string, structure: StructureSpec): Unknown {
  yield* wordOf(path, structure.kind, STRUCTURES);
  yield* keysOf(path, structure, 'structure');
  if (structure.kind !== 'leaf') for (const input of structure.inputs) yield* unknownInStructure(path, input);
}

function* failuresOf(path: string, failures: readonly FailureMode[]): Unknown {
  for (const mode of failures) {
    yield* keysOf(`${path}.failures.${mode.id}`, mode, 'failure');
    yield* keysOf(`${path}.failures.${mode.id}.restore`, mode.restore, 'restore');
    yield* wordOf(`${path}.failures.${mode.id}.restore`, mode.restore.by, RESTORES);
  }
}

function* keysOf(path: string, record: object, kind: keyof typeof KEYS): Unknown {
  const known: readonly string[] = KEYS[kind];
  for (const [key, value] of Object.entries(record)) {
    if (!known.includes(key) && !isEmpty(value)) yield path === '' ? key : `${path}.${key}`;
  }
}

function* wordOf(path: string, word: string, known: readonly string[]): Unknown {
  if (!known.includes(word)) yield `${path} (${word})`;
}

/** Nothing is said: the mechanism is not used. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === 0) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

const leaves = (spec: StructureSpec): readonly string[] =>
  spec.kind === 'leaf' ? [spec.of] : spec.inputs.flatMap(leaves);
