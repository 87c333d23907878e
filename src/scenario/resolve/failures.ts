import { DEFAULTS, type Default } from '../../catalogue/defaults.ts';
import type { Law } from '../../model/law.ts';
import { FAULT_LAYERS } from '../../model/monitoring.ts';
import type { ElementKind, FailureMode, Prediction, Restore } from '../../model/scenario.ts';
import { BUCKETS, CAUSES } from '../../model/scenario.ts';
import { SECONDS_PER_YEAR } from '../../model/time.ts';
import { defaultBucket, defaultCause } from './attribution.ts';
import type { Parser, Section } from './context.ts';
import { failureLaw, law } from './law.ts';
import { choice, flag, perYear, positiveRate, positiveTime, probability, text } from './parsers.ts';
import type { Policies } from './repair.ts';

/** Whose failure modes are read. */
export interface Owner {
  readonly kind: ElementKind;
  /** Layer of a group's instance: comes back by replacement unless the mode says otherwise. */
  readonly layer: boolean;
  /** Sites, domains and nodes are always repaired under a policy. */
  readonly inSite: boolean;
  /** Id of a control function, for the attribution. */
  readonly name: string;
}

const exponential = (mean: number | undefined): Law | undefined =>
  mean === undefined ? undefined : { kind: 'exponential', mean };
const fit: Parser<Law> = (section) => {
  const { tree } = section;
  const written =
    typeof tree?.content === 'number' ? section.with({ ...tree, content: `${tree.content} FIT` }) : section;
  return exponential(positiveRate(written)?.meanSeconds);
};

const FREQUENCIES: Readonly<Record<string, Parser<Law>>> = {
  rate: (section) => exponential(positiveRate(section)?.meanSeconds),
  mtbf: (section) => exponential(positiveTime(section)),
  mttf: (section) => exponential(positiveTime(section)),
  fit,
  law: failureLaw,
};
export const RESTORES = ['restart', 'repair', 'replacement'];

/** Failure modes under `failures` of `section`, in file order (those of the type first). */
export function readFailures(section: Section, owner: Owner, policies: Policies): readonly FailureMode[] {
  const modes: FailureMode[] = [];
  for (const part of section.at('failures').entries()) {
    if (part.tree?.content === null) {
      const message = 'null removes a mode of the type, and there is no such mode';
      part.problem('nothing-to-delete', message, undefined, { part: 'key' });
      continue;
    }
    const timeToFailure = readFrequency(part);
    const restore = readRestore(part, owner, policies);
    const written = RESTORES.find((key) => key !== 'replacement' && part.has(key)) as 'restart' | 'repair' | undefined;
    const cause = part.optional('cause', choice(CAUSES)) ?? defaultCause(owner.kind, part.key, written);
    const bucket = part.optional('bucket', choice(BUCKETS)) ?? defaultBucket(owner.kind, cause, owner.name);
    const external = cause === 'security' || cause === 'environmental';
    const party = part.optional('party', choice([...BUCKETS, 'external'])) ?? (external ? 'external' : bucket);
    if (!part.has('cause')) part.derive('cause', cause, `[B] B-14, ${owner.kind}`);
    if (!part.has('bucket')) part.derive('bucket', bucket, `[B] B-44, ${cause} of ${owner.kind}`);
    const planned = part.optional('planned', flag) === true ? { planned: true } : {};
    const manner = readManner(part, owner);
    const layer = part.optional('layer', choice(FAULT_LAYERS));
    if (layer !== undefined && !owner.layer) {
      const message = 'only faults of members of groups are watched by detectors: put it on a layer of an instance';
      part.at('layer').problem('not-a-member', message, undefined, { part: 'key' });
    }
    const watched = layer === undefined ? {} : { layer };
    if (timeToFailure !== undefined)
      modes.push({ id: part.key, timeToFailure, cause, bucket, party, restore, ...manner, ...planned, ...watched });
  }
  return modes;
}

/** Ids of the modes that stand for false alarms and false predictions. */
const RESERVED: readonly string[] = ['false-alarm', 'false-prediction'];

