import { DEFAULTS } from '../../catalogue/defaults.ts';
import { type Law, mean } from '../../model/law.ts';
import type {
  Allocation,
  Bucket,
  CauseClass,
  FailureMode,
  Party,
  Restore,
  Shock,
  ShockMode,
  Strike,
  Target,
} from '../../model/scenario.ts';
import { BUCKETS, CAUSES } from '../../model/scenario.ts';
import { SECONDS_PER_YEAR } from '../../model/time.ts';
import { defaultBucket } from './attribution.ts';
import type { Section } from './context.ts';
import { RESTORES, readFrequency } from './failures.ts';
import { law } from './law.ts';
import { EVENT_CLASSES } from './names.ts';
import { choice, flag, positiveRate, probability, text } from './parsers.ts';
import type { Policies } from './repair.ts';
import type { Victim, Victims } from './victims.ts';

/** What reading causes needs from the rest of the file. */
export interface CauseSurroundings {
  readonly victims: Victims;
  readonly policies: Policies;
  readonly targets: readonly Target[];
  readonly allocation: Allocation;
  /** Leaves of the structure of a service. */
  readonly leavesOf: (service: string) => readonly string[];
}

const CLASSES: Readonly<Record<(typeof EVENT_CLASSES)[number], CauseClass | undefined>> = {
  commonCause: undefined,
  overload: 'overload',
  security: 'security',
  environmental: 'environmental',
};

/** Causes that strike several elements at once, by id (B-14, B-33). */
export function readCauses(section: Section, around: CauseSurroundings): Readonly<Record<string, Shock>> {
  const shocks: Record<string, Shock> = {};
  for (const kind of EVENT_CLASSES) {
    for (const part of section.at(kind).entries()) {
      const mode = readEvent(part, CLASSES[kind], around);
      if (mode !== undefined) shocks[part.key] = { modes: [mode] };
    }
  }
  if (section.has('operator')) shocks['operator'] = readOperator(section.at('operator'), around);
  return shocks;
}

function readEvent(part: Section, cause: CauseClass | undefined, around: CauseSurroundings): ShockMode | undefined {
  const timeToFailure = readFrequency(part);
  if (!part.has('strikes'))
    part.problem('missing-key', 'a cause needs "strikes": whom it strikes', 'strikes: [leaf-1]', { part: 'key' });
  const strikes = part.optional('strikes', (list) => around.victims.read(list)) ?? [];
  const restore = readRestore(part, strikes, around);
  const facts = readFacts(part, cause, restore, strikes, around.victims);
  return timeToFailure === undefined ? undefined : { id: 'event', timeToFailure, restore, strikes, ...facts };
}

/** Cause class, bucket and party of a shock's mode, and whether it is foreseen. */
function readFacts(
  part: Section,
  usual: CauseClass | undefined,
  restore: ShockMode['restore'],
  strikes: readonly Strike[],
  victims: Victims,
): Pick<FailureMode, 'cause' | 'bucket' | 'party' | 'planned'> {
  const first = strikes[0] === undefined ? undefined : victims.get(strikes[0].victims[0]!);
  const byRestore: CauseClass = restore.by === 'repair' ? 'hw' : 'sw';
  const cause = part.optional('cause', choice(CAUSES)) ?? usual ?? byRestore;
  const bucket =
    part.optional('bucket', choice(BUCKETS)) ?? defaultBucket(first?.kind ?? 'unit', cause, first?.id ?? '');
  const external = cause === 'security' || cause === 'environmental';
  const party: Party = part.optional('party', choice([...BUCKETS, 'external'])) ?? (external ? 'external' : bucket);
  if (!part.has('cause')) part.derive('cause', cause, '[B] B-14');
  if (!part.has('bucket')) part.derive('bucket', bucket, `[B] B-44, ${cause} of ${first?.kind ?? 'unit'}`);
  const planned = part.optional('planned', flag) === true ? { planned: true } : {};
  return { cause, bucket, party, ...planned };
}

