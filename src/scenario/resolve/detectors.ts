import { DEFAULTS } from '../../catalogue/defaults.ts';
import { DETECTORS } from '../../catalogue/detectors.ts';
import type { Law } from '../../model/law.ts';
import { FAULT_LAYERS, type FaultLayer } from '../../model/monitoring.ts';
import type { Detector } from '../../model/scenario.ts';
import { SECONDS_PER_YEAR } from '../../model/time.ts';
import { merge } from '../read/merge.ts';
import type { Section } from './context.ts';
import type { ControlPath } from './control.ts';
import { law } from './law.ts';
import type { Loops } from './monitoring.ts';
import { choice, count, numberAbove, numberFrom, perYear, positiveTime, text, texts, time } from './parsers.ts';
import { triggerLaw } from './triggers.ts';
import { Entries } from './types.ts';

/** What a detector needs that is no control function, element or group. */
const SERVER = 'zabbix-server';
const OF_SERVERS: readonly string[] = ['guest-agent', 'registration', SERVER];
const NEEDS = ['peer', ...OF_SERVERS];

/** Latency of each kind (SEM-17): fault to detected when everything it needs is up. */
const KINDS: Readonly<Record<string, (part: Section) => Law>> = {
  heartbeat: (part) => heartbeat(part),
  'mano-health': (part) => heartbeat(part),
  poll: (part) => {
    const period = part.required('period', positiveTime, 1);
    const confirmations = part.defaulted('confirmations', count(1), DEFAULTS.detector.confirmations);
    return probe((confirmations - 1) * period, confirmations * period);
  },
  event: (part) => part.required('latency', law, NOTHING),
  law: (part) => part.required('latency', law, NOTHING),
  /** A serial loop of its own, which visits `targets` targets. */
  ping: (part) => {
    const { failing, healthy } = PROBES['ping']!(part);
    const targets = part.defaulted('targets', count(1), DEFAULTS.detector.targets);
    return probe(failing, failing + part.defaulted('sleep', time, DEFAULTS.detector.sleep) + targets * healthy);
  },
  'http-ping': (part) => {
    const { failing } = PROBES['http-ping']!(part);
    return probe(failing, failing + part.defaulted('sleep', time, DEFAULTS.detector.sleep));
  },
  /**
   * The average over a window crosses the threshold after a step of the load (SEM-18). A tumbling window of any phase
   * decides at its end, a sliding one at the first look after the crossing.
   */
  alarm: (part) => {
    const period = part.required('period', positiveTime, 1);
    const evaluations = part.defaulted('evaluations', count(1), DEFAULTS.detector.evaluations);
    const idle = part.defaulted('idle', numberFrom(0), DEFAULTS.detector.idle);
    const threshold = part.required('threshold', numberFrom(0), 0);
    const load = part.required('load', numberAbove(0), 1);
    if (!(idle <= threshold && threshold < load)) {
      part.problem('out-of-range', `a step from ${idle} to ${load} never crosses a threshold of ${threshold}`);
      return NOTHING;
    }
    const crossing = (period * (threshold - idle)) / (load - idle);
    const window = part.defaulted('window', choice(['tumbling', 'sliding']), DEFAULTS.detector.window);
    const tick = part.defaulted('tick', time, DEFAULTS.detector.tick, window === 'sliding');
    const step = window === 'tumbling' ? period : tick;
    return probe(crossing + (evaluations - 1) * step, crossing + evaluations * step);
  },
  trigger: (part) => triggerLaw(part),
  /** Clients that get no answer go elsewhere. */
  'client-timeout': (part) => ({ kind: 'deterministic', value: clean(patience(part)) }),
  /** The same once the address they remember has run out: at any time within the TTL. */
  dns: (part) => {
    const ttl = part.required('ttl', time, 0);
    const wait = patience(part);
    return ttl === 0 ? { kind: 'deterministic', value: clean(wait) } : probe(wait, ttl + wait);
  },
  /** `threshold` checks in a row fail, the last one after its timeout; the first comes `phase` after the fault. */
  'lb-health-check': (part) => {
    const interval = part.required('interval', positiveTime, 1);
    const failing = (part.required('threshold', count(1), 1) - 1) * interval + part.required('timeout', time, 0);
    const phase = part.optional('phase', time);
    if (phase === undefined) return probe(failing, failing + interval);
    if (phase > interval) part.at('phase').problem('out-of-range', 'the next check comes within one interval');
    return { kind: 'deterministic', value: clean(failing + phase) };
  },
  /** A periodic check whose failure is confirmed by more attempts. */
  check: (part) => {
    const confirming = (part.required('attempts', count(1), 1) - 1) * part.required('retry', time, 0);
    return probe(confirming, confirming + part.required('period', positiveTime, 1));
  },
};

