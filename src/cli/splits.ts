import type { Combination, Split } from '../index.ts';
import { optionValue, wrongOption } from './quantities.ts';
import type { Calculators } from './session.ts';

export type Method = Split['method'];

/** Ways to divide, and what each wants to know of a block, in the order of the help. */
export const METHODS: Readonly<Record<Method, string>> = {
  shares: 'NAME=PERCENT',
  equal: 'NAME',
  arinc: 'NAME=RATE, the present failure rate such as 4/year',
  feasibility: 'NAME=RATING*RATING*…',
  agree: 'NAME=PARTS[:IMPORTANCE]',
  'minimum-effort': 'NAME=AVAILABILITY, the present one',
  cost: 'NAME=WEIGHT[:IMPORTANCE]',
};

export interface SplitOptions {
  readonly split: string;
  /** `BLOCK=…` each; a block of a block is `OUTER/INNER`. */
  readonly sub?: readonly string[];
  /** Absent: shares where entries have values, else equal. */
  readonly method?: Method;
  readonly combination?: Combination;
  readonly cost?: 'logarithmic' | 'reciprocal';
  readonly missionHours?: number;
}

/** One level of a split as it was written. */
interface Level {
  /** Option it comes from, as messages name it. */
  readonly option: string;
  readonly text: string;
  readonly method: Method;
  readonly entries: readonly Entry[];
}

interface Entry {
  readonly name: string;
  readonly value: string | undefined;
  /** What `--sub` hung below it. */
  below?: Level;
}

/** The split that the options describe. Throws InputError that names the option. */
export function readSplit(options: SplitOptions, api: Calculators): Split {
  const { split, sub = [], method } = options;
  const top = levelOf('--split', split, method, api);
  for (const text of sub) hang(text, top, method, api);
  checkUsed(options, top, api);
  return new SplitReader(options, api).split(top);
}

/** `NAME=VALUE` entries between commas. The name ends at the last `=`: blocks may be called ISW<=VIM. */
export function namedEntries(option: string, text: string, api: Calculators): readonly Entry[] {
  return text.split(',').map((part) => {
    const [, name, value] = /^(.*\S)\s*=([^=]*)$/.exec(part.trim()) ?? [];
    if (name !== undefined) return { name, value: value!.trim() };
    if (part.trim() === '') return wrongOption(option, `"${text}" has an empty entry`, api, 'bad-entry');
    return { name: part.trim(), value: undefined };
  });
}

function levelOf(option: string, whole: string, asked: Method | undefined, api: Calculators): Level {
  const [prefix = ''] = /^[a-z-]+(?=:)/.exec(whole) ?? [];
  const named = Object.hasOwn(METHODS, prefix);
  const text = named ? whole.slice(prefix.length + 1) : whole;
  const entries = namedEntries(option, text, api);
  const usual = entries.some(({ value }) => value !== undefined) ? 'shares' : 'equal';
  return { option, text, method: named ? (prefix as Method) : (asked ?? usual), entries };
}

/** Hangs `BLOCK=…` below the block it names. */
function hang(sub: string, top: Level, method: Method | undefined, api: Calculators): void {
  const paths = entriesByPath(top);
  const [found] = paths.filter(([path]) => sub.startsWith(`${path}=`)).sort(([a], [b]) => b.length - a.length);
  if (found === undefined) {
    const known = `--sub BLOCK=…, blocks are ${paths.map(([path]) => path).join(', ')}`;
    wrongOption('--sub', `"${sub}" names no block`, api, 'unknown-block', known);
  }
  const [path, entry] = found;
  const text = sub.slice(path.length + 1);
  if (entry.below !== undefined) wrongOption('--sub', `"${path}" is divided twice`, api, 'duplicate-block');
  // What divides the whole divides its parts, unless they are names alone.
  entry.below = levelOf(`--sub ${path}`, text, text.includes('=') ? method : undefined, api);
}

