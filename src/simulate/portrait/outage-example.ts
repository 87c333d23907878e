import type { CompiledModel } from '../../compile/model.ts';
import type { EventLogHeader, LoggedEvent } from '../../model/events.ts';
import type { OutageExample } from '../../model/picture.ts';
import type { CauseClass } from '../../model/scenario.ts';
import { type LoggedHistory, logHistory } from '../event-log.ts';
import { classOf } from './collapse.ts';

/** Events of the first history that are looked through, and steps shown of one outage. */
const MOST_EVENTS = 60_000;
const MOST_STEPS = 40;

interface Outage {
  readonly began: number;
  readonly ended: number;
  readonly lost: number;
  /** Event that began it all. */
  readonly fault: number;
}

/**
 * Outages of each service as they happened in the first history, of the root that causes most of its downtime.
 * `roots` has the root by service, as `rootClass` names it; services without an outage of theirs are left out.
 */
export function outageExamples(
  model: CompiledModel,
  plan: LoggedHistory,
  eventsPerYear: number,
  roots: Readonly<Record<string, string>>,
): Readonly<Record<string, OutageExample>> {
  const events: LoggedEvent[] = [];
  const years = Math.min(plan.years, MOST_EVENTS / Math.max(eventsPerYear, 1e-9));
  const keep = (line: EventLogHeader | LoggedEvent): void => {
    if (!('format' in line)) events.push(line);
  };
  logHistory(model, { ...plan, years }, keep);
  const found = Object.entries(roots).flatMap(([service, root]) => {
    const outages = outagesOf(events, service).filter(({ fault }) => rootClass(rootName(events[fault - 1]!)) === root);
    const typical = middleByTime(outages);
    return typical === undefined ? [] : [[service, exampleOf(events, service, typical, outages.length)] as const];
  });
  return Object.fromEntries(found);
}

/** Outages of a service that had an end. */
function outagesOf(events: readonly LoggedEvent[], service: string): readonly Outage[] {
  const outages: Outage[] = [];
  let began = -1;
  let lost = 0;
  let fault = 0;
  for (const { event, entity, t, value, fault: root } of events) {
    if (event !== 'service' || entity !== service || typeof value !== 'number') continue;
    if (value > 0 && began < 0) {
      began = t;
      lost = value;
      fault = root ?? 0;
    } else if (value > 0) lost = Math.max(lost, value);
    else if (began >= 0) {
      if (fault > 0) outages.push({ began, ended: t, lost, fault });
      began = -1;
    }
  }
  return outages;
}

function rootName({ entity, value }: LoggedEvent): string {
  return `${entity}:${value}`;
}

/** `core/compute-12:hw` → `core/compute-*:hw`: equal elements fail alike. */
export function rootClass(root: string): string {
  const at = root.lastIndexOf(':');
  return classOf(root.slice(0, at)) + root.slice(at);
}

/** The outage in which half of the time of all is reached, the shorter ones first. */
function middleByTime(outages: readonly Outage[]): Outage | undefined {
  const lengthOf = ({ began, ended, lost }: Outage): number => (ended - began) * lost;
  const sorted = [...outages].sort((a, b) => lengthOf(a) - lengthOf(b));
  const half = sorted.reduce((sum, outage) => sum + lengthOf(outage), 0) / 2;
  let reached = 0;
  return sorted.find((outage) => {
    reached += lengthOf(outage);
    return reached >= half;
  });
}

function exampleOf(
  events: readonly LoggedEvent[],
  service: string,
  { began, ended, lost, fault }: Outage,
  seen: number,
): OutageExample {
  const first = events[fault - 1]!;
  const seconds = (t: number): number => Math.round((t - first.t) * 1e6) / 1e6;
  const steps = events
    .filter(({ fault: of, event, entity }) => of === fault && (event !== 'service' || entity === service))
    .slice(0, MOST_STEPS)
    .map(({ t, event, entity, value }) => ({ t: seconds(t), event, entity, value: String(value) }));
  return {
    root: rootName(first),
    cause: (first.cause ?? 'sw') as CauseClass,
    at: first.t,
    began: seconds(began),
    ended: seconds(ended),
    lost,
    seen,
    steps,
  };
}