/** How long one probe of a failed and of a healthy target takes (SEM-17), seconds. */
interface ProbeTimes {
  readonly failing: number;
  readonly healthy: number;
}

/** Kinds that probe their targets one after the other. */
const PROBES: Readonly<Record<string, (part: Section) => ProbeTimes>> = {
  ping: (part) => {
    const interval = part.required('interval', positiveTime, 1);
    const healthy = (part.required('count', count(1), 1) - 1) * interval;
    return { failing: healthy + part.required('timeout', time, 0), healthy };
  },
  'http-ping': (part) => {
    const tries = part.required('retries', count(1), 1) * part.required('timeout', time, 0);
    const outcome = part.required('outcome', choice(['blackhole', 'refused']), 'refused');
    return { failing: outcome === 'blackhole' ? tries : 0, healthy: 0 };
  },
};

const NOTHING: Law = { kind: 'deterministic', value: 0 };
/** Decimal noise of sums such as 0.2 + 0.1 must not reach the integer clock: a picosecond grid. */
const clean = (seconds: number): number => Number(seconds.toFixed(12));
const probe = (low: number, high: number): Law => ({ kind: 'probe', low: clean(low), high: clean(high) });

/** Time a client waits for an answer before it goes elsewhere. */
const patience = (part: Section): number => part.required('timeout', time, 0) * part.required('tries', count(1), 1);

function heartbeat(part: Section): Law {
  const interval = part.required('interval', positiveTime, 1);
  const misses = part.required('misses', count(1), 1);
  const timeout = part.defaulted('timeout', time, DEFAULTS.detector.timeout, part.read('kind', text) === 'heartbeat');
  return probe((misses - 1) * interval + timeout, misses * interval + timeout);
}

/** Detectors of the file and of the catalogue; each is resolved, and its values remembered, once. */
export class Detectors {
  readonly #root: Section;
  readonly #entries: Entries;
  readonly #control: ControlPath;
  readonly #loops: Loops;
  readonly #resolved = new Map<string, Detector | undefined>();
  readonly #covers = new Map<Detector['id'], readonly FaultLayer[]>();

  constructor(root: Section, control: ControlPath, loops: Loops) {
    this.#root = root.at('catalogue').at('detectors');
    this.#control = control;
    this.#loops = loops;
    this.#entries = new Entries(this.#root, DETECTORS, 'detector', ['kind']);
  }

  /** The detector `id`; undefined, and a problem at `from`, if there is none. */
  find(id: string, from: Section): Detector | undefined {
    const tree = this.#entries.find(id, from);
    const key = this.#control.nameHere(id);
    if (!this.#resolved.has(key)) {
      this.#resolved.set(key, tree === undefined ? undefined : this.#read(id, this.#root.at(id).with(tree)));
    }
    return this.#resolved.get(key);
  }

  /** Of the faults of `layers`, those that detector `id` does not see. */
  unseen(id: string, layers: readonly FaultLayer[]): readonly FaultLayer[] {
    const covers = this.#covers.get(id);
    return covers === undefined ? [] : layers.filter((layer) => layer !== 'instance' && !covers.includes(layer));
  }

  /** Reads the own detectors that no group uses, for their problems. */
  checkUnused(): void {
    for (const part of this.#entries.own) if (!this.#resolved.has(part.key)) this.find(part.key, part.muted);
  }

  #read(id: string, part: Section): Detector | undefined {
    const own = this.#root.at(id);
    own.optional('base', text);
    const kind = own.optional('kind', text) ?? part.read('kind', text);
    if (kind === undefined) {
      if (part.has('base')) return undefined;
      return part.problem('missing-key', 'a detector needs a kind or a base', undefined, { part: 'key' });
    }
    const loop = part.optional('loop', text);
    const looped = loop === undefined ? undefined : this.#inLoop(loop, kind, part, own);
    const latency = looped?.latency ?? KINDS[kind]?.(part) ?? NOTHING;
    const written = this.#needs(part, own);
    const needs = looped === undefined || written.includes(looped.in) ? written : [...written, looped.in];
    // What a preset covers is said where it matters: with the groups whose faults it does not see.
    const covers = own.has('covers') ? part.optional('covers', texts) : part.read('covers', texts);
    if (covers !== undefined) this.#covers.set(id, readCovers(part.at('covers'), covers));
    const missing = REQUIRED[kind]?.filter((key) => !part.has(key)) ?? [];
    if (missing.length > 0) {
      part.problem('missing-key', `a detector of kind ${kind} needs ${missing.join(', ')}`, undefined, { part: 'key' });
    }
    const delay = (part.optional('notify', time) ?? 0) + (part.optional('holdOff', time) ?? 0);
    const alarms = part.optional('falsePositives', perYear) ?? 0;
    const blind = part.optional('delay', law);
    const later = this.#reconfigured(kind, part, delay);
    return {
      id,
      latency: delayed(latency, delay),
      needs: this.#control.resolve(needs).filter((need) => need !== SERVER || this.#control.isKnown(need)),
      ...(alarms === 0 ? {} : { falsePositives: alarms / SECONDS_PER_YEAR }),
      ...(blind === undefined || isNone(blind) ? {} : { delay: blind }),
      ...(looped === undefined ? {} : { loop: looped.loop }),
      ...(later === undefined ? {} : { reconfigured: later }),
    };
  }

