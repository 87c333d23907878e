import { basename } from 'node:path';
import type { Context } from './context.ts';
import type { Vnf } from './plan.ts';
import { type Dictionary, entriesOf, entry, isMap, textOf } from './tree.ts';
import { blackBox } from './vnf.ts';

const SECTIONS = ['monitor', 'inspector', 'consumer', 'installer'];

/** Settings of the fault management demonstration of OPNFV Doctor: sections for monitor, inspector and consumer. */
export function isDoctor(root: Dictionary): boolean {
  const sections = entriesOf(root)
    .filter(({ value }) => isMap(value))
    .map(({ key }) => key);
  return SECTIONS.filter((section) => sections.includes(section)).length >= 2;
}

/** One instance that the pipeline watches: monitor, inspector, controller, notifier, consumer (FL-10). */
export function readDoctor(root: Dictionary, file: string, context: Context): Vnf {
  const { ledger } = context;
  const settings = entry(root, 'DEFAULT')?.value;
  const count = entry(settings, 'instance_count');
  const base = entry(settings, 'instance_basename');
  const monitor = entry(entry(root, 'monitor')?.value, 'type');
  const type = textOf(monitor?.value) ?? 'sample';
  const name = textOf(base?.value) ?? 'doctor_vm';
  if (monitor === undefined)
    context.assume('monitor.type', type, 'the setting is commented out', '[U] default of Doctor');
  else ledger.take(monitor, 'detection: the doctor pipeline');
  ledger.take(base, 'the name of the instance');
  ledger.take(count, 'members');
  if (!['sample', 'collectd'].includes(type))
    context.find(
      monitor!.value.place,
      'unknown-monitor',
      `nothing is known about monitor "${type}"; it is read like sample`,
      'sample, collectd',
    );
  const box = blackBox(
    name,
    { place: root.place },
    'unknown',
    context.count(count) ?? 1,
    'the settings describe no VNF',
  );
  const event = type === 'collectd';
  // [U] FL-10: 350 ms from the event to the consumer, over five hops.
  const detector = event
    ? { kind: 'event', latency: '7 ms', notify: '350 ms', needs: ['vim'] }
    : { kind: 'poll', period: '1 s', confirmations: 1, notify: '350 ms', needs: ['vim'] };
  context.assume(
    `${name}: detector`,
    event ? 'event + 350 ms' : 'poll every 1 s + 350 ms',
    'the hops of the pipeline have no settings',
    '[U] hops 10 + 160 + 50 + 110 + 20 ms; poll [EA]',
  );
  context.assume(`${name}: action`, 'respawn', 'what the consumer does is not described', '[EA] FL-10');
  box.vdus[0]!.monitors.push({
    kind: 'other',
    title: `doctor (${type})`,
    detector,
    actions: ['respawn'],
    place: monitor?.place ?? root.place,
  });
  return { ...box, names: [name, basename(file).replace(/\.\w+$/, '')] };
}