/** How victims come back: as written, or each in its own way. */
function readRestore(
  part: Section,
  strikes: readonly Strike[],
  { victims, policies }: CauseSurroundings,
): ShockMode['restore'] {
  const [way, ...more] = RESTORES.filter((key) => part.has(key));
  const struck = strikes.flatMap((strike) => strike.victims).map((name) => victims.get(name));
  if (more.length > 0) {
    const message = `${[way, ...more].join(' and ')} cannot both bring its victims back`;
    part.problem('conflicting-keys', message, 'keep one of them', { part: 'key' });
  }
  if (part.has('policy') && way !== 'repair')
    part.at('policy').problem('conflicting-keys', 'a policy goes with "repair"', undefined, { part: 'key' });
  if (way === undefined) return ownWay(part, struck);
  if (way === 'replacement') {
    part.optional('replacement', flag);
    const other = struck.find((victim) => !victim.layer);
    if (other !== undefined) {
      const message = `${other.name} is no member of a group, and only members are replaced`;
      part.at('replacement').problem('not-replaceable', message, 'use repair or restart', { part: 'key' });
    }
    return { by: 'replacement' };
  }
  const after = part.optional(way, law) ?? { kind: 'never' };
  if (way === 'restart') return { by: 'itself', after };
  const policy = policies.choose(part.optional('policy', text), false, part);
  const layer = struck.find((victim) => victim.layer);
  if (policy !== undefined && layer !== undefined && policies.resolved[policy]?.spares !== undefined) {
    const message = `policy "${policy}" swaps failed units for spares, and ${layer.name} is no unit`;
    part.at('policy').problem('conflicting-keys', message, 'a policy without spares, or replacement: true');
  }
  return policy === undefined ? { by: 'itself', after } : { by: 'repair', policy, after };
}

function ownWay(part: Section, struck: readonly Victim[]): ShockMode['restore'] {
  const none = struck.find((victim) => victim.failures.length === 0);
  if (none !== undefined) {
    const message = `${none.name} has no failure mode that says how it comes back`;
    part.problem('missing-key', message, 'restart: 30 min, or repair: 4 h', { part: 'key' });
  }
  return { by: 'own' };
}

/** Errors of operators: their rate, divided over their impacts (B-44, B-45). */
function readOperator(part: Section, around: CauseSurroundings): Shock {
  const entries = part.at('impact').entries();
  const usual = entries.length === 0 || entries.some((entry) => !RESTORES.some((key) => entry.has(key)));
  const after = part.defaulted('restart', law, DEFAULTS.operator.restart, usual);
  const impacts = entries.length === 0 ? usualImpact(part, after, around) : readImpacts(part, after, around);
  const seconds = readErrorRate(part, impacts, around);
  const all = impacts.flatMap((impact) => impact.strikes);
  const facts = readFacts(part, 'procedural', { by: 'itself', after }, all, around.victims);
  const modes = impacts.map(
    ({ id, share, strikes, restore }): ShockMode => ({
      id,
      timeToFailure: { kind: 'exponential', mean: seconds / share },
      restore,
      strikes,
      ...facts,
    }),
  );
  return { modes: modes.filter((mode) => Number.isFinite(mean(mode.timeToFailure))) };
}

interface Impact {
  readonly id: string;
  readonly share: number;
  readonly strikes: readonly Strike[];
  readonly restore: Restore;
}

function readImpacts(part: Section, after: Law, around: CauseSurroundings): readonly Impact[] {
  const entries = part.at('impact').entries();
  const impacts = entries.map((entry): Impact => {
    const share = entry.required('share', probability, 1);
    if (!entry.has('share')) entry.problem('missing-key', 'an impact needs its share of the errors', 'share: 60 %');
    if (!entry.has('strikes'))
      entry.problem('missing-key', 'an impact needs "strikes": whom it strikes', 'strikes: [sbc]', { part: 'key' });
    const strikes = entry.optional('strikes', (list) => around.victims.read(list)) ?? [];
    const stated = RESTORES.some((key) => entry.has(key)) || entry.has('policy');
    const restore = stated ? readRestore(entry, strikes, around) : { by: 'itself' as const, after };
    return { id: entry.key, share, strikes, restore: restore.by === 'own' ? { by: 'itself', after } : restore };
  });
  const sum = impacts.reduce((total, { share }) => total + share, 0);
  if (Math.abs(sum - 1) > 1e-9) {
    part.at('impact').problem('bad-shares', `the shares sum to ${Number((100 * sum).toPrecision(6))} %, not to 100 %`);
  }
  return impacts;
}

