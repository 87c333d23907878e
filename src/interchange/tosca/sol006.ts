import { basename } from 'node:path';
import type { Context } from './context.ts';
import type { NetworkService, Vnf } from './plan.ts';
import { entry, type Item, isList, textOf } from './tree.ts';

/** The descriptor of a YANG model (SOL006, as open source MANO writes it): a map `vnfd` with lists. */
export function sol006Of(document: Item): Item | undefined {
  const own =
    entry(document, 'vnfd') ??
    entry(entry(document, 'vnfd:vnfd-catalog')?.value, 'vnfd') ??
    entry(entry(document, 'vnfd-catalog')?.value, 'vnfd');
  const value = isList(own?.value) ? own.value.items[0] : own?.value;
  return isList(entry(value, 'vdu')?.value) ? value : undefined;
}

export function readSol006(document: Item, file: string, context: Context): Vnf {
  const { ledger } = context;
  const body = sol006Of(document)!;
  const items = (item: Item | undefined, key: string): readonly Item[] => {
    const value = entry(item, key)?.value;
    return isList(value) ? value.items : [];
  };
  const flavours = items(body, 'df');
  const [flavour] = flavours;
  if (flavours.length > 1)
    context.find(
      entry(body, 'df')!.place,
      'several-flavours',
      `the first of ${flavours.length} deployment flavours is read`,
    );
  const levels = items(flavour, 'instantiation-level');
  const vdus = items(body, 'vdu').flatMap((item) => {
    const id = entry(item, 'id');
    const name = textOf(id?.value);
    if (id === undefined || name === undefined) return [];
    ledger.take(id, `groups: a group for the instances of ${name}`);
    const compute = items(body, 'virtual-compute-desc').find(
      (each) => textOf(entry(each, 'id')?.value) === textOf(entry(item, 'virtual-compute-desc')?.value),
    );
    const cpus = entry(entry(compute, 'virtual-cpu')?.value, 'num-virtual-cpu');
    const memory = entry(entry(compute, 'virtual-memory')?.value, 'size');
    const profile = items(flavour, 'vdu-profile').find((each) => textOf(entry(each, 'id')?.value) === name);
    const least = entry(profile, 'min-number-of-instances');
    const most = entry(profile, 'max-number-of-instances');
    const level = items(levels[0], 'vdu-level').find((each) => textOf(entry(each, 'vdu-id')?.value) === name);
    const number = entry(level, 'number-of-instances');
    const min = context.count(least);
    const count = context.count(number);
    const max = context.count(most);
    const gigabytes = context.number(memory);
    const cores = context.number(cpus);
    for (const each of [cpus, memory, entry(item, 'virtual-compute-desc')])
      ledger.take(each, `groups.${name}.placement.slots`);
    ledger.take(number ?? least, `groups.${name}.members`);
    if (number !== undefined) ledger.approximate(least, 'members are fixed: scaling is not simulated');
    ledger.approximate(most, 'members are fixed: scaling is not simulated');
    return [
      {
        name,
        place: id.place,
        container: false,
        size: {
          ...(cores === undefined ? {} : { cpus: cores }),
          ...(gigabytes === undefined ? {} : { memoryMb: gigabytes * 1024 }),
        },
        labels: [],
        monitors: [],
        alarms: [],
        instances: count ?? min ?? 1,
        ...(count === undefined && min === undefined
          ? { why: { why: 'the number of instances is not stated', source: '[EA]' } }
          : {}),
        levels: new Map<string, number>(),
        ...(max === undefined ? {} : { most: max }),
      },
    ];
  });
  const title = entry(body, 'id') ?? entry(body, 'product-name');
  const own = basename(file).replace(/\.\w+$/, '');
  ledger.take(title, 'the name of the VNF');
  const name = textOf(title?.value) ?? own;
  return {
    name,
    names: [name, own],
    place: title?.place ?? document.place,
    vdus,
    points: new Map(),
    separations: [],
    shared: new Map(),
    generation: 'sol006',
  };
}

/** The network service of a YANG model: a list `nsd` with the VNFs of each deployment flavour. */
export function sol006Service(document: Item): Item | undefined {
  const outer = entry(document, 'nsd')?.value;
  const own = entry(outer, 'nsd')?.value ?? outer;
  const value = isList(own) ? own.items[0] : own;
  return isList(entry(value, 'df')?.value) ? value : undefined;
}

export function readSol006Service(document: Item, file: string, context: Context): NetworkService {
  const body = sol006Service(document)!;
  const list = entry(body, 'df')!.value;
  const flavour = isList(list) ? list.items[0] : undefined;
  const profiles = entry(flavour, 'vnf-profile')?.value;
  const title = entry(body, 'id', 'name');
  context.ledger.take(title, 'the name of the service');
  const constituents = (isList(profiles) ? profiles.items : []).flatMap((item) => {
    const id = entry(item, 'id');
    const type = entry(item, 'vnfd-id');
    const number = textOf(id?.value);
    // Profiles are often only numbered.
    const name = number === undefined || /^\d+$/.test(number) ? (textOf(type?.value) ?? number) : number;
    if (name === undefined || (id ?? type) === undefined) return [];
    context.ledger.take(id, `services: ${name} is a part of the service`);
    context.ledger.take(type, 'the descriptor of the VNF');
    return [{ name, type: textOf(type?.value) ?? '', place: (id ?? type)!.place, entry: (type ?? id)! }];
  });
  const own = basename(file).replace(/\.\w+$/, '');
  return { root: document, name: textOf(title?.value) ?? own, constituents, imports: [] };
}
