import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { GROUP_MEASURES, groupWidth, SERVICE_MEASURES } from '../../src/measures/history-record.ts';
import type { EventLogHeader, LoggedEvent } from '../../src/model/events.ts';
import { FAILOVER_REASONS } from '../../src/model/flow.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { logHistory } from '../../src/simulate/event-log.ts';
import { HistoryRunner } from '../../src/simulate/histories.ts';
import { shapeOf } from '../../src/simulate/history-watch.ts';
import { readExample } from './support/files.ts';
import { randomScenario } from './support/random-scenario.ts';

interface Replayed {
  readonly failures: Map<string, number>;
  readonly downtime: Map<string, number>;
  readonly failovers: Map<string, number>;
  readonly switchovers: Map<string, number>;
}

/** Figures of a history from nothing but its log: downtime by service, failures by element, failovers by outcome. */
function replay(header: EventLogHeader, events: readonly LoggedEvent[]): Replayed {
  const failures = new Map<string, number>();
  const downtime = new Map<string, number>();
  const failovers = new Map<string, number>();
  const switchovers = new Map<string, number>();
  const open = new Map<string, LoggedEvent>();
  const add = (map: Map<string, number>, key: string, amount: number): void => {
    map.set(key, (map.get(key) ?? 0) + amount);
  };
  const close = (service: string, t: number): void => {
    const since = open.get(service);
    if (since !== undefined) add(downtime, service, (since.value as number) * (t - since.t));
  };
  for (const event of events) {
    if (event.event === 'fail') add(failures, event.entity, 1);
    if (event.event === 'failover') add(failovers, event.value as string, 1);
    if (event.event === 'switchover') add(switchovers, event.entity, 1);
    if (event.event !== 'service') continue;
    close(event.entity, event.t);
    open.set(event.entity, event);
  }
  for (const service of open.keys()) close(service, header.end);
  return { failures, downtime, failovers, switchovers };
}

/** The log of a history says what its record says. */
function compare(scenario: Scenario, years: number): number {
  const model = compile(scenario);
  const events: LoggedEvent[] = [];
  let header: EventLogHeader | undefined;
  const plan = { scenario: { name: 'x', digest: 'y' }, seed: 'log', history: 3, years, warmUp: 0 };
  logHistory(model, plan, (line) => {
    if ('format' in line) header = line;
    else events.push(line);
  });
  const record = new HistoryRunner(model, 'log').run(3, years, 0);
  const found = replay(header!, events);
  model.names.services.forEach((id, service) => {
    const at = service * SERVICE_MEASURES.length;
    const micros = record.services[at]! + record.services[at + SERVICE_MEASURES.indexOf('partialWeighted')]!;
    expect(Math.abs((found.downtime.get(id) ?? 0) - micros / 1e6), `downtime of ${id}`).toBeLessThan(1e-3);
  });
  model.names.elements.forEach((id, element) => {
    expect(found.failures.get(id) ?? 0, `failures of ${id}`).toBe(record.elementFailures[element]);
  });
  const width = groupWidth(shapeOf(model));
  const sum = (offset: number): number =>
    model.names.groups.reduce((total, _, group) => total + record.groups[group * width + offset]!, 0);
  expect(found.failovers.get('success') ?? 0).toBe(sum(GROUP_MEASURES.indexOf('successes')));
  FAILOVER_REASONS.forEach((reason, i) => {
    expect(found.failovers.get(reason) ?? 0, reason).toBe(sum(GROUP_MEASURES.length + i));
  });
  const switchovers = [...found.switchovers.values()].reduce((total, n) => total + n, 0);
  expect(switchovers).toBe(sum(GROUP_MEASURES.indexOf('switchovers')));
  events.forEach((event, i) => {
    expect(event.id).toBe(i + 1);
    // Causes come before what they cause.
    if (event.parent !== null) expect(event.parent).toBeLessThan(event.id);
    if (event.fault !== null) expect(['fail', 'false-alarm', 'predicted']).toContain(events[event.fault - 1]!.event);
    if (event.event === 'service' && (event.value as number) > 0) expect(event.fault).not.toBeNull();
  });
  return events.length;
}

describe('law: the event log of a history, replayed, gives its figures (B-69)', () => {
  it('S-11, with predictions', () => {
    expect(compare(readExample('fm-cycle', 'predicted').scenario, 50)).toBeGreaterThan(1000);
  });

  it('30 random scenarios', () => {
    fc.assert(
      fc.property(randomScenario(), (scenario) => {
        compare(scenario, 0.02);
      }),
      { seed: 69, numRuns: 30 },
    );
  });
});
