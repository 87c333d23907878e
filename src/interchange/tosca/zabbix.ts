import type { Place } from '../../model/problem.ts';
import type { Context } from './context.ts';
import type { Monitor } from './plan.ts';
import { type Entry, entriesOf, entry, isMap, isScalar, textOf, wordsOf } from './tree.ts';

/** Conditions of Zabbix triggers that the application's own monitoring policy states. */
interface Trigger {
  readonly name: string;
  readonly command: string;
  readonly condition: readonly string[];
  readonly place: Place;
}

/** [A] NC-22: a sampled service is seen down after 3 samples and 0.5 s, and the command takes 1 s. */
export const ZABBIX_RESTART = { uniform: ['3.5 s', '4.5 s'] } as const;

/** Zabbix monitoring of an application and its operating system: the status trigger restarts the process by its agent. */
export function readZabbix(policy: Entry, vdu: string, context: Context): Monitor | undefined {
  const { ledger } = context;
  const name = entry(policy.value, 'name');
  const known = textOf(name?.value)?.toLowerCase() === 'zabbix';
  if (!known && name !== undefined)
    context.find(
      name.value.place,
      'unknown-monitor',
      `nothing is known about application monitor "${textOf(name.value) ?? ''}"; it is read like zabbix`,
    );
  ledger.take(name, `groups.${vdu}.detection: agent and server of Zabbix`);
  const triggers: Trigger[] = [];
  const parameters = entry(policy.value, 'parameters');
  for (const part of entriesOf(parameters?.value)) {
    for (const each of entriesOf(part.value)) {
      if (!isMap(each.value)) {
        if (each.key === 'app_name' || each.key === 'app_port')
          ledger.ignore(each, 'what runs, and where it answers, is no matter of availability');
        continue;
      }
      const condition = wordsOf(entry(each.value, 'condition')?.value).flatMap((word) => word.split(/[\s,]+/));
      const action = textOf(entry(each.value, 'actionname')?.value) ?? '';
      const command = textOf(entry(each.value, 'cmd-action', 'cmd_action')?.value) ?? action;
      triggers.push({ name: each.key, command, condition, place: each.place });
      markTrigger(each, condition, command, vdu, context);
    }
  }
  if (triggers.length === 0)
    context.find(policy.place, 'no-value', `"${policy.key}" of ${vdu} has no trigger: it notices nothing`);
  for (const trigger of triggers) judge(trigger, context);
  const restart = triggers.find(
    ({ condition, command, name: id }) =>
      condition.includes('down') && /restart|start/.test(command) && !/agent/i.test(id),
  );
  return {
    kind: 'zabbix',
    title: `zabbix: ${triggers.length} triggers`,
    detector: { kind: 'law', latency: { probe: ['300 s', '330 s'] } as never },
    actions: restart === undefined ? [] : ['restart'],
    place: policy.place,
  };
}

function markTrigger(each: Entry, condition: readonly string[], command: string, vdu: string, context: Context): void {
  const { ledger } = context;
  const status = condition.includes('down');
  const agent = /agent/i.test(each.key);
  for (const inside of [each, ...entriesOf(each.value)]) {
    if (isScalar(inside.value) || inside.key === 'condition' || inside === each) {
      if (status && !agent)
        ledger.take(
          inside,
          `groups.${vdu}: the process is back ${ZABBIX_RESTART.uniform.join(' to ')} after a fault, by "${command}"`,
        );
      else if (status)
        ledger.approximate(inside, 'agents of the monitoring system are no elements here: they do not fail');
      else
        ledger.approximate(
          inside,
          'loads and sizes are no state of a member here: only what the rule would do is judged',
        );
    }
  }
}

/** Rules that do harm, or mean nothing certain. */
function judge({ name, command, condition, place }: Trigger, context: Context): void {
  const limits = condition.filter((word) => /^(?:greater|less)/i.test(word));
  if (/\b(?:stop|kill|shutdown|poweroff|halt)\b/.test(command))
    context.find(
      place,
      'harmful-action',
      `${name}: "${command}" takes the service down and nothing starts it again`,
      'restart instead of stop',
    );
  if (/\breboot\b/.test(command) && condition.some((word) => /^less/i.test(word)) && /cpu|usage|load|idle/i.test(name))
    context.find(
      place,
      'harmful-action',
      `${name}: an idle instance is rebooted, again and again`,
      'greater instead of less',
    );
  if (condition.some((word) => /^(?:and|or)$/i.test(word)) && limits.length === 1 && /proc/i.test(name))
    context.find(
      place,
      'ambiguous-condition',
      `${name}: "${condition.join(' ')}" joins one condition to nothing`,
      'state both conditions, or leave out the "and"',
    );
  if (command === '') context.find(place, 'no-value', `${name}: no action is stated`);
}
