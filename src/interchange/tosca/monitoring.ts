import { didYouMean } from '../../scenario/read/suggest.ts';
import type { Context } from './context.ts';
import type { Monitor } from './plan.ts';
import { type Entry, entriesOf, entry, type Item, isMap, textOf, wordsOf } from './tree.ts';

/** [U] SEM-17: pause of the monitoring loop. */
const SLEEP = '10 s';
/** [U] What Tacker waits for before it looks at an instance. */
const BOOT_WAIT = '30 s';
/** The serial loop of the VNFM in which everybody is probed (SEM-17). */
export const LOOP = { id: 'vnfm-monitor', text: { in: 'vnfm', sleep: SLEEP } } as const;
/** Faults that end the answers to a ping, and to a request. */
const PING_SEES = ['guest', 'node', 'network', 'interface', 'switch'];
const HTTP_SEES = ['app', ...PING_SEES];
const PING = { count: 1, interval: 1, timeout: 1 };
const HTTP = { retries: 5, timeout: 1 };
const UPSTREAM = '[U] default of the Tacker driver';
const DRIVERS = ['ping', 'http_ping', 'http-ping'];
const PARAMETERS = ['monitoring_delay', 'count', 'interval', 'timeout', 'retry', 'port', 'action', 'actions'];
const PORT = 'whoever answers on another port is no other fault';

/**
 * Monitors of a monitoring policy: Tacker's (`name`, `parameters`, `actions`), that of 2015 (driver → `monitoring_params`,
 * `actions`) and a bare driver name with a `failure_policy` beside it.
 */
export function readMonitoring(
  policy: Entry,
  failurePolicy: Entry | undefined,
  vdu: string,
  context: Context,
): readonly Monitor[] {
  const { ledger } = context;
  const bare = textOf(policy.value);
  if (bare !== undefined) {
    if (/^(?:noop|none|false)$/i.test(bare)) {
      ledger.take(policy, `${vdu} is not monitored`);
      ledger.ignore(failurePolicy, 'nothing is monitored');
      return [];
    }
    return [readDriver(bare, policy, undefined, actionsOf([failurePolicy], context), vdu, context)];
  }
  if (!isMap(policy.value)) {
    context.find(policy.place, 'no-value', `"${policy.key}" names no monitor: ${vdu} is not monitored`);
    return [];
  }
  const named = entry(policy.value, 'name');
  const name = context.text(named);
  ledger.ignore(entry(policy.value, 'targets'), 'the policy stands at what it monitors');
  if (named !== undefined && name !== undefined) {
    if (/^(?:noop|none)$/i.test(name)) {
      ledger.take(named, `${vdu} is not monitored`);
      return [];
    }
    const parameters = entry(policy.value, 'parameters', 'monitoring_params', 'params');
    const loose =
      parameters === undefined
        ? entriesOf(policy.value).filter(({ key }) => PARAMETERS.includes(key) && !/^actions?$/.test(key))
        : [];
    if (loose.length > 0)
      context.find(
        loose[0]!.place,
        'misplaced-key',
        `"${loose[0]!.key}" stands beside "name"; it is read as if it stood under parameters`,
        'check the indentation',
      );
    return [
      readDriver(
        name,
        named,
        parameters?.value ?? policy.value,
        actionsOf(actionEntries(policy.value, parameters?.value, failurePolicy, context), context),
        vdu,
        context,
      ),
    ];
  }
  const drivers = entriesOf(policy.value).filter(
    ({ value, key }) =>
      (isMap(value) || DRIVERS.includes(key)) && !/^(?:parameters|actions?|monitoring_params)$/.test(key),
  );
  if (drivers.length === 0) {
    const loose = entry(policy.value, 'parameters', 'monitoring_params');
    if (loose === undefined) {
      context.find(policy.place, 'no-value', `"${policy.key}" names no monitor: ${vdu} is not monitored`);
      return [];
    }
    const guess = entry(loose.value, 'retry') === undefined ? 'ping' : 'http_ping';
    context.find(
      policy.place,
      'no-monitor',
      `"${policy.key}" does not say which monitor; by its parameters it is read as ${guess}`,
      `name: ${guess}`,
    );
    return [
      readDriver(
        guess,
        policy,
        loose.value,
        actionsOf(actionEntries(policy.value, loose.value, failurePolicy, context), context),
        vdu,
        context,
      ),
    ];
  }
  return drivers.map((driver) => {
    const parameters = entry(driver.value, 'monitoring_params', 'parameters', 'params');
    const actions = actionsOf(actionEntries(driver.value, parameters?.value, failurePolicy, context), context);
    return readDriver(driver.key, driver, parameters?.value ?? driver.value, actions, vdu, context);
  });
}

/** Where the actions are: beside the parameters, or among them, where Tacker itself does not look. */
function actionEntries(
  policy: Item,
  parameters: Item | undefined,
  failurePolicy: Entry | undefined,
  context: Context,
): readonly (Entry | undefined)[] {
  const own = entry(policy, 'actions', 'action');
  const inside = entry(parameters, 'action', 'actions');
  if (inside !== undefined && inside !== own) {
    const hint = 'as "actions", beside "parameters"';
    context.find(
      inside.place,
      'misplaced-key',
      `"${inside.key}" stands among the parameters of the monitor, where Tacker does not look for actions; it is read nevertheless`,
      hint,
    );
  }
  return [own, inside, failurePolicy];
}

