import { didYouMean } from '../../scenario/read/suggest.ts';
import type { Context } from './context.ts';
import { actionsOf } from './monitoring.ts';
import type { Alarm, Separation, Vdu } from './plan.ts';
import type { NodeTemplate, Policy } from './template.ts';
import { descendants, type Entry, entriesOf, entry, isList, isMap, textOf, wordsOf } from './tree.ts';

interface Reading {
  readonly vdus: readonly Vdu[];
  readonly groups: readonly NodeTemplate[];
  readonly policies: readonly Policy[];
  readonly separations: Separation[];
  readonly context: Context;
}

type Reader = (policy: Policy, reading: Reading) => void;

/** What each kind of policy says; other kinds are ignored with a finding. */
const READERS: Readonly<Record<string, Reader>> = {
  scaling: readScaling,
  alarming: readAlarming,
  monitoring: readAlarming,
  placement: readPlacement,
  antiaffinityrule: (policy, reading) => readAffinity(policy, true, reading),
  affinityrule: (policy, reading) => readAffinity(policy, false, reading),
  scalingaspects: readAspects,
  vduinitialdelta: readInitial,
  vduscalingaspectdeltas: readDeltas,
  vduinstantiationlevels: readLevels,
  instantiationlevels: readLevelNames,
};

/** Kinds without influence on how many members there are and where, each with the reason. */
const IGNORED: Readonly<Record<string, string>> = {
  virtuallinkinstantiationlevels: 'bit rates of virtual links do not change who is up',
  virtuallinkinitialdelta: 'bit rates of virtual links do not change who is up',
  virtuallinkbitrateinitialdelta: 'bit rates of virtual links do not change who is up',
  virtuallinkbitratelevels: 'bit rates of virtual links do not change who is up',
  virtuallinkbitratescalingaspectdeltas: 'bit rates of virtual links do not change who is up',
  virtuallinkscalingaspectdeltas: 'virtual links are not scaled here',
  securitygrouprule: 'packet filters do not change who is up',
  supportedvnfinterface: 'interfaces of the VNF are not modelled',
  vnfpackagechange: 'changes of the package are no part of a running VNF',
  vnfindicator: 'indicators are read by the VNFM; what follows from them is not described',
  lcmcoordinationaction: 'hooks of the life cycle; what they do is not described',
  lcmcoordinationactionposition: 'hooks of the life cycle; what they do is not described',
  reservation: 'reserved resources are there; who reserves them does not matter',
};

/** Reads the policies of a VNF in an order in which each finds what it builds on. */
export function readAllPolicies(reading: Reading): void {
  const order = Object.keys(READERS);
  const { ledger } = reading.context;
  const sorted = [...reading.policies].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  for (const policy of sorted) {
    const reader = READERS[policy.kind];
    if (reader !== undefined) reader(policy, reading);
    else if (IGNORED[policy.kind] !== undefined) ledger.ignore(policy.entry, IGNORED[policy.kind]!);
    else {
      const place = entry(policy.body, 'type')!.value.place;
      reading.context.find(
        place,
        'unknown-policy',
        `nothing is known about policies of type "${policy.type}"; "${policy.name}" is left out`,
      );
      ledger.ignore(policy.entry, 'a policy of an unknown type');
    }
  }
}

/** VDUs that a policy names, directly or by a placement group. */
function targetsOf(
  policy: Policy,
  { vdus, groups, context }: Reading,
  list = entry(policy.body, 'targets'),
): readonly Vdu[] {
  const { ledger } = context;
  const found: Vdu[] = [];
  const known = [...vdus.map(({ name }) => name), ...groups.map(({ name }) => name)];
  const look = (name: string, place: Entry, depth: number): void => {
    const vdu = vdus.find((each) => each.name === name);
    if (vdu !== undefined) {
      if (!found.includes(vdu)) found.push(vdu);
      return;
    }
    const group = groups.find((each) => each.name === name);
    if (group !== undefined && depth < 8) {
      const members = entry(group.entry.value, 'members', 'targets');
      ledger.take(members, `who is meant by ${name}`);
      for (const word of wordsOf(members?.value)) look(word, members!, depth + 1);
      return;
    }
    context.find(
      place.value.place,
      'dangling-reference',
      `"${place.key}" of "${policy.name}" names "${name}", and there is no such VDU`,
      didYouMean(name, known, 'VDUs'),
    );
  };
  for (const word of wordsOf(list?.value)) look(word, list!, 0);
  if (list !== undefined && found.length > 0)
    ledger.take(list, `applies to ${found.map(({ name }) => name).join(', ')}`);
  return found;
}

