import type { Context } from './context.ts';
import { actionsOf, readMonitoring } from './monitoring.ts';
import type { Monitor, Vdu } from './plan.ts';
import { type Size, sizeIn } from './sizes.ts';
import { misplaced } from './template.ts';
import { descendants, type Entry, entriesOf, entry, textOf, wordsOf } from './tree.ts';
import { readZabbix } from './zabbix.ts';

/** Keys that belong to the properties of a VDU; elsewhere in it something is indented wrongly. */
const PROPERTIES = [
  'monitoring_policy',
  'app_monitoring_policy',
  'availability_zone',
  'image',
  'flavor',
  'mgmt_driver',
];
/** Texts for the instance, in which nothing is looked for. */
const OPAQUE = [
  'config',
  'user_data',
  'param',
  'sw_image_data',
  'artifacts',
  'interfaces',
  'monitoring_policy',
  'app_monitoring_policy',
];

/**
 * A VDU of any generation. What it needs is looked for by name in the whole of it, so that a property below the wrong
 * parent is found, and reported; templates that stand inside it (`strays`) are not its own.
 */
export function readVdu(
  name: string,
  each: Entry,
  role: 'vdu' | 'container',
  strays: ReadonlySet<Entry>,
  context: Context,
): Vdu {
  const { ledger } = context;
  const inside = descendants(each.value, (part) => !strays.has(part) && !OPAQUE.includes(part.key)).filter(
    (part) => !strays.has(part),
  );
  const find = (...keys: readonly string[]): Entry | undefined => inside.find(({ key }) => keys.includes(key));
  checkPlaces(each, inside, context);
  ledger.take(each, `groups: a group for the instances of ${name}`);
  const cpus = find('num_cpus', 'num_virtual_cpu', 'vcpus', 'num-virtual-cpu');
  const memory = find('mem_size', 'virtual_mem_size', 'memory-mb');
  const disk = find('disk_size', 'size_of_storage', 'storage-gb');
  const flavor = find('flavor', 'instance_type', 'requested_additional_capability_name', 'vm-flavor-name');
  const size: Size = {
    ...present('cpus', context.number(cpus, 0, 1e6)),
    ...present('memoryMb', sizeIn('mb', memory, context)),
    ...present('diskGb', sizeIn('gb', disk, context)),
    ...present('flavor', context.text(flavor)),
  };
  for (const part of [cpus, memory, disk, flavor]) ledger.take(part, `groups.${name}.placement.slots`);
  const zone = find('availability_zone');
  const zoneName = zone === undefined ? undefined : textOf(context.resolve(zone.value));
  if (zoneName === undefined) ledger.approximate(zone, `groups.${name}.placement.pools: the usual pool`);
  else ledger.take(zone, `groups.${name}.placement.pools`);
  const image = find('image', 'vm_image');
  const software = inside.find(({ key }) => key === 'sw_image_data');
  const profile = find('vdu_profile');
  const least = entry(profile?.value, 'min_number_of_instances');
  const most = entry(profile?.value, 'max_number_of_instances');
  const min = context.count(least);
  const max = context.count(most);
  if (min !== undefined && max !== undefined && min > max)
    context.find(
      least!.place,
      'impossible-range',
      `at least ${min} instances, but at most ${max}`,
      'min_number_of_instances ≤ max_number_of_instances',
    );
  if (max !== undefined) ledger.approximate(most, 'members are fixed: scaling is not simulated');
  if (min !== undefined) ledger.take(least, `groups.${name}.members, unless an instantiation level says more`);
  const container = role === 'container' || find('vnfcs') !== undefined;
  const heal = find('failure_policy');
  return {
    name,
    place: each.place,
    container,
    ...present('image', textOf(image?.value) ?? textOf(entry(software?.value, 'name')?.value)),
    size,
    ...present('zone', zoneName),
    labels: wordsOf(find('metadata')?.value),
    monitors: monitorsOf(inside, name, heal, context),
    alarms: [],
    instances: min ?? 1,
    ...(min === undefined ? { why: { why: 'the number of instances is not stated', source: '[EA]' } } : {}),
    levels: new Map(),
    ...present('most', max),
  };
}

function monitorsOf(inside: readonly Entry[], name: string, heal: Entry | undefined, context: Context): Monitor[] {
  const monitors = inside
    .filter(({ key }) => key === 'monitoring_policy')
    .flatMap((policy) => readMonitoring(policy, heal, name, context));
  if (heal !== undefined && monitors.length === 0) {
    const actions = actionsOf([heal], context);
    if (!actions.every((action) => /^noop$/i.test(action)))
      context.find(
        heal.place,
        'unused-action',
        `"${actions.join(', ')}" never happens: nothing monitors ${name}`,
        'monitoring_policy: ping',
      );
  }
  for (const policy of inside.filter(({ key }) => key === 'app_monitoring_policy')) {
    const monitor = readZabbix(policy, name, context);
    if (monitor !== undefined) monitors.push(monitor);
  }
  return monitors;
}

/** Keys of the properties that stand under something else, as after a wrong indentation. */
function checkPlaces(each: Entry, inside: readonly Entry[], context: Context): void {
  const expected = [`${each.path}.properties`, each.path];
  for (const part of inside) {
    if (!PROPERTIES.includes(part.key)) continue;
    const holder = part.path.slice(0, -part.key.length - 1);
    if (!expected.includes(holder) && !/\.(?:vnfcs\.[^.]+|placement_policy)$/.test(holder))
      misplaced(part, 'the properties of the VDU', context);
  }
  for (const each2 of entriesOf(entry(each.value, 'properties')?.value)) {
    if (['nfv_compute', 'virtual_compute'].includes(each2.key))
      misplaced(each2, 'the capabilities of the VDU', context);
  }
}

function present<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: T });
}
