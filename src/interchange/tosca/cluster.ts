import { basename } from 'node:path';
import { type Context, MOST_INSTANCES } from './context.ts';
import type { Cluster } from './plan.ts';
import { descendants, type Entry, entriesOf, entry, type Item, isList, isMap, isScalar, textOf } from './tree.ts';

/** VIM of members whose role does not name one. */
export const ANY_VIM = '';

/** The map of a cluster policy, which may stand below `properties`, a policy list or the name of the cluster. */
export function clusterOf(document: Item): Item | undefined {
  const isPolicy = (item: Item | undefined): boolean =>
    isMap(item) &&
    ((entry(item, 'role') !== undefined && !isScalar(entry(item, 'role')!.value)) ||
      (entry(item, 'load_balancer') !== undefined && entry(item, 'vdus') === undefined));
  if (isPolicy(document)) return document;
  return descendants(document).find(({ value }) => isPolicy(value))?.value;
}

/** A cluster policy in both of its spellings: `pool.lb_method`, or `listener` and `pool.lb_algorithm`. */
export function readCluster(document: Item, file: string, context: Context): Cluster | undefined {
  const policy = clusterOf(document);
  if (policy === undefined) return undefined;
  const { ledger } = context;
  const role = entry(policy, 'role');
  const active = roleOf(entry(role?.value, 'active'), 'active', context);
  const standby = roleOf(entry(role?.value, 'standby'), 'standby', context);
  for (const each of entriesOf(role?.value)) {
    if (!['active', 'standby'].includes(each.key))
      context.find(each.place, 'unknown-key', `"${each.key}" is no role of a member`, 'active, standby');
  }
  if (sum(active) === 0)
    context.find(
      (role ?? { place: policy.place }).place,
      'no-active',
      'the policy has no active member: one is assumed',
      'role: { active: { VIM0: 1 } }',
    );
  const balancer = entry(policy, 'load_balancer');
  const pool = entry(balancer?.value, 'pool');
  const method = entry(pool?.value, 'lb_method', 'lb_algorithm');
  const target =
    entry(balancer?.value, 'target') ??
    (balancer === undefined ? undefined : descendants(balancer.value).find(({ key }) => key === 'target')) ??
    entry(policy, 'target');
  if (balancer !== undefined) {
    ledger.take(balancer, 'elements: the load balancer in front of the members');
    ledger.take(pool, 'elements: the load balancer in front of the members');
    const known = ['protocol', 'protocol_port', 'subnet'];
    for (const each of descendants(balancer.value)) {
      if (each !== method && each !== target && each !== pool && !known.includes(each.key))
        ledger.approximate(each, 'the load balancer is one element; its listener and address go with it');
    }
  }
  const name = textOf(target?.value);
  const own = entry(document, 'name') ?? entry(document, 'cluster_name');
  ledger.take(own, 'the name of the cluster');
  const title = textOf(own?.value);
  return {
    name: title ?? basename(file).replace(/\.\w+$/, ''),
    active: sum(active) === 0 ? new Map([[ANY_VIM, 1]]) : active,
    standby,
    balancer: balancer !== undefined,
    pool: poolOf(pool, entry(balancer?.value, 'vip') ?? entry(balancer?.value, 'listener'), method, name, context),
    ...(target === undefined || name === undefined
      ? {}
      : { target: { name, place: target.value.place, entry: target } }),
    place: (role ?? { place: policy.place }).place,
  };
}

/** Method, protocol, port, subnet and target of a load balancer, as far as they are stated. */
function poolOf(
  pool: Entry | undefined,
  address: Entry | undefined,
  method: Entry | undefined,
  target: string | undefined,
  context: Context,
): Readonly<Record<string, string | number>> {
  const found: Record<string, string | number> = {};
  const put = (word: string, ...sources: readonly (Entry | undefined)[]): void => {
    const [first] = sources.filter((each) => each !== undefined);
    const value = context.text(first);
    if (value !== undefined) found[word] = value;
    for (const each of sources)
      context.ledger.take(each, `groups: ${word} of the load balancer, shown in the record of the cluster`);
  };
  put('method', method);
  put('protocol', entry(pool?.value, 'protocol'), entry(address?.value, 'protocol'));
  const port = entry(pool?.value, 'protocol_port') ?? entry(address?.value, 'protocol_port');
  const number = context.number(port, 1, 65_535, true);
  if (number !== undefined) found['port'] = number;
  for (const each of [port, entry(address?.value, 'protocol_port')])
    context.ledger.take(each, 'groups: port of the load balancer, shown in the record of the cluster');
  put('subnet', entry(pool?.value, 'subnet'), entry(address?.value, 'subnet'));
  if (target !== undefined) found['target'] = target;
  return found;
}

/** Members of a role by VIM: `VIM0: 1`, a list of these, or a bare number. */
function roleOf(each: Entry | undefined, role: string, context: Context): Map<string, number> {
  const found = new Map<string, number>();
  if (each === undefined) return found;
  const put = (vim: string, source: Entry): void => {
    const count = context.count(source, 0, MOST_INSTANCES);
    if (count === undefined) return;
    context.ledger.take(source, `members with role ${role}${vim === ANY_VIM ? '' : ` on ${vim}`}`);
    found.set(vim, (found.get(vim) ?? 0) + count);
  };
  if (isScalar(each.value)) {
    if (each.value.value === null) context.find(each.place, 'no-value', `role ${role} has no members`);
    else put(ANY_VIM, each);
    return found;
  }
  const maps = isList(each.value) ? each.value.items : [each.value];
  for (const map of maps) for (const vim of entriesOf(map)) put(vim.key, vim);
  return found;
}

const sum = (members: ReadonlyMap<string, number>): number => [...members.values()].reduce((a, b) => a + b, 0);