function properties(policy: Policy) {
  return entry(policy.body, 'properties')?.value ?? policy.body;
}

function readScaling(policy: Policy, reading: Reading): void {
  const { context } = reading;
  const { ledger } = context;
  const map = properties(policy);
  const usual = entry(map, 'default_instances');
  const least = entry(map, 'min_instances');
  const most = entry(map, 'max_instances');
  const count = context.count(usual) ?? context.count(least);
  const max = context.count(most);
  const targets = targetsOf(policy, reading);
  const names = targets.map(({ name }) => name).join(', ');
  if (targets.length === 0) {
    ledger.ignore(policy.entry, 'the policy applies to nothing');
    context.find(policy.entry.place, 'unused-policy', `scaling policy "${policy.name}" applies to no VDU`);
    return;
  }
  for (const vdu of targets) {
    if (count !== undefined) {
      vdu.instances = count;
      delete vdu.why;
    }
    if (max !== undefined) vdu.most = max;
  }
  ledger.take(usual ?? least, `groups.${names}.members`);
  if (usual !== undefined) ledger.approximate(least, 'members are fixed: scaling is not simulated');
  for (const each of [
    most,
    entry(map, 'increment'),
    entry(map, 'cooldown'),
    entry(map, 'target_cpu_utilization_percentage'),
  ])
    ledger.approximate(each, 'members are fixed: scaling is not simulated');
  const low = context.count(least);
  if (low !== undefined && count !== undefined && max !== undefined && (count < low || count > max))
    context.find(
      usual!.value.place,
      'impossible-range',
      `${count} instances to begin with, outside of ${low} … ${max}`,
    );
}

const CONDITION = [
  'threshold',
  'constraint',
  'granularity',
  'period',
  'evaluations',
  'aggregation_method',
  'method',
  'resource_type',
  'comparison_operator',
];

function readAlarming(policy: Policy, reading: Reading): void {
  const { context, vdus, policies } = reading;
  const { ledger } = context;
  const section = entry(policy.body, 'triggers') ?? entry(properties(policy), 'triggers');
  const triggers = isList(section?.value)
    ? section.value.items.flatMap((item) => entriesOf(item))
    : entriesOf(section?.value);
  if (triggers.length === 0) {
    context.find(policy.entry.place, 'no-value', `alarm policy "${policy.name}" has no trigger: it never fires`);
    ledger.ignore(policy.entry, 'an alarm policy without trigger');
    return;
  }
  for (const trigger of triggers) {
    if (!isMap(trigger.value)) {
      context.find(
        trigger.place,
        'empty-policy',
        `trigger "${trigger.key}" is not a map; it is left out`,
        'is what belongs to it indented?',
      );
      continue;
    }
    const condition = entry(trigger.value, 'condition');
    const map = isMap(condition?.value) ? condition.value : trigger.value;
    if (isMap(condition?.value)) context.expectKeys(map, CONDITION);
    const metric = entry(trigger.value, 'metric', 'metrics', 'meter_name');
    const period = entry(map, 'granularity', 'period');
    const evaluations = entry(map, 'evaluations');
    const operator = entry(map, 'comparison_operator');
    const seconds = context.number(period, 0.001, 1e8);
    const rounds = context.count(evaluations, 1, 10_000);
    const actions = actionsOf([entry(trigger.value, 'action', 'actions')], context);
    const scaling = policies.filter((other) => actions.includes(other.name));
    const below = /^l/i.test(textOf(operator?.value) ?? '');
    const alarm: Alarm = {
      name: trigger.key,
      metric: textOf(metric?.value) ?? 'metric',
      period: seconds ?? PERIOD,
      evaluations: rounds ?? 1,
      below,
      actions,
      scales: scaling.length > 0,
      entry: trigger,
    };
    if (seconds === undefined)
      context.assume(
        `alarm ${trigger.key}: period`,
        `${PERIOD} s`,
        'the alarm does not state it',
        '[U] default of the alarm service',
      );
    if (rounds === undefined)
      context.assume(
        `alarm ${trigger.key}: evaluations`,
        1,
        'the alarm does not state it',
        '[U] default of the alarm service',
      );
    for (const action of actions) checkAction(action, trigger, reading);
    const watched = watchedBy(policy, trigger, scaling, reading);
    for (const vdu of watched) vdu.alarms.push(alarm);
    const names = watched.map(({ name }) => name).join(', ');
    const what = below
      ? 'what fires on low values only takes capacity away that is not used'
      : `groups.${names}: an overload is noticed within ${alarm.period * alarm.evaluations} s; the load itself is not simulated`;
    for (const each of [metric, period, evaluations, operator, entry(map, 'threshold')]) {
      if (below) ledger.ignore(each, what);
      else if (each === period || each === evaluations) ledger.take(each, what);
      else ledger.approximate(each, what);
    }
    ledger.ignore(entry(map, 'constraint'), 'the condition in words');
    for (const key of ['aggregation_method', 'method', 'resource_type'])
      ledger.ignore(entry(map, key), 'how the value is gathered does not change when the alarm fires');
    ledger.ignore(
      entry(trigger.value, 'event_type'),
      'which service raises the alarm; its own faults are not described',
    );
    ledger.approximate(trigger, `alarm of ${names === '' ? 'nothing' : names}`);
    if (watched.length === 0 && vdus.length > 0)
      context.find(trigger.place, 'unused-policy', `alarm "${trigger.key}" watches no VDU`);
  }
}