/** Nobody said what errors hit: everything that services with a downtime target use. */
function usualImpact(part: Section, after: Law, { victims, targets, leavesOf }: CauseSurroundings): readonly Impact[] {
  const services = new Set(targets.filter(isDowntime).map((target) => target.of));
  const names = [...new Set([...services].flatMap(leavesOf))];
  if (names.length === 0) {
    const message = 'operator errors need "impact": no service with a downtime target says what they could hit';
    part.problem('missing-key', message, 'impact: {all: {share: 100 %, strikes: [sbc]}}', { part: 'key' });
    return [];
  }
  const whole = part.at('impact').at('everything');
  const source = '[EA] everything that services with a downtime target use';
  const strikes = whole.defaulted('strikes', (list) => victims.read(list), { value: `[${names.join(', ')}]`, source });
  const share = whole.defaulted('share', probability, { value: '100 %', source });
  return [{ id: whole.key, share, strikes, restore: { by: 'itself', after } }];
}

/** Mean seconds between errors. Nobody said: as many as spend what the allocation leaves to operators (B-44). */
function readErrorRate(part: Section, impacts: readonly Impact[], { targets, allocation }: CauseSurroundings): number {
  const parse = (section: Section): number | undefined => positiveRate(section)?.meanSeconds;
  if (part.has('rate')) return part.required('rate', parse, Number.POSITIVE_INFINITY);
  const limit = Math.min(...targets.filter(isDowntime).map(downtimeLimit));
  const duration = impacts.reduce((sum, { share, restore }) => sum + share * durationOf(restore), 0);
  const perYear = (allocation.OPER * limit) / duration;
  if (!(perYear > 0) || !Number.isFinite(perYear)) {
    const message = 'operator errors need "rate", or a service with a downtime target and errors of a known duration';
    part.problem('missing-key', message, 'rate: 2 / year', { part: 'key' });
    return Number.POSITIVE_INFINITY;
  }
  const print = (value: number): number => Number(value.toPrecision(6));
  const budget = `${print(100 * allocation.OPER)} % of ${print(limit)} s/year`;
  return part.defaulted('rate', parse, {
    value: `${Number(perYear.toPrecision(12))} / year`,
    source: `[B] B-44: ${budget}, if every error takes the whole service down for ${print(duration)} s`,
  });
}

/** Mean seconds; NaN where a group's flow decides. */
const durationOf = (restore: Restore): number => (restore.by === 'replacement' ? Number.NaN : mean(restore.after));

export const isDowntime = ({ metric }: Target): boolean => metric === 'availability' || metric === 'dpm';
const downtimeLimit = ({ metric, limit }: Target): number => (metric === 'dpm' ? limit : limit * SECONDS_PER_YEAR);

/** Shares of the buckets as written: `{HW: 10 %, …}`. */
export function readAllocation(section: Section): Allocation | undefined {
  const share = (bucket: Bucket): number => section.read(bucket, probability) ?? 0;
  const found = Object.fromEntries(BUCKETS.map((bucket) => [bucket, share(bucket)])) as Record<Bucket, number>;
  const sum = BUCKETS.reduce((total, bucket) => total + found[bucket], 0);
  if (Math.abs(sum - 1) <= 1e-9) return found;
  return section.problem('bad-shares', `the shares sum to ${Number((100 * sum).toPrecision(6))} %, not to 100 %`);
}
