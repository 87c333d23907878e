import { basename } from 'node:path';
import { didYouMean } from '../../scenario/read/suggest.ts';
import type { Context } from './context.ts';
import type { NetworkService, Path } from './plan.ts';
import { requirementsOf, type Template, targetOf } from './template.ts';
import { type Entry, entriesOf, entry, type Item, isList, textOf, wordsOf } from './tree.ts';
import { documentTitle } from './vnf.ts';

/** Types of the standards, which need no file. */
const STANDARD = /etsi_nfv_sol001|^tosca[-_]|tosca_simple|nfv.*types|tosca\.definitions|definition\.yaml/i;

/** Files a document imports, as written: names, or maps with `file`. */
export function importsOf(document: Item): readonly { readonly name: string; readonly entry: Entry }[] {
  const section = entry(document, 'imports');
  if (section === undefined) return [];
  const items = isList(section.value) ? section.value.items : [section.value];
  return items.flatMap((item) => {
    const name = textOf(item);
    if (name !== undefined) return [{ name, entry: section }];
    const file = entry(item, 'file');
    if (file !== undefined) return [{ name: textOf(file.value) ?? '', entry: file }];
    return entriesOf(item).flatMap((each) => {
      const inside = entry(each.value, 'file') ?? each;
      const written = textOf(inside.value);
      return written === undefined ? [] : [{ name: written, entry: inside }];
    });
  });
}

/** Says of each import whether it is among the files, known anyway, or missing. */
export function checkImports(document: Item, known: (name: string) => boolean, context: Context): void {
  const imports = importsOf(document);
  const missing: string[] = [];
  let any = false;
  for (const { name, entry: each } of imports) {
    if (known(name)) {
      any = true;
      context.ledger.take(each, `read as well: ${name}`);
    } else if (STANDARD.test(basename(name))) context.ledger.ignore(each, 'the types of the standard are known');
    else {
      missing.push(name);
      context.find(each.place, 'missing-import', `"${name}" is imported and was not given`, 'name that file as well');
    }
  }
  const section = entry(document, 'imports');
  if (section !== undefined && !any && missing.length > 0)
    context.ledger.ignore(section, `not given: ${missing.join(', ')}`);
  else if (section !== undefined && any) context.ledger.take(section, 'files that were given');
}

/** A network service: VNFs that are its constituents. */
export function readNetworkService(template: Template, file: string, context: Context): NetworkService {
  const { nodes, document } = template;
  const names = nodes.map(({ name }) => name);
  const constituents = nodes.flatMap((node) => {
    if (node.role !== 'vnf' && node.role !== 'pnf') return [];
    for (const requirement of requirementsOf(node.entry.value)) {
      const target = targetOf(requirement);
      if (target === undefined || names.includes(target.name)) continue;
      context.find(
        target.entry.value.place,
        'dangling-reference',
        `${node.name} is on "${target.name}", and there is no such template`,
        didYouMean(target.name, names, 'templates'),
      );
    }
    context.ledger.take(node.entry, `services: ${node.name} is a part of the service`);
    return [{ name: node.name, type: node.type, place: node.entry.place, entry: entry(node.entry.value, 'type')! }];
  });
  for (const node of nodes) {
    if (node.role === 'virtual-link')
      context.ledger.ignore(
        node.entry,
        'networks and addresses belong to the fabric, which descriptors do not describe',
      );
    if (node.role === 'ns') context.ledger.approximate(entry(node.entry.value, 'type'), 'the service itself');
  }
  return {
    root: document,
    name: textOf(documentTitle(document)?.value) ?? basename(file).replace(/\.\w+$/, ''),
    constituents,
    imports: importsOf(document).map(({ name, entry: each }) => ({ name, place: each.place })),
  };
}

/** Forwarding paths, in the groups (VNFFG) they belong to where there are such. */
export function readPaths(template: Template, context: Context): readonly Path[] {
  const { ledger } = context;
  const found = template.nodes.filter(({ role }) => role === 'path');
  const names = found.map(({ name }) => name);
  const paths = found.map((node): Path => {
    const list = entry(entry(node.entry.value, 'properties')?.value, 'path') ?? entry(node.entry.value, 'path');
    const items = isList(list?.value) ? list.value.items : list === undefined ? [] : [list.value];
    const hops = items.flatMap((item) => {
      const forwarder = entry(item, 'forwarder');
      const name = context.text(forwarder);
      const point = entry(item, 'capability');
      if (forwarder === undefined || name === undefined) {
        context.find(
          item.place,
          'no-value',
          `a hop of ${node.name} names no forwarder; it is left out`,
          'forwarder: VNFD1',
        );
        return [];
      }
      const own = context.text(point);
      ledger.take(forwarder, `chains.${node.name}.stages`);
      ledger.take(point, `chains.${node.name}.stages`);
      return [
        {
          forwarder: name,
          ...(own === undefined ? {} : { point: own }),
          place: forwarder.value.place,
          entry: forwarder,
        },
      ];
    });
    if (hops.length === 0)
      context.find(
        node.entry.place,
        'empty-chain',
        `${node.name} has no hops: it becomes no chain`,
        'path: [{ forwarder: …, capability: … }]',
      );
    const title = textOf(entry(node.entry.value, 'description')?.value) ?? '';
    return { name: node.name, title, hops, place: node.entry.place };
  });
  for (const group of template.groups) checkGroup(group.name, group.entry, names, paths, template, context);
  return paths;
}

/** A forwarding graph: its members are paths, and what it says about them agrees with them. */
function checkGroup(
  name: string,
  group: Entry,
  names: readonly string[],
  paths: readonly Path[],
  template: Template,
  context: Context,
): void {
  const { ledger } = context;
  const members = entry(group.value, 'members', 'targets');
  const listed = wordsOf(members?.value);
  const vnffg = /vnffg|nfp/i.test(textOf(entry(group.value, 'type')?.value) ?? '');
  for (const word of listed) {
    if (names.includes(word)) ledger.take(members, `chains.${word}`);
    else if (!template.nodes.some((node) => node.name === word) || vnffg)
      context.find(
        members!.value.place,
        'dangling-reference',
        `group "${name}" has member "${word}", and there is no such template`,
        didYouMean(
          word,
          template.nodes.map((node) => node.name),
          'templates',
        ),
      );
  }
  if (!vnffg) return;
  const own = paths.filter((path) => listed.includes(path.name));
  const properties = entry(group.value, 'properties')?.value;
  const say = (key: string, used: readonly string[], what: string): void => {
    const each = entry(properties, key);
    if (each === undefined) return;
    ledger.approximate(each, 'compared with the paths');
    for (const word of wordsOf(each.value)) {
      if (own.length > 0 && !used.includes(word))
        context.find(
          each.value.place,
          'unused-name',
          `group "${name}" has ${what} "${word}", which no path of it uses`,
        );
    }
  };
  say(
    'connection_point',
    own.flatMap(({ hops }) => hops.flatMap(({ point }) => point ?? [])),
    'connection point',
  );
  say(
    'constituent_vnfs',
    own.flatMap(({ hops }) => hops.map(({ forwarder }) => forwarder)),
    'VNF',
  );
  const ends = entry(properties, 'number_of_endpoints');
  const count = context.count(ends);
  ledger.approximate(ends, 'compared with the paths');
  const points = new Set(own.flatMap(({ hops }) => hops.map(({ forwarder, point }) => `${forwarder} ${point}`))).size;
  if (ends !== undefined && count !== undefined && own.length > 0 && count !== points)
    context.find(ends.value.place, 'wrong-count', `group "${name}" has ${count} end points, its paths have ${points}`);
}
