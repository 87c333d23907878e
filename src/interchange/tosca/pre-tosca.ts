import { basename } from 'node:path';
import type { Context } from './context.ts';
import type { Vnf } from './plan.ts';
import { entriesOf, entry, type Item, isMap, textOf } from './tree.ts';
import { readVdu } from './vdu.ts';

/** The VDUs of a descriptor from before TOSCA (2014, 2015): a map `vdus` at the top or below `vnfd`. */
export function preToscaVdus(document: Item): Item | undefined {
  const own =
    entry(document, 'vdus') ??
    entry(entry(document, 'vnfd')?.value, 'vdus') ??
    entry(entry(document, 'template')?.value, 'vdus');
  return isMap(own?.value) ? own.value : undefined;
}

export function readPreTosca(document: Item, file: string, context: Context): Vnf {
  const vdus = entriesOf(preToscaVdus(document)).flatMap((each) => {
    if (isMap(each.value)) {
      const scaling = entry(each.value, 'auto-scaling', 'auto_scaling');
      context.ledger.ignore(scaling, 'members are fixed: scaling is not simulated');
      return [readVdu(each.key, each, 'vdu', new Set(), context)];
    }
    context.find(
      each.place,
      'empty-template',
      `VDU "${each.key}" is not a map; it is left out`,
      'is what belongs to it indented?',
    );
    return [];
  });
  const title = entry(document, 'template_name') ?? entry(document, 'name');
  const id = entry(entry(document, 'service_properties')?.value, 'Id', 'id');
  const own = basename(file).replace(/\.\w+$/, '');
  context.ledger.take(title, 'the name of the VNF');
  const name = textOf(title?.value) ?? textOf(id?.value) ?? own;
  return {
    name,
    names: [name, textOf(id?.value) ?? own, own],
    place: title?.place ?? document.place,
    vdus,
    points: new Map(),
    separations: [],
    shared: new Map(),
    generation: 'pre-tosca',
  };
}
