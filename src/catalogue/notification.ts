import type { Flow, Step } from '../model/flow.ts';
import type { Law } from '../model/law.ts';
import { type Bus, delivery } from '../model/notification.ts';
import { withDetour } from './detours.ts';

/** From detected to notified, hop by hop, before whatever the flow does about the fault (SEM-15, FL-10, FL-16). */

/** One hop as a scenario file writes it; `bus` takes its time from the bus. */
export interface Hop {
  readonly by: string;
  readonly takes: 'bus' | string;
  readonly needs?: readonly string[];
  readonly operation?: string;
}

export interface NotificationPath {
  readonly title: string;
  readonly hops: readonly Hop[];
  /** Index of the hop that finds the resources concerned in a map, which may be stale. */
  readonly mapped?: number;
  /** Control functions told one after the other until one answers, after the hops (B-101). */
  readonly scopes?: readonly string[];
  readonly source: string;
}

export const NOTIFICATION_PATHS: Readonly<Record<string, NotificationPath>> = {
  direct: {
    title: 'Agent to remediator over the bus, path computed in advance',
    hops: [{ by: 'bus', takes: 'bus' }],
    source: '[B] B-97, B-102',
  },
  doctor: {
    title: 'Monitor, Inspector, Controller, Notifier, consumer',
    hops: [
      { by: 'monitor', takes: '10 ms' },
      { by: 'inspector', takes: '160 ms', needs: ['vim'] },
      { by: 'controller', takes: '50 ms', needs: ['vim'] },
      { by: 'notifier', takes: '110 ms', needs: ['vim'], operation: 'notify' },
      { by: 'consumer', takes: '20 ms' },
    ],
    mapped: 1,
    source: '[A] A-27 order; [U] times',
  },
  hierarchical: {
    title: 'Agent to VIM to VNFM to NFVO, and back to the VNFM',
    hops: [
      { by: 'bus', takes: 'bus' },
      { by: 'vim', takes: '50 ms', needs: ['vim'] },
      { by: 'vnfm', takes: '50 ms', needs: ['vnfm'] },
      { by: 'nfvo', takes: '50 ms', needs: ['nfvo'] },
      { by: 'vnfm', takes: '50 ms', needs: ['vnfm'] },
    ],
    source: '[B] B-97; a call of 50 ms [EA]',
  },
  escalating: {
    title: 'Recipients in order of increasing scope, until one answers',
    hops: [{ by: 'bus', takes: 'bus' }],
    scopes: ['vim', 'vnfm', 'nfvo'],
    source: '[B] B-101; a call of 50 ms [EA]',
  },
};

/** A path with everything decided: what `withNotification` puts before a flow. */
export interface Notification {
  readonly path: NotificationPath;
  readonly bus: Bus;
  /** Number of the recipient among those that get a copy. */
  readonly recipient: number;
  /** Probability that the map does not know the resource, and how long until it does. */
  readonly stale: number;
  readonly refresh: Law;
  /** One call to a scope, and how long its answer is waited for. */
  readonly call: Law;
  readonly timeout: Law;
  /** Duration of a hop that states one. */
  readonly duration: (takes: string) => Law;
}

/** The flow after the hops of the path; the last one tells whoever acts. */
export function withNotification(flow: Flow, notification: Notification): Flow {
  const { path } = notification;
  const detour: Step[] = [];
  const hops = path.hops.map((hop, i) => hopStep(hop, i, notification, detour));
  const first = flow.remediation[0]!.id;
  const told = path.scopes === undefined ? hops.length - 1 : -1;
  const scopes = (path.scopes ?? []).flatMap((scope, i, all) => scopeSteps(scope, all[i + 1], first, notification));
  const main = hops.map((step, i): Step => (i === told ? { ...step, mark: 'notified' } : step));
  const [asked, ...further] = scopes;
  const lead = asked === undefined ? main : [...main, asked];
  return withDetour({ ...flow, remediation: [...lead, ...flow.remediation] }, [...detour, ...further]);
}

const step = (id: string, by: string, duration: Law): Step => ({
  id,
  by,
  duration,
  needs: [],
  effects: ['none'],
  phase: 'localisation',
});

function hopStep(hop: Hop, i: number, notification: Notification, detour: Step[]): Step {
  const { bus, recipient, path, stale, refresh } = notification;
  const id = `hop-${i + 1}-${hop.by}`;
  const needs = hop.needs ?? [];
  if (hop.takes === 'bus') {
    const sent = step(id, hop.by, { kind: 'deterministic', value: delivery(bus, recipient) });
    if (bus.loss === 0) return { ...sent, needs: ['bus'] };
    const again = step(`${id}-lost`, hop.by, { kind: 'deterministic', value: bus.retransmit });
    detour.push({ ...again, next: id });
    return { ...sent, needs: ['bus'], success: 1 - bus.loss, otherwise: again.id };
  }
  const plain: Step = {
    ...step(id, hop.by, notification.duration(hop.takes)),
    needs,
    ...(hop.operation === undefined ? {} : { operation: hop.operation }),
  };
  if (path.mapped !== i || stale === 0) return plain;
  const unknown = step(`${id}-stale`, hop.by, refresh);
  detour.push({ ...unknown, next: id });
  return { ...plain, success: 1 - stale, otherwise: unknown.id };
}

/** A scope that does not answer in time is passed over for the next; the last one is waited for. */
function scopeSteps(scope: string, next: string | undefined, first: string, { call, timeout }: Notification): Step[] {
  const told: Step = { ...step(`tell-${scope}`, scope, call), mark: 'notified', next: first };
  if (next === undefined) return [{ ...told, needs: [scope] }];
  const waited: Step = { ...step(`no-answer-${scope}`, scope, timeout), next: `tell-${next}` };
  return [{ ...told, requires: [scope], otherwise: waited.id }, waited];
}