/** An option that none of the methods in use asks for is a mistake. */
function checkUsed({ combination, cost, missionHours }: SplitOptions, top: Level, api: Calculators): void {
  const levels = [top, ...entriesByPath(top).flatMap(([, { below }]) => (below === undefined ? [] : [below]))];
  const methods = new Set(levels.map(({ method }) => method));
  const check = (option: string, given: unknown, users: readonly Method[]): void => {
    if (given === undefined || users.some((method) => methods.has(method))) return;
    wrongOption(option, `goes with ${users.join(', ')}; got ${[...methods].join(', ')}`, api, 'unused-option');
  };
  check('--combination', combination, ['shares', 'equal', 'arinc', 'feasibility']);
  check('--cost', cost, ['cost']);
  check('--mission', missionHours, ['agree']);
}

function entriesByPath({ entries }: Level, prefix = ''): readonly (readonly [path: string, entry: Entry])[] {
  return entries.flatMap((entry) => {
    const path = `${prefix}${entry.name}`;
    return [[path, entry] as const, ...(entry.below === undefined ? [] : entriesByPath(entry.below, `${path}/`))];
  });
}

class SplitReader {
  private readonly options: SplitOptions;
  private readonly api: Calculators;

  constructor(options: SplitOptions, api: Calculators) {
    this.options = options;
    this.api = api;
  }

  /** The level and all below it. */
  split(own: Level): Split {
    const { method } = own;
    const { combination, cost = 'reciprocal', missionHours } = this.options;
    const combined = combination === undefined ? {} : { combination };
    const shares = method === 'shares' ? this.api.parseShares(own.text).blocks : [];
    switch (method) {
      case 'shares':
        return { method, ...combined, blocks: this.blocks(own, (_entry, i) => ({ share: shares[i]!.share })) };
      case 'equal':
        return { method, ...combined, blocks: this.blocks(own, (entry) => this.nameAlone(own, entry)) };
      case 'arinc':
        return { method, ...combined, blocks: this.blocks(own, (entry) => ({ failureRate: this.rate(own, entry) })) };
      case 'feasibility':
        return {
          method,
          ...combined,
          blocks: this.blocks(own, (entry) => ({ ratings: this.numbers(own, entry, '*') })),
        };
      case 'agree':
        return {
          method,
          missionHours:
            missionHours ?? wrongOption('--mission', 'AGREE needs a mission time, for example 1000h', this.api),
          blocks: this.blocks(own, (entry) => {
            const [parts, importance = 1] = this.numbers(own, entry, ':', 2);
            return { parts: parts!, importance };
          }),
        };
      case 'minimum-effort':
        return { method, blocks: this.blocks(own, (entry) => ({ unavailability: this.unavailability(own, entry) })) };
      case 'cost':
        return {
          method,
          cost,
          blocks: this.blocks(own, (entry) => {
            const [weight, importance] = this.numbers(own, entry, ':', 2);
            return { weight: weight!, ...(importance === undefined ? {} : { importance }) };
          }),
        };
    }
  }

  private blocks<T>(
    own: Level,
    read: (entry: Entry, index: number) => T,
  ): (T & { readonly name: string; readonly split?: Split })[] {
    return own.entries.map((entry, i) => {
      const { name, below } = entry;
      return { name, ...read(entry, i), ...(below === undefined ? {} : { split: this.split(below) }) };
    });
  }

  private nameAlone(own: Level, { name, value }: Entry): object {
    return value === undefined ? {} : this.misformed(own, `"${name}=${value}"`);
  }

  private rate(own: Level, entry: Entry): number {
    return optionValue(`${own.option} ${entry.name}`, this.api.parseRate(this.valueText(own, entry)), this.api).perYear;
  }

  private unavailability(own: Level, entry: Entry): number {
    const reading = this.api.parseUnavailability(this.valueText(own, entry));
    return optionValue(`${own.option} ${entry.name}`, reading, this.api);
  }

  /** Numbers joined by a sign; at most `most` of them. */
  private numbers(own: Level, entry: Entry, sign: string, most = Number.POSITIVE_INFINITY): readonly number[] {
    const text = this.valueText(own, entry);
    const numbers = text.split(sign).map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
    if (numbers.length <= most && numbers.every(Number.isFinite)) return numbers;
    return this.misformed(own, `"${entry.name}=${text}"`);
  }

  private valueText(own: Level, { name, value }: Entry): string {
    return value ?? this.misformed(own, `"${name}"`);
  }

  private misformed({ option, method }: Level, found: string): never {
    return wrongOption(option, `${method} takes ${METHODS[method]}; got ${found}`, this.api, 'bad-entry');
  }
}