/** How the fault shows, and whether it is seen coming (SEM-27, B-59); only members of groups do more than stop. */
function readManner(part: Section, owner: Owner): Pick<FailureMode, 'manifestation' | 'loss' | 'prediction'> {
  if (RESERVED.includes(part.key)) {
    part.problem('duplicate-name', `"${part.key}" stands for what is no fault`, 'rename the mode', { part: 'key' });
  }
  const manifestation = part.defaulted(
    'manifestation',
    choice(['fail-stop', 'gray']),
    DEFAULTS.failure.manifestation,
    false,
  );
  const gray = manifestation === 'gray';
  for (const key of ['manifestation', 'prediction']) {
    if (!part.has(key) || owner.layer || (key === 'manifestation' && !gray)) continue;
    const message = 'only members of groups are dealt with before they stop: put the mode on a layer of an instance';
    part.at(key).problem('not-a-member', message, undefined, { part: 'key' });
  }
  const loss = part.optional('loss', probability);
  if (gray && (loss === undefined || loss === 0)) {
    part.problem('missing-key', 'a gray fault needs the share of the load that is lost', 'loss: 30 %', { part: 'key' });
  }
  if (!gray && part.has('loss')) {
    part.at('loss').problem('conflicting-keys', 'a fail-stop fault loses everything', 'manifestation: gray', {
      part: 'key',
    });
  }
  if (gray && part.has('prediction')) {
    part.at('prediction').problem('conflicting-keys', 'only faults that stop the member are predicted', undefined, {
      part: 'key',
    });
  }
  const prediction = part.has('prediction') && !gray && owner.layer ? readPrediction(part.at('prediction')) : undefined;
  return {
    ...(gray ? { manifestation, loss: loss ?? 1 } : {}),
    ...(prediction === undefined ? {} : { prediction }),
  };
}

function readPrediction(part: Section): Prediction {
  for (const key of ['coverage', 'leadTime']) {
    if (!part.has(key)) part.problem('missing-key', `a prediction needs "${key}"`, undefined, { part: 'key' });
  }
  const { predictionFalsePositives } = DEFAULTS.failure;
  return {
    coverage: part.required('coverage', probability, 0),
    leadTime: part.required('leadTime', law, { kind: 'deterministic', value: 0 }),
    falsePositives: part.defaulted('falsePositives', perYear, predictionFalsePositives) / SECONDS_PER_YEAR,
  };
}

/** How often a mode occurs, in one of its forms; undefined, and a problem, without exactly one. */
export function readFrequency(part: Section): Law | undefined {
  const given = Object.keys(FREQUENCIES).filter((key) => part.has(key));
  if (given.length === 1) return part.optional(given[0]!, FREQUENCIES[given[0]!]!);
  if (given.length > 1) {
    return part.problem('conflicting-keys', `${given.join(' and ')} say the same thing`, 'keep one of them', {
      part: 'key',
    });
  }
  const hint = 'rate: 4 / year, mtbf: 999 h, fit: 100, or law: {weibull: …}';
  return part.problem('missing-key', `how often it fails is missing: ${Object.keys(FREQUENCIES).join(', ')}`, hint, {
    part: 'key',
  });
}

function readRestore(part: Section, owner: Owner, policies: Policies): Restore {
  const given = RESTORES.filter((key) => part.has(key));
  if (given.length > 1) {
    part.problem('conflicting-keys', `${given.join(' and ')} cannot both bring it back`, 'keep one of them', {
      part: 'key',
    });
  }
  if (part.has('policy') && given[0] !== 'repair') {
    part.at('policy').problem('conflicting-keys', 'a policy goes with "repair"', undefined, { part: 'key' });
  }
  const [way] = given;
  const latent = part.optional('latent', flag) === true;
  if (latent && owner.layer) {
    const message =
      'members of groups are watched by detectors: their latent faults are those that "coverage" leaves out';
    part.at('latent').problem('conflicting-keys', message, 'detection: {standby: {coverage: 90 %, audit: 24 h}}', {
      part: 'key',
    });
  }
  if (way === 'replacement') {
    if (owner.layer && part.optional('replacement', flag) !== undefined) return { by: 'replacement' };
    part
      .at('replacement')
      .problem('not-replaceable', 'only the members of a group are replaced', 'use repair or restart', { part: 'key' });
    return { by: 'itself', after: { kind: 'never' } };
  }
  if (way === undefined && owner.layer) {
    part.derive('replacement', 'true', '[A] A-06: the group replaces its members');
    return { by: 'replacement' };
  }
  if (latent && way === undefined) {
    return { by: 'itself', after: part.defaulted('repair', law, DEFAULTS.failure.latentRepair), latent };
  }
  const found = latent ? { latent } : {};
  const repaired = way === undefined ? defaultCause(owner.kind, part.key, undefined) !== 'sw' : way === 'repair';
  const key = repaired ? 'repair' : 'restart';
  const after = part.defaulted(key, law, repaired ? DEFAULTS.restore.hardware : restartOf(owner.kind));
  if (!repaired) return { by: 'itself', after, ...found };
  const policy = policies.choose(part.optional('policy', text), owner.inSite, part);
  if (policy !== undefined && owner.layer && policies.resolved[policy]?.spares !== undefined) {
    const message = `policy "${policy}" swaps failed units for spares, and a layer of an instance is no unit`;
    part.at('policy').problem('conflicting-keys', message, 'a policy without spares, or replacement: true');
  }
  return policy === undefined ? { by: 'itself', after, ...found } : { by: 'repair', policy, after, ...found };
}

function restartOf(kind: ElementKind): Default {
  const { guest, app, service, software } = DEFAULTS.restore;
  if (kind === 'guest') return guest;
  if (kind === 'app' || kind === 'load-balancer') return app;
  return kind === 'control' ? service : software;
}
