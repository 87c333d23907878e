import { basename } from 'node:path';
import { didYouMean } from '../../scenario/read/suggest.ts';
import type { Context } from './context.ts';
import type { Separation, Vnf } from './plan.ts';
import { readAllPolicies } from './policies.ts';
import { type NodeTemplate, requirementsOf, type Template, targetOf } from './template.ts';
import { at, descendants, type Entry, entry, type Item, textOf, wordsOf } from './tree.ts';
import { readVdu } from './vdu.ts';

/** The VNF that a template describes: its VDUs, connection points, policies. */
export function readVnf(template: Template, file: string, context: Context): Vnf {
  const { nodes, policies, groups, document } = template;
  const strays = new Set(nodes.map((node) => node.entry));
  const vdus = nodes.flatMap((node) =>
    node.role === 'vdu' || node.role === 'container'
      ? [readVdu(node.name, node.entry, node.role, strays, context)]
      : [],
  );
  const separations: Separation[] = [];
  readAllPolicies({ vdus, groups, policies, separations, context });
  const { points, shared } = readPoints(
    nodes,
    vdus.map(({ name }) => name),
    context,
  );
  for (const node of nodes) if (node.role === 'other') leaveOut(node, context);
  const self = nodes.find(({ role }) => role === 'vnf');
  const heal =
    self === undefined ? undefined : descendants(self.entry.value).find(({ key }) => key === 'is_autoheal_enabled');
  const healing = heal === undefined ? undefined : textOf(context.resolve(heal.value));
  const title = entry(entry(document, 'metadata')?.value, 'template_name') ?? entry(document, 'template_name');
  const own = basename(file).replace(/\.\w+$/, '');
  const version = textOf(entry(document, 'tosca_definitions_version')?.value) ?? '';
  const product =
    self === undefined ? undefined : descendants(self.entry.value).find(({ key }) => key === 'product_name');
  const names = [textOf(title?.value), template.nodeType, textOf(product?.value), own, self?.name].filter(
    (name) => name !== undefined,
  );
  context.ledger.take(title, 'the name of the VNF');
  if (heal !== undefined)
    context.ledger.take(heal, healing === 'true' ? 'the VNFM heals' : 'nobody heals but an operator');
  return {
    name: textOf(title?.value) ?? textOf(product?.value) ?? own,
    names,
    place: title?.place ?? document.place,
    vdus,
    points,
    separations,
    shared,
    ...(healing === undefined ? {} : { autoheal: healing === 'true' }),
    generation:
      /nfv_1_0/.test(version) || /tacker/i.test(nodes.map(({ type }) => type).join(' ')) ? 'tacker' : 'sol001',
  };
}

function leaveOut(node: NodeTemplate, context: Context): void {
  context.ledger.ignore(
    node.entry,
    `a ${node.type === '' ? 'node without type' : node.type} is no part of the VNF that can fail by itself here`,
  );
}

const BINDINGS = /^virtual_?binding$/i;
const LINKS = /^(?:virtual_?link|internal_virtual_link|external_virtual_link)$/i;

