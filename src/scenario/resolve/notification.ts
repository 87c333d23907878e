import { DEFAULTS } from '../../catalogue/defaults.ts';
import {
  type Hop,
  NOTIFICATION_PATHS,
  type Notification,
  type NotificationPath,
} from '../../catalogue/notification.ts';
import type { Law } from '../../model/law.ts';
import type { Bus } from '../../model/notification.ts';
import { parseDuration } from '../quantity/quantity.ts';
import { didYouMean } from '../read/suggest.ts';
import type { Section } from './context.ts';
import type { ControlPath } from './control.ts';
import { law } from './law.ts';
import { count, flag, openProbabilityOrZero, text, time } from './parsers.ts';

/** The bus of the control path. */
export function readBus(section: Section): Bus {
  const { bus } = DEFAULTS.control;
  const loss = section.defaulted('loss', openProbabilityOrZero, bus.loss);
  const burst = section.defaulted('burst', count(0), bus.burst);
  return {
    base: section.defaulted('base', time, bus.base),
    copy: section.defaulted('copy', time, bus.copy),
    loss,
    retransmit: section.defaulted('retransmit', time, bus.retransmit, loss > 0),
    burst,
    priority: section.defaulted('priority', flag, bus.priority, burst > 0),
  };
}

/** How a group's remediation is told of a fault; undefined: at once, by whoever detects it. */
export function readNotification(part: Section, control: ControlPath): Notification | undefined {
  if (!part.exists) return undefined;
  const path = readPath(part, control);
  if (path === undefined) return undefined;
  const { notification } = DEFAULTS.group;
  const onBus = path.hops.some(({ takes }) => takes === 'bus');
  const mapped = path.mapped !== undefined;
  const scoped = path.scopes !== undefined;
  const refuse = (key: string, applies: boolean, what: string): void => {
    if (!applies && part.has(key))
      part.at(key).problem('unused-key', `path "${part.at('path').tree?.content}" ${what}`);
  };
  refuse('recipient', onBus, 'does not use the bus');
  refuse('stale', mapped, 'asks no map');
  refuse('refresh', mapped, 'asks no map');
  refuse('timeout', scoped, 'does not escalate');
  const stale = part.defaulted('stale', openProbabilityOrZero, notification.stale, mapped);
  return {
    path,
    bus: control.bus(onBus),
    recipient: part.defaulted('recipient', count(1), notification.recipient, onBus),
    stale,
    refresh: part.defaulted('refresh', law, notification.refresh, stale > 0),
    call: part.defaulted('call', law, notification.call, scoped),
    timeout: part.defaulted('timeout', law, notification.timeout, scoped),
    duration: (takes) => durationOf(takes, part),
  };
}

function readPath(part: Section, control: ControlPath): NotificationPath | undefined {
  const hops = part.optional('hops', (list) => list.items().map((item) => readHop(item, control)));
  const id = part.optional('path', text);
  if (hops !== undefined && id !== undefined) {
    const message = '"path" and "hops" both say how it is told';
    return part.at('hops').problem('conflicting-keys', message, undefined, { part: 'key' });
  }
  if (hops !== undefined) return { title: '', source: 'this scenario', hops };
  const known = Object.keys(NOTIFICATION_PATHS);
  if (id === undefined) {
    return part.has('path')
      ? undefined
      : part.problem('missing-key', `expected "path" (${known.join(', ')}) or "hops"`);
  }
  if (Object.hasOwn(NOTIFICATION_PATHS, id)) return NOTIFICATION_PATHS[id];
  return part.at('path').problem('dangling-reference', `there is no path "${id}"`, didYouMean(id, known, 'paths'));
}

function readHop(item: Section, control: ControlPath): Hop {
  const needs = item.optional('needs', (list) => control.readNeeds(list, []));
  return {
    by: item.required('by', text, ''),
    takes: item.required('takes', text, '0 s'),
    ...(needs === undefined ? {} : { needs }),
  };
}

function durationOf(takes: string, part: Section): Law {
  const reading = parseDuration(takes, part.context.units);
  if (reading.ok && reading.value >= 0) return { kind: 'deterministic', value: reading.value };
  part.problem('bad-duration', `a hop takes "bus" or a time, got ${JSON.stringify(takes)}`, '50 ms');
  return { kind: 'deterministic', value: 0 };
}
