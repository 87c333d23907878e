import { basename } from 'node:path';
import type { Context } from './context.ts';
import { actionsOf, readMonitoring } from './monitoring.ts';
import type { Plan, Vdu } from './plan.ts';
import { readAllPolicies } from './policies.ts';
import { readTemplate } from './template.ts';
import { type Dictionary, descendants, entriesOf, entry, isList, textOf } from './tree.ts';
import type { Types } from './types.ts';
import { blackBox } from './vnf.ts';
import { readZabbix } from './zabbix.ts';

const VDU_PARTS = ['monitoring_policy', 'app_monitoring_policy', 'actions', 'action'];
const POOL_PARTS = ['lb_method', 'lb_algorithm', 'protocol_port', 'vip'];

/** A document that begins in the middle of a descriptor, as where a page breaks one in two. */
export function isRest(root: Dictionary): boolean {
  if (entriesOf(root).some(({ key }) => VDU_PARTS.includes(key) || POOL_PARTS.includes(key))) return true;
  return descendants(root).some(
    ({ key, value }) =>
      (key === 'policies' && isList(value)) || (key === 'type' && /^to[ks]\w*\.nodes\./.test(textOf(value) ?? '')),
  );
}

/** Reads the rest as if it stood where the document before it ended: in its last VDU, or in its last cluster policy. */
export function readRest(root: Dictionary, file: string, plan: Plan, types: Types, context: Context): void {
  const say = (what: string): void => {
    context.find(
      root.place,
      'torn-document',
      `the document begins in the middle of a descriptor; it is read as a part of ${what}`,
    );
  };
  const cluster = plan.clusters.at(-1);
  const target = descendants(root).find(({ key }) => key === 'target');
  if (entriesOf(root).some(({ key }) => POOL_PARTS.includes(key))) {
    say(cluster === undefined ? 'a cluster policy that was not given' : `cluster ${cluster.name}`);
    const name = textOf(target?.value);
    for (const each of descendants(root))
      context.ledger.approximate(each, 'the load balancer is one element; its listener and address go with it');
    if (cluster !== undefined && cluster.target === undefined && target !== undefined && name !== undefined)
      plan.clusters[plan.clusters.length - 1] = {
        ...cluster,
        target: { name, place: target.value.place, entry: target },
      };
    return;
  }
  const own = basename(file).replace(/\.\w+$/, '');
  if (plan.vnfs.at(-1)?.vdus.at(-1) === undefined) plan.vnfs.push(blackBox(own, { place: root.place }));
  const vnf = plan.vnfs.at(-1)!;
  const vdu: Vdu = vnf.vdus.at(-1)!;
  say(vdu.name);
  const template = readTemplate(root, types, context);
  for (const { name, role } of template.nodes)
    if (role === 'connection-point' && !vnf.points.has(name)) vnf.points.set(name, vdu.name);
  readAllPolicies({
    vdus: vnf.vdus,
    groups: template.groups,
    policies: template.policies,
    separations: vnf.separations,
    context,
  });
  const policy = entry(root, 'monitoring_policy');
  const app = entry(root, 'app_monitoring_policy');
  if (policy !== undefined)
    vdu.monitors.push(...readMonitoring(policy, entry(root, 'failure_policy'), vdu.name, context));
  const zabbix = app === undefined ? undefined : readZabbix(app, vdu.name, context);
  if (zabbix !== undefined) vdu.monitors.push(zabbix);
  const last = vdu.monitors.at(-1);
  const actions = entry(root, 'actions', 'action');
  if (actions !== undefined && last !== undefined)
    vdu.monitors[vdu.monitors.length - 1] = { ...last, actions: [...last.actions, ...actionsOf([actions], context)] };
}