/** Connection points: the VDU behind each, and the virtual addresses that several share. */
function readPoints(
  nodes: readonly NodeTemplate[],
  vdus: readonly string[],
  context: Context,
): Pick<Vnf, 'points' | 'shared'> {
  const { ledger } = context;
  const points = new Map<string, string | undefined>();
  const addresses = new Map<string, Set<string>>();
  const links = nodes.filter(({ role }) => role === 'virtual-link').map(({ name }) => name);
  const own = nodes.filter(({ role }) => role === 'connection-point' || role === 'virtual-cp');
  const virtual: { name: string; addresses: readonly string[]; members: readonly string[] }[] = [];
  for (const node of nodes)
    if (node.role === 'virtual-link')
      ledger.ignore(node.entry, 'networks and addresses belong to the fabric, which descriptors do not describe');
  for (const node of own) {
    const members: string[] = [];
    for (const requirement of requirementsOf(node.entry.value)) {
      const target = targetOf(requirement);
      const binding = BINDINGS.test(requirement.key) || (node.role === 'virtual-cp' && requirement.key === 'target');
      if (target === undefined) {
        if (binding || LINKS.test(requirement.key))
          context.find(requirement.place, 'no-value', `"${requirement.key}" of ${node.name} names nothing`);
        continue;
      }
      if (!binding) {
        if (
          LINKS.test(requirement.key) &&
          !links.includes(target.name) &&
          !nodes.some(({ name }) => name === target.name)
        )
          context.find(
            target.entry.value.place,
            'dangling-reference',
            `${node.name} is on "${target.name}", and there is no such virtual link`,
            didYouMean(target.name, links, 'virtual links'),
          );
        continue;
      }
      if (vdus.includes(target.name)) {
        ledger.take(target.entry, `${node.name} leads to ${target.name}`);
        members.push(target.name);
      } else if (own.some(({ name }) => name === target.name)) {
        ledger.take(target.entry, `${node.name} is reached through ${target.name}`);
        const behind = boundTo(target.name, own);
        if (behind !== undefined && vdus.includes(behind)) members.push(behind);
      } else
        context.find(
          target.entry.value.place,
          'dangling-reference',
          `${node.name} is bound to "${target.name}", and there is no such VDU`,
          didYouMean(target.name, vdus, 'VDUs'),
        );
    }
    points.set(node.name, members[0]);
    const pairs = descendants(node.entry.value).find(({ key }) => key === 'allowed_address_pairs');
    for (const address of pairs === undefined ? [] : wordsOf(context.resolve(pairs.value))) {
      if (members[0] === undefined) continue;
      const sharing = addresses.get(address) ?? new Set();
      addresses.set(address, sharing.add(members[0]));
      if (pairs !== undefined) ledger.take(pairs, `an address that ${members[0]} may take over`);
      for (const each of descendants(pairs?.value)) ledger.take(each, `an address that ${members[0]} may take over`);
    }
    const address = descendants(node.entry.value).find(
      ({ key, path }) => key === 'ip_address' && !path.includes('allowed_address_pairs'),
    );
    const written = address === undefined ? undefined : textOf(context.resolve(address.value));
    if (node.role === 'virtual-cp' || members.length === 0)
      virtual.push({ name: node.name, addresses: written === undefined ? [] : [written], members });
    if (members.length === 0 && node.role === 'connection-point')
      context.ledger.approximate(entry(node.entry.value, 'type'), 'a connection point without VDU');
    ledger.ignore(node.entry, 'networks and addresses belong to the fabric, which descriptors do not describe');
  }
  const shared = new Map<string, readonly string[]>();
  for (const [address, members] of addresses) {
    if (members.size < 2) continue;
    const name = virtual.find((each) => each.addresses.includes(address))?.name ?? `vip-${address}`;
    shared.set(name, [...members]);
  }
  for (const { name, members } of virtual)
    if (members.length > 1 && !shared.has(name)) shared.set(name, [...new Set(members)]);
  return { points, shared };
}

/** VDU of a connection point, by its binding. */
function boundTo(point: string, own: readonly NodeTemplate[]): string | undefined {
  const node = own.find(({ name }) => name === point);
  const binding =
    node === undefined ? undefined : requirementsOf(node.entry.value).find(({ key }) => BINDINGS.test(key));
  return binding === undefined ? undefined : targetOf(binding)?.name;
}

/** A VNF of which nothing is known but that it is there. */
export function blackBox(
  name: string,
  each: Pick<Entry, 'place'>,
  generation: Vnf['generation'] = 'unknown',
  instances = 1,
  why = 'its descriptor was not given',
): Vnf {
  return {
    name,
    names: [name],
    place: each.place,
    vdus: [
      {
        name,
        place: each.place,
        container: false,
        size: {},
        labels: [],
        monitors: [],
        alarms: [],
        instances,
        why: { why, source: '[EA]' },
        levels: new Map(),
      },
    ],
    points: new Map(),
    separations: [],
    shared: new Map(),
    generation,
  };
}

/** Whether a document describes instances, or points of a VNF. */
export function describesVnf(template: Template): boolean {
  return template.nodes.some(({ role }) => role === 'vdu' || role === 'container');
}

export const documentTitle = (document: Item): Entry | undefined =>
  at(document, 'metadata', 'template_name') ?? entry(document, 'template_name');
