import type { Context } from './context.ts';
import { HEALING } from './healing.ts';
import { LOOP } from './monitoring.ts';
import type { Alarm, Monitor } from './plan.ts';
import type { Setting } from './setting.ts';
import { ZABBIX_RESTART } from './zabbix.ts';

const NOTHING_SAID = 'the descriptor does not say';

/** The alarm that notices overload; members that share the load have no gray faults in scenarios. */
export function overloadOf(
  scheme: string,
  alarms: readonly Alarm[],
  path: string,
  context: Context,
): Alarm | undefined {
  const alarm = alarms.find(({ below }) => !below);
  if (alarm === undefined || scheme === 'simplex' || scheme === 'active-standby') return alarm;
  context.assume(
    `${path}: overload`,
    'none',
    `scenarios have no overload of members that share the load: ${alarm.name} never fires`,
    '[EA] SEM-27',
  );
  return undefined;
}

export function detectionOf(
  { id, roles }: Setting,
  scheme: string,
  monitors: readonly Monitor[],
  alarm: Alarm | undefined,
  context: Context,
): { readonly text: Readonly<Record<string, unknown>>; readonly detectors: Readonly<Record<string, unknown>> } {
  const path = `groups.${id}.detection`;
  const detectors: Record<string, unknown> = {};
  const ids = monitors.map((monitor) => {
    if (monitor.kind === 'zabbix') return 'zabbix-nodata';
    const name = `${id}-${monitor.kind}`;
    detectors[name] = monitor.detector;
    return name;
  });
  const gray = grayOf(alarm);
  if (monitors.some(({ kind }) => kind === 'ping' || kind === 'http-ping')) {
    context.assume(
      `monitoring.${LOOP.id}.sleep`,
      LOOP.text.sleep,
      'pause of the monitoring loop of the VNFM',
      '[U] SEM-17',
    );
  }
  if (roles !== undefined) {
    if (ids.length === 0)
      context.assume(
        `${path}.detectors`,
        '[tacker-ping]',
        'clusters recover what a ping monitor reports; none is described',
        '[A] A-37',
      );
    return { text: { detectors: ids.length === 0 ? ['tacker-ping'] : ids, ...gray }, detectors };
  }
  if (scheme === 'active-standby' || scheme === 'load-balanced') {
    const usual = scheme === 'active-standby' ? 'heartbeat-peer' : 'lb-health-check';
    context.assume(
      `${path}.detectors`,
      `[${[usual, ...ids].join(', ')}]`,
      `how the members notice each other's faults is not described`,
      scheme === 'active-standby' ? '[A] A-11' : '[A] A-22',
    );
    return { text: { detectors: [usual, ...ids], ...gray }, detectors };
  }
  if (ids.length > 0) return { text: { detectors: ids, ...gray }, detectors };
  context.assume(`${path}.detectors`, '[]', `${NOTHING_SAID} who notices a fault: users report it`, '[EA] SEM-19');
  return { text: { detectors: [], coverage: '0 %', ...gray }, detectors };
}

/** An alarm notices overload, which leaves a member alive: by a law over its evaluation periods. */
function grayOf(alarm: Alarm | undefined): Readonly<Record<string, unknown>> {
  if (alarm === undefined) return {};
  if (alarm.scales || alarm.actions.every((action) => !HEALING.test(action))) return { gray: { coverage: '0 %' } };
  const { low, high } = windowOf(alarm);
  return { gray: { coverage: '100 %', latency: { probe: [low, high] } } };
}

const windowOf = ({ period, evaluations }: Alarm): { readonly low: string; readonly high: string } => ({
  low: `${(evaluations - 1) * period} s`,
  high: `${evaluations * period} s`,
});

export function instanceOf(
  { id, unit }: Setting,
  alarm: Alarm | undefined,
  monitors: readonly Monitor[],
  context: Context,
): Readonly<Record<string, unknown>> {
  const path = `groups.${id}.instance`;
  const container = unit.vdus.some((vdu) => vdu.container);
  context.assume(
    path,
    container ? 'container, vnf-app' : 'vm, vnf-app',
    'how often instances and their software fail is not described',
    '[EA] types of the catalogue',
  );
  const failures: Record<string, unknown> = {};
  const restarts = monitors.some(({ kind, actions }) => kind === 'zabbix' && actions.includes('restart'));
  if (restarts) {
    failures['crash'] = { restart: ZABBIX_RESTART };
    context.assume(
      `${path}.app.failures.crash.restart`,
      ZABBIX_RESTART.uniform.join(' … '),
      'three samples of 1 s, evaluation 0.5 s, command 1 s',
      '[A] A-51, NC-22',
    );
  }
  if (alarm !== undefined) {
    context.assume(
      `${path}.app.failures.overload`,
      '1 / year',
      `overload that ${alarm.name} notices; loads are not simulated`,
      '[EA] A-65',
    );
    failures['overload'] = {
      rate: '1 / year',
      cause: 'overload',
      manifestation: 'gray',
      loss: '50 %',
      ...restartOf(alarm),
    };
    context.assume(
      `${path}.app.failures.overload.loss`,
      '50 %',
      'share of the load an overloaded member loses',
      '[EA] A-65',
    );
  }
  return {
    guest: { type: container ? 'container' : 'vm' },
    app: { type: 'vnf-app', ...(Object.keys(failures).length === 0 ? {} : { failures }) },
  };
}

/** Scaling out ends an overload: when the alarm has fired and the new instance has started. */
function restartOf(alarm: Alarm): Readonly<Record<string, unknown>> {
  if (!alarm.scales && alarm.actions.some((action) => HEALING.test(action))) return {};
  if (!alarm.scales && !alarm.actions.some((action) => /^scal/i.test(action))) return { restart: '15 min' };
  const { low, high } = windowOf(alarm);
  return { restart: { shift: '60 s', law: { uniform: [low, high] } } };
}