/** [U] Default evaluation period of the alarm service. */
const PERIOD = 60;
/** Actions that Tacker, its clusters and this importer know. */
export const ACTIONS = [
  'respawn',
  'recovery',
  'vdu_autoheal',
  'log',
  'log_and_kill',
  'notify',
  'scale',
  'scaling',
  'autoscaling',
  'scaling-out',
  'scaling-in',
  'noop',
  'restart',
];

function checkAction(action: string, trigger: Entry, { policies, context }: Reading): void {
  if (ACTIONS.includes(action) || policies.some(({ name }) => name === action)) return;
  const each = entry(trigger.value, 'action', 'actions') ?? trigger;
  const known = [...policies.filter(({ kind }) => kind === 'scaling').map(({ name }) => name), ...ACTIONS];
  context.find(
    each.value.place,
    'dangling-reference',
    `alarm "${trigger.key}" asks for "${action}", and there is no such action or scaling policy`,
    didYouMean(action, known, 'actions'),
  );
}

/** VDUs of an alarm: by its metadata, else those its scaling policy applies to, else all. */
function watchedBy(policy: Policy, trigger: Entry, scaling: readonly Policy[], reading: Reading): readonly Vdu[] {
  const { vdus, context } = reading;
  const metadata = entry(trigger.value, 'metadata');
  const words = wordsOf(metadata?.value);
  const labelled = vdus.filter(({ name, labels }) => words.some((word) => name === word || labels.includes(word)));
  if (labelled.length > 0) {
    context.ledger.take(metadata, `watches ${labelled.map(({ name }) => name).join(', ')}`);
    return labelled;
  }
  if (words.length > 0) {
    const known = [...vdus.map(({ name }) => name), ...vdus.flatMap(({ labels }) => labels)];
    context.find(
      metadata!.value.place,
      'dangling-reference',
      `alarm "${trigger.key}" watches "${words.join(', ')}", which no VDU is or is labelled with`,
      didYouMean(words[0]!, known, 'VDUs'),
    );
  }
  const named = targetsOf(policy, reading);
  if (named.length > 0) return named;
  const scaled = vdus.filter(({ name }) =>
    scaling.some((each) => wordsOf(entry(each.body, 'targets')?.value).includes(name)),
  );
  return scaled.length > 0 ? scaled : vdus;
}