/** Names of actions: a word, a comma list, a list, or a map from events to any of these. */
export function actionsOf(sources: readonly (Entry | undefined)[], context: Context): readonly string[] {
  const names: string[] = [];
  for (const source of sources) {
    if (source === undefined) continue;
    const found = wordsOf(context.resolve(source.value))
      .flatMap((text) => text.split(/[\s,]+/))
      .filter((word) => word !== '');
    if (found.length > 0) markAll(source, `action: ${found.join(', ')}`, context);
    else context.find(source.place, 'no-value', `"${source.key}" names no action`);
    names.push(...found);
  }
  return [...new Set(names)];
}

function markAll(each: Entry, as: string, context: Context): void {
  context.ledger.take(each, as);
  for (const inside of entriesOf(each.value)) markAll(inside, as, context);
}

function readDriver(
  written: string,
  named: Entry,
  parameters: Item | undefined,
  actions: readonly string[],
  vdu: string,
  context: Context,
): Monitor {
  const driver = written.trim().toLowerCase().replace(/-/g, '_');
  const { ledger } = context;
  if (isMap(parameters))
    context.expectKeys(parameters, [...PARAMETERS, 'name', 'targets', 'parameters', 'monitoring_params']);
  const delay = readDelay(entry(parameters, 'monitoring_delay'), vdu, context);
  if (driver === 'ping') {
    ledger.take(named, `groups.${vdu}.detection: a ping loop of the VNFM`);
    const count = said('count', context.count(entry(parameters, 'count'), 1, 10_000), PING.count, '');
    const interval = said('interval', context.number(entry(parameters, 'interval'), 0.001, 1e6), PING.interval, ' s');
    const timeout = said('timeout', context.number(entry(parameters, 'timeout'), 0, 1e6), PING.timeout, ' s');
    for (const key of ['retry', 'port']) ledger.ignore(entry(parameters, key), 'the ping driver has no such parameter');
    const detector = {
      kind: 'ping',
      interval: `${interval} s`,
      count,
      timeout: `${timeout} s`,
      delay,
      loop: LOOP.id,
      covers: PING_SEES,
    };
    return {
      kind: 'ping',
      title: `ping: ${count} × ${interval} s, timeout ${timeout} s`,
      detector,
      actions,
      place: named.place,
    };
  }
  if (driver === 'http_ping') {
    ledger.take(named, `groups.${vdu}.detection: an HTTP probe loop of the VNFM`);
    const retries = said('retry', context.count(entry(parameters, 'retry'), 1, 10_000), HTTP.retries, '');
    const timeout = said('timeout', context.number(entry(parameters, 'timeout'), 0, 1e6), HTTP.timeout, ' s');
    ledger.ignore(entry(parameters, 'port'), PORT);
    for (const key of ['interval', 'count'])
      ledger.ignore(entry(parameters, key), 'the http_ping driver has no such parameter');
    context.assume(
      `catalogue.detectors.${vdu}-http-ping.outcome`,
      'blackhole',
      'whether a dead instance refuses the connection or swallows it is not known; this is the slower one',
      '[EA] A-67',
    );
    const detector = {
      kind: 'http-ping',
      retries,
      timeout: `${timeout} s`,
      outcome: 'blackhole',
      delay,
      loop: LOOP.id,
      covers: HTTP_SEES,
    };
    return { kind: 'http-ping', title: `http_ping: ${retries} × ${timeout} s`, detector, actions, place: named.place };
  }
  const hint = didYouMean(written, DRIVERS.slice(0, 2), 'monitors known');
  context.find(
    named.place,
    'unknown-monitor',
    `nothing is known about monitor "${written}"; it is taken for one look every ${SLEEP}`,
    hint,
  );
  ledger.approximate(named, `groups.${vdu}.detection: a poll every ${SLEEP}`);
  return {
    kind: 'other',
    title: `${written}: poll ${SLEEP}`,
    detector: { kind: 'poll', period: SLEEP, delay, needs: ['vnfm'] },
    actions,
    place: named.place,
  };

  /** The value, or the driver's own when none is stated. */
  function said(key: string, value: number | undefined, usual: number, unit: string): number {
    const each = entry(parameters, key);
    if (value === undefined)
      context.assume(
        `monitoring of ${vdu}: ${key}`,
        `${usual}${unit}`,
        `the ${driver} monitor does not state it`,
        UPSTREAM,
      );
    else ledger.take(each, `catalogue.detectors: ${key} of the ${driver} monitor`);
    return value ?? usual;
  }
}

/** Start of an instance to the first probe of it. */
function readDelay(each: Entry | undefined, vdu: string, context: Context): string {
  const delay = context.number(each, 0, 1e9);
  if (delay === undefined) {
    const why = 'the policy does not state monitoring_delay';
    context.assume(`monitoring of ${vdu}: monitoring_delay`, BOOT_WAIT, why, '[U] boot_wait of the VNFM');
    return BOOT_WAIT;
  }
  context.ledger.take(each, `catalogue.detectors: nobody looks at an instance of ${vdu} in its first ${delay} s`);
  return `${delay} s`;
}