  /** What it needs; a preset's needs that this scenario cannot fail to meet are nothing to remember. */
  #needs(part: Section, own: Section): readonly string[] {
    const read = (list: Section): readonly string[] | undefined => this.#control.readNeeds(list, NEEDS, true);
    const words = part.read('needs', texts) ?? [];
    const idle = words.every((word) => OF_SERVERS.includes(word)) && !this.#control.isKnown(SERVER);
    return (own.has('needs') || !idle ? part.optional('needs', read) : part.read('needs', read)) ?? [];
  }

  /** The same detector with some parameters changed at run time (B-96). */
  #reconfigured(kind: string, part: Section, delay: number): Detector['reconfigured'] {
    const change = part.at('reconfigured');
    if (!change.exists || part.tree === undefined || change.tree === undefined) return undefined;
    for (const { key } of change.entries()) change.optional(key, (value) => value.key);
    if (part.has('loop')) {
      const message = 'the loop decides how often its targets are probed, for all of them';
      change.problem('conflicting-keys', message, 'a detector without loop', { part: 'key' });
    }
    const latency = KINDS[kind]?.(part.with(merge(part.tree, change.tree)).muted) ?? NOTHING;
    return { latency: delayed(latency, delay), whileExposed: change.read('while', choice(['exposed'])) === 'exposed' };
  }

  /** Probes of a loop; their latency has the length of one round added once all targets are known (`Loops.settle`). */
  #inLoop(id: string, kind: string, part: Section, own: Section) {
    const loop = this.#loops.find(id, part.at('loop'));
    const times = PROBES[kind]?.(part);
    if (times === undefined) {
      const message = `a detector of kind ${kind} does not probe one target after the other`;
      return part.at('loop').problem('wrong-detector', message, `kinds: ${Object.keys(PROBES).join(', ')}`);
    }
    for (const key of ['sleep', 'targets']) {
      if (!own.has(key)) continue;
      own.at(key).problem('conflicting-keys', `the loop has its own ${key}`, undefined, { part: 'key' });
    }
    if (loop === undefined) return undefined;
    const { failing, healthy } = times;
    return { latency: probe(failing, failing + 1), in: loop.in, loop: { id: loop.id, probe: healthy } };
  }
}

const isNone = (law: Law): boolean => law.kind === 'deterministic' && law.value === 0;

/** Layers a detector covers; all words are of `FAULT_LAYERS`. */
function readCovers(section: Section, words: readonly string[]): readonly FaultLayer[] {
  section.items().forEach((item) => {
    choice(FAULT_LAYERS)(item);
  });
  return FAULT_LAYERS.filter((layer) => words.includes(layer));
}

const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  heartbeat: ['interval', 'misses'],
  'mano-health': ['interval', 'misses'],
  poll: ['period'],
  event: ['latency'],
  law: ['latency'],
  ping: ['interval', 'count', 'timeout'],
  'http-ping': ['retries', 'timeout', 'outcome'],
  check: ['period', 'retry', 'attempts'],
  alarm: ['period', 'threshold', 'load'],
  trigger: ['expression', 'period'],
  'client-timeout': ['timeout', 'tries'],
  dns: ['ttl', 'timeout', 'tries'],
  'lb-health-check': ['interval', 'timeout', 'threshold'],
};

/** The latency with `notify` seconds more. */
export function delayed(latency: Law, notify: number): Law {
  if (notify === 0) return latency;
  if (latency.kind === 'probe') return probe(latency.low + notify, latency.high + notify);
  if (latency.kind === 'deterministic') return { kind: 'deterministic', value: clean(latency.value + notify) };
  return { kind: 'shifted', offset: notify, law: latency };
}