function readPlacement(policy: Policy, reading: Reading): void {
  const { context, separations } = reading;
  const { ledger } = context;
  const map = properties(policy);
  const written = entry(map, 'policy');
  const word = (context.text(written) ?? '').toLowerCase();
  const strict = entry(map, 'strict');
  const soft = /^soft-/.test(word) || textOf(strict?.value) === 'false';
  const apart = /anti/.test(word);
  if (!/affinity/.test(word))
    context.find(
      (written ?? policy.entry).place,
      'bad-value',
      `placement policy "${policy.name}" is neither affinity nor anti-affinity; it is left out`,
      'policy: anti-affinity',
    );
  const targets = targetsOf(policy, reading);
  if (targets.length === 0 || !/affinity/.test(word)) {
    ledger.ignore(policy.entry, 'the policy applies to nothing');
    return;
  }
  const names = targets.map(({ name }) => name);
  ledger.take(written, `groups.${names.join(', ')}.placement.antiAffinity`);
  if (strict !== undefined) ledger.take(strict, `groups.${names.join(', ')}.placement.antiAffinity.hard`);
  else
    context.assume(
      `placement policy ${policy.name}: strict`,
      'true',
      'the policy does not say whether it may be violated',
      '[EA] A-09',
    );
  separations.push({
    name: policy.name,
    apart,
    level: 'node',
    scope: 'host',
    hard: !soft,
    vdus: names,
    entry: policy.entry,
  });
}

const SCOPES: Readonly<Record<string, Separation['level']>> = {
  nfvi_node: 'node',
  network_link_and_node: 'node',
  container_namespace: 'node',
  zone: 'rack',
  zone_group: 'rack',
  nfvi_pop: 'site',
};

function readAffinity(policy: Policy, apart: boolean, reading: Reading): void {
  const { context, separations } = reading;
  const { ledger } = context;
  const written = entry(properties(policy), 'scope') ?? entry(policy.body, 'scope');
  const scope = context.text(written);
  const level = SCOPES[scope ?? 'nfvi_node'];
  const targets = targetsOf(policy, reading);
  const names = targets.map(({ name }) => name);
  if (scope === undefined)
    context.assume(
      `policy ${policy.name}: scope`,
      'nfvi_node',
      'the rule does not say what must not be shared',
      '[EA] A-09',
    );
  else if (level === undefined)
    context.find(
      written!.value.place,
      'bad-value',
      `scope "${scope}" is none of ${Object.keys(SCOPES).join(', ')}; it is read as nfvi_node`,
      didYouMean(scope, Object.keys(SCOPES), 'scopes'),
    );
  if (targets.length === 0) {
    context.find(policy.entry.place, 'unused-policy', `rule "${policy.name}" applies to no VDU`);
    ledger.ignore(policy.entry, 'the rule applies to nothing');
    return;
  }
  const as = `groups.${names.join(', ')}.placement.antiAffinity`;
  if (scope === 'nfvi_node' || scope === 'zone' || scope === 'nfvi_pop') ledger.take(written, as);
  else ledger.approximate(written, `${as}: ${level ?? 'node'} is the nearest level`);
  separations.push({
    name: policy.name,
    apart,
    level: level ?? 'node',
    scope: scope ?? 'nfvi_node',
    hard: true,
    vdus: names,
    entry: policy.entry,
  });
}

function readAspects(policy: Policy, { context }: Reading): void {
  const aspects = entry(properties(policy), 'aspects');
  for (const aspect of entriesOf(aspects?.value)) {
    context.count(entry(aspect.value, 'max_scale_level'));
    context.ledger.approximate(aspect, 'members are fixed: scaling is not simulated');
    for (const key of ['max_scale_level', 'step_deltas', 'default_delta'])
      context.ledger.approximate(entry(aspect.value, key), 'members are fixed: scaling is not simulated');
  }
}

