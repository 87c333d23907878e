import type { PackedWork, Part, PartSettings } from '../model/part.ts';
import { InputError } from '../model/problem.ts';
import type { Scenario } from '../model/scenario.ts';
import { digestOf } from './digest.ts';
import { WorkIndex } from './packed-work.ts';
import { packedWorkSchema, partSchema } from './schema/part.ts';

/** The parts of one run put together. */
export interface WholeRun {
  readonly scenario: Scenario;
  readonly digest: string;
  readonly settings: PartSettings;
  readonly work: WorkIndex;
}

/** JSON has no infinity. */
const INFINITE = { Infinity: Number.POSITIVE_INFINITY, '-Infinity': Number.NEGATIVE_INFINITY } as const;
const isInfinite = (value: unknown): value is { readonly number: keyof typeof INFINITE } =>
  typeof value === 'object' && value !== null && 'number' in value && `${value.number}` in INFINITE;

/** A part as JSON. */
export function printPart(part: Part): string {
  const text = JSON.stringify(part, (_key, value) =>
    typeof value === 'number' && !Number.isFinite(value) ? { number: `${value}` } : value,
  );
  return `${text}\n`;
}

/**
 * A part as `run --shard` wrote it.
 *
 * @param file name for messages
 * @throws InputError when the text is no part, or was changed
 */
export function readPart(source: string, file: string): Part {
  const bad = (message: string): never =>
    fail(file, message, 'write one with: carriergrade run FILE --shard 1/2 -o FILE');
  let tree: unknown;
  try {
    tree = JSON.parse(source, (_key, value) => (isInfinite(value) ? INFINITE[value.number] : value));
  } catch (error) {
    return bad(`no part of a run: not JSON, ${(error as Error).message}`);
  }
  const read = partSchema.safeParse(tree);
  if (!read.success) {
    const format = typeof tree === 'object' && tree !== null && 'format' in tree ? tree.format : undefined;
    if (format !== 'carriergrade/part/1') {
      return bad(
        `this is ${typeof format === 'string' ? `a ${format}` : 'no part of a run'}, not a carriergrade/part/1`,
      );
    }
    const { path, message } = read.error.issues[0]!;
    return bad(`${path.join('.')}: ${message}`);
  }
  const part = tree as Part;
  if (digestOf(part.source) !== part.scenario.digest) return bad('its scenario is not the one it was made from');
  return part;
}

/**
 * All parts of one run, in any order.
 *
 * @param version of this tool: other versions may give other bytes
 * @throws InputError that says what does not belong together, what is there twice and what is missing
 */
export function wholeRun(parts: readonly { readonly file: string; readonly part: Part }[], version: string): WholeRun {
  const [first] = parts as readonly [(typeof parts)[number], ...typeof parts];
  const { source, scenario, settings, shard } = first.part;
  const seen = new Map<number, string>();
  for (const { file, part } of parts) {
    const differs = (what: string, one: string, other: string): never =>
      fail(file, `${what} ${one}, but ${first.file} has ${other}`, 'all parts must come from one run');
    if (part.version !== version) fail(file, `written by version ${part.version}, this is ${version}`);
    if (part.scenario.digest !== scenario.digest) {
      const named = (of: Part['scenario']): string => `${of.name} (digest ${of.digest})`;
      differs('is of the scenario', named(part.scenario), named(scenario));
    }
    for (const key of new Set([...Object.keys(settings), ...Object.keys(part.settings)]) as Set<keyof PartSettings>) {
      const told = (value: unknown): string => (value === undefined ? "the scenario's" : String(value));
      const [one, other] = [part.settings[key], settings[key]];
      if (one !== other) differs(`has the ${key}`, told(one), told(other));
    }
    const { index, of } = part.shard;
    if (of !== shard.of) differs('is one of', `${of} shards`, `one of ${shard.of}`);
    if (index > of) fail(file, `there is no shard ${index} of ${of}`);
    const other = seen.get(index);
    if (other !== undefined)
      fail(file, `shard ${index}/${of} is there twice, also in ${other}`, 'leave one of them out');
    seen.set(index, file);
  }
  const missing = Array.from({ length: shard.of }, (_, i) => i + 1).filter((index) => !seen.has(index));
  if (missing.length > 0) {
    const one = missing.length === 1;
    fail(
      parts.map(({ file }) => file).join(', '),
      `${one ? 'shard' : 'shards'} ${missing.join(', ')} of ${shard.of} ${one ? 'is' : 'are'} missing`,
      `run with --shard ${missing[0]}/${shard.of}`,
    );
  }
  const work = new WorkIndex();
  for (const { part } of parts) for (const packed of part.work) work.add(packed);
  for (const { file, part } of parts) {
    for (let history = part.histories.first; history < part.histories.end; history++) {
      if (!work.has(`history/${history}`)) fail(file, `history ${history} is missing: the file was changed`);
    }
  }
  return { scenario: source, digest: scenario.digest, settings, work };
}

/**
 * Work kept by an interrupted run, from lines of `printFinished`; what was done under another key, and a last line that a
 * crash has cut off, is left out.
 */
export async function readWork(lines: AsyncIterable<string>, key: string): Promise<WorkIndex> {
  const work = new WorkIndex();
  for await (const line of lines) {
    let read: { readonly key?: unknown; readonly done?: unknown } | null;
    try {
      read = JSON.parse(line);
    } catch {
      continue;
    }
    if (read?.key !== key) continue;
    const { data } = packedWorkSchema.safeParse(read.done);
    if (data !== undefined) work.add(data as PackedWork);
  }
  return work;
}

function fail(file: string, message: string, hint?: string): never {
  const problem = { level: 'error', code: 'bad-part', message: `${file}: ${message}` } as const;
  throw new InputError([hint === undefined ? problem : { ...problem, hint }]);
}
