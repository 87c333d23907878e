import { didYouMean } from '../../scenario/read/suggest.ts';
import { actionsOf } from './monitoring.ts';
import type { Alarm, Vdu } from './plan.ts';
import { properties, type Reading, targetsOf } from './policy-targets.ts';
import type { Policy } from './template.ts';
import { type Entry, entriesOf, entry, isList, isMap, textOf, wordsOf } from './tree.ts';

/** Alarm policies: what is measured, when it fires, what is done, and of which VDUs. */

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

export function readAlarming(policy: Policy, reading: Reading): void {
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
const ACTIONS = [
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