function readDeltas(policy: Policy, reading: Reading): void {
  const { context, policies } = reading;
  const targets = targetsOf(policy, reading);
  const aspect = entry(properties(policy), 'aspect');
  const name = context.text(aspect);
  const aspects = policies
    .filter(({ kind }) => kind === 'scalingaspects')
    .flatMap((other) => entriesOf(entry(properties(other), 'aspects')?.value));
  const defined = aspects.find(({ key }) => key === name);
  if (name !== undefined && defined === undefined && aspects.length > 0)
    context.find(
      aspect!.value.place,
      'dangling-reference',
      `there is no scaling aspect "${name}"`,
      didYouMean(
        name,
        aspects.map(({ key }) => key),
        'aspects',
      ),
    );
  context.ledger.approximate(aspect, 'members are fixed: scaling is not simulated');
  const deltas = entriesOf(entry(properties(policy), 'deltas')?.value);
  const levels = deltas.length === 1 ? context.count(entry(defined?.value, 'max_scale_level')) : undefined;
  for (const word of wordsOf(entry(defined?.value, 'step_deltas')?.value)) {
    if (deltas.length > 0 && !deltas.some(({ key }) => key === word))
      context.find(
        policy.entry.place,
        'dangling-reference',
        `aspect "${name}" steps by "${word}", which "${policy.name}" does not define`,
        didYouMean(
          word,
          deltas.map(({ key }) => key),
          'deltas',
        ),
      );
  }
  for (const delta of deltas) {
    const each = entry(delta.value, 'number_of_instances');
    const step = context.count(each);
    context.ledger.approximate(each, 'members are fixed: scaling is not simulated');
    if (step === undefined || levels === undefined) continue;
    for (const vdu of targets) {
      const reached = vdu.instances + step * levels;
      if (vdu.most !== undefined && reached > vdu.most)
        context.find(
          each!.value.place,
          'impossible-range',
          `${levels} steps of ${step} lead from ${vdu.instances} to ${reached} instances of ${vdu.name}, of at most ${vdu.most}`,
          'max_scale_level, or max_number_of_instances',
        );
    }
  }
}

function readInitial(policy: Policy, reading: Reading): void {
  const { context } = reading;
  const initial = entry(properties(policy), 'initial_delta');
  const each = entry(initial?.value, 'number_of_instances') ?? entry(properties(policy), 'number_of_instances');
  const count = context.count(each);
  for (const vdu of targetsOf(policy, reading)) {
    context.ledger.take(each, `groups.${vdu.name}.members, unless an instantiation level says otherwise`);
    if (count === undefined) continue;
    vdu.instances = count;
    delete vdu.why;
  }
}

function readLevels(policy: Policy, reading: Reading): void {
  const { context } = reading;
  const targets = targetsOf(policy, reading);
  for (const level of entriesOf(entry(properties(policy), 'levels')?.value)) {
    const each = entry(level.value, 'number_of_instances');
    const count = context.count(each);
    for (const vdu of targets) {
      if (count === undefined) continue;
      vdu.levels.set(level.key, count);
      context.ledger.take(each, `groups.${vdu.name}.members at level ${level.key}`);
      if (vdu.most !== undefined && count > vdu.most)
        context.find(
          each!.value.place,
          'impossible-range',
          `${count} instances of ${vdu.name} at level "${level.key}", of at most ${vdu.most}`,
          'max_number_of_instances',
        );
    }
  }
}

/** The default level decides how many there are; the others become variants. */
function readLevelNames(policy: Policy, reading: Reading): void {
  const { context, vdus } = reading;
  const levels = entriesOf(entry(properties(policy), 'levels')?.value);
  const usual = entry(properties(policy), 'default_level');
  const name = context.text(usual);
  const chosen = name ?? levels[0]?.key;
  if (chosen === undefined) return;
  if (name === undefined)
    context.assume('instantiation level', chosen, 'no default level is stated: the first one', '[EA]');
  else if (levels.some(({ key }) => key === name))
    context.ledger.take(usual, 'the level the scenario shows; the others are variants');
  else
    context.find(
      usual!.value.place,
      'dangling-reference',
      `there is no instantiation level "${name}"`,
      didYouMean(
        name,
        levels.map(({ key }) => key),
        'levels',
      ),
    );
  for (const level of levels) {
    context.ledger.take(level, level.key === chosen ? 'the level the scenario shows' : `variants.${level.key}`);
    for (const each of descendants(level.value))
      context.ledger.approximate(each, 'the numbers of instances of the level count');
  }
  for (const vdu of vdus) {
    const count = vdu.levels.get(chosen);
    if (count === undefined) continue;
    vdu.instances = count;
    delete vdu.why;
    vdu.levels.delete(chosen);
  }
}
