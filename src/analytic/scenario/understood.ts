import { NEED } from '../../compile/model.ts';
import type { Flow, Step } from '../../model/flow.ts';
import type { FailureMode, Group, Scenario, StructureSpec } from '../../model/scenario.ts';

/**
 * The words of a scenario whose influence `Influence` and `reduceScenario` know. Whoever adds a word to scenarios adds it
 * here once both take it into account; until then nothing is claimed about scenarios that use it.
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
    'controlTreatment',
    'repair',
    'flows',
    'groups',
    'services',
    'injections',
    'assumptions',
  ],
  element: ['kind', 'count', 'failures', 'on'],
  site: ['failures', 'domains', 'nodes'],
  domain: ['kind', 'failures'],
  pool: ['role', 'count', 'slots', 'failures', 'domains'],
  control: ['instances', 'quorum', 'failures', 'on'],
  repair: ['crews', 'discipline', 'dispatch', 'detection', 'batch', 'diagnosis', 'transientShare'],
  failure: ['id', 'timeToFailure', 'cause', 'bucket', 'party', 'restore'],
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
  ],
  layer: ['id', 'kind', 'failures'],
  placement: ['pools', 'replacement', 'slots', 'antiAffinity'],
  antiAffinity: ['level', 'hard'],
  standby: ['kind', 'rateFactor'],
  detection: ['detectors', 'coverage', 'coverageExposed', 'uncovered', 'standby', 'whileExposed'],
  detector: ['id', 'latency', 'needs'],
  uncovered: ['detect', 'then'],
  standbyDetection: ['coverage', 'latency', 'needs', 'audit', 'revealedByFailover'],
  recovery: ['starts', 'concurrency', 'takeover'],
  state: ['stateful', 'protection', 'snapshotInterval', 'sessionHold', 'replication', 'store', 'required', 'reattach'],
  flow: ['id', 'title', 'source', 'remediation', 'recovery'],
  step: ['id', 'by', 'duration', 'needs', 'success', 'onFailure', 'reason', 'effects', 'mark', 'phase', 'when'],
  service: [
    'structure',
    'users',
    'minOutageThreshold',
    'reportableThreshold',
    'minServiceFraction',
    'combine',
    'mergeGap',
    'partialWeight',
  ],
} as const;

const SCHEMES = ['simplex', 'active-standby'];
const RESTORES = ['itself', 'repair', 'replacement'];
const DISPATCHES = ['fault', 'detection', 'restoration'];
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
  try {
    checkScenario(scenario);
    return undefined;
  } catch (error) {
    if (error instanceof Unknown) return error.message;
    throw error;
  }
}

class Unknown extends Error {}

function checkScenario(scenario: Scenario): void {
  checkKeys('', scenario, 'scenario');
  each('elements', scenario.elements, (path, spec) => {
    checkKeys(path, spec, 'element');
    checkFailures(path, spec.failures);
  });
  each('sites', scenario.sites, (path, site) => {
    checkKeys(path, site, 'site');
    checkFailures(path, site.failures);
    each(`${path}.domains`, site.domains, (at, domain) => {
      checkKeys(at, domain, 'domain');
      checkFailures(at, domain.failures);
    });
    each(`${path}.nodes`, site.nodes, (at, pool) => {
      checkKeys(at, pool, 'pool');
      checkFailures(at, pool.failures);
    });
  });
  each('control', scenario.control, (path, fn) => {
    checkKeys(path, fn, 'control');
    checkFailures(path, fn.failures);
  });
  each('repair', scenario.repair, (path, policy) => {
    checkKeys(path, policy, 'repair');
    checkWord(`${path}.dispatch`, policy.dispatch, DISPATCHES);
  });
  each('groups', scenario.groups, (path, group) => {
    checkGroup(path, group);
    const flow = scenario.flows[group.flow];
    if (flow !== undefined) checkFlow(`flows.${group.flow}`, flow);
  });
  each('services', scenario.services, (path, service) => {
    checkKeys(path, service, 'service');
    checkWord(`${path}.combine`, service.combine, COMBINATIONS);
    checkWord(`${path}.partialWeight`, service.partialWeight ?? 'capacity', ['capacity']);
    checkStructure(`${path}.structure`, service.structure);
  });
}

function checkGroup(path: string, group: Group): void {
  checkKeys(path, group, 'group');
  checkWord(`${path}.scheme`, group.scheme, SCHEMES);
  for (const layer of group.instance) {
    checkKeys(`${path}.instance`, layer, 'layer');
    checkFailures(`${path}.instance`, layer.failures);
  }
  const { placement, standby, detection, recovery, state } = group;
  checkKeys(`${path}.placement`, placement, 'placement');
  checkKeys(`${path}.placement.antiAffinity`, placement.antiAffinity, 'antiAffinity');
  checkWord(`${path}.placement.replacement`, placement.replacement, ['pool', 'in-place']);
  checkKeys(`${path}.standby`, standby, 'standby');
  checkKeys(`${path}.detection`, detection, 'detection');
  for (const detector of detection.detectors) checkKeys(`${path}.detection.detectors`, detector, 'detector');
  checkKeys(`${path}.detection.uncovered`, detection.uncovered, 'uncovered');
  checkKeys(`${path}.detection.standby`, detection.standby, 'standbyDetection');
  checkKeys(`${path}.recovery`, recovery, 'recovery');
  checkKeys(`${path}.state`, state, 'state');
}

function checkFlow(path: string, flow: Flow): void {
  checkKeys(path, flow, 'flow');
  for (const step of [...flow.remediation, ...flow.recovery]) checkStep(`${path}.${step.id}`, step);
}

function checkStep(path: string, step: Step): void {
  checkKeys(path, step, 'step');
  for (const effect of step.effects) checkWord(`${path}.effects`, effect, EFFECTS);
  // Any other need is a control function.
  for (const need of step.needs) if (need in NEED) checkWord(`${path}.needs`, need, NEEDS);
}

function checkFailures(path: string, failures: readonly FailureMode[]): void {
  for (const mode of failures) {
    checkKeys(`${path}.failures.${mode.id}`, mode, 'failure');
    checkKeys(`${path}.failures.${mode.id}.restore`, mode.restore, 'restore');
    checkWord(`${path}.failures.${mode.id}.restore`, mode.restore.by, RESTORES);
  }
}

function checkStructure(path: string, structure: StructureSpec): void {
  checkWord(path, structure.kind, STRUCTURES);
  if (structure.kind !== 'leaf') for (const input of structure.inputs) checkStructure(path, input);
}

function checkKeys(path: string, record: object, kind: keyof typeof KEYS): void {
  const known: readonly string[] = KEYS[kind];
  for (const [key, value] of Object.entries(record)) {
    if (!known.includes(key) && !isEmpty(value)) throw new Unknown(path === '' ? key : `${path}.${key}`);
  }
}

function checkWord(path: string, word: string, known: readonly string[]): void {
  if (!known.includes(word)) throw new Unknown(`${path} (${word})`);
}

/** Nothing is said: the mechanism is not used. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === 0) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function each<T>(path: string, record: Readonly<Record<string, T>>, check: (path: string, value: T) => void): void {
  for (const [key, value] of Object.entries(record)) check(`${path}.${key}`, value);
}
