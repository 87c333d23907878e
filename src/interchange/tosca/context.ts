import type { ImportAssumption } from '../../model/descriptor.ts';
import type { Place, Problem, ProblemLevel } from '../../model/problem.ts';
import { didYouMean } from '../../scenario/read/suggest.ts';
import { Ledger } from './ledger.ts';
import { type Entry, entriesOf, entry, type Item, isList, isMap, isScalar, textOf } from './tree.ts';

const GET_INPUT = 'get_input';
const FUNCTIONS = [
  'get_property',
  'get_attribute',
  'get_artifact',
  'get_operation_output',
  'get_nodes_of_type',
  'concat',
  'token',
  'join',
];

/** What the reading of all files shares: the verdicts, the findings, the assumptions, the values of inputs. */
export class Context {
  readonly ledger = new Ledger();
  readonly findings: Problem[] = [];
  readonly assumptions: ImportAssumption[] = [];
  /** Values of inputs by name: of parameter files, else the default of the template. */
  readonly inputs = new Map<string, Entry>();
  readonly #frames = new Map<string, (place: Place) => string>();
  readonly #said = new Set<string>();
  readonly #assumed = new Set<string>();

  addFrames(file: string, frameAt: (place: Place) => string): void {
    this.#frames.set(file, frameAt);
  }

  /** A finding at a place; the same one at the same place is said once. */
  find(place: Place, code: string, message: string, hint?: string, level: ProblemLevel = 'warning'): void {
    const key = `${place.file}:${place.line}:${place.column} ${code} ${message}`;
    if (this.#said.has(key)) return;
    this.#said.add(key);
    const frame = level === 'error' ? this.#frames.get(place.file)?.(place) : undefined;
    this.findings.push({
      level,
      code,
      message,
      place,
      ...(hint === undefined ? {} : { hint }),
      ...(frame === undefined ? {} : { frame }),
    });
  }

  assume(path: string, value: string | number | boolean, why: string, source: string): void {
    if (this.#assumed.has(path)) return;
    this.#assumed.add(path);
    this.assumptions.push({ path, value: String(value), why, source });
  }

  /** The value meant: `get_input` is replaced by the value of the input; other functions have none here. */
  resolve(item: Item | undefined, depth = 0): Item | undefined {
    if (!isMap(item)) return item;
    const own = entriesOf(item);
    if (own.length !== 1 || depth > 8) return item;
    const [call] = own as readonly [Entry];
    const name = call.key.trim();
    if (FUNCTIONS.includes(name)) {
      this.ledger.ignore(call, 'functions of the orchestrator have no value before the deployment');
      this.find(call.place, 'not-evaluated', `${name} has no value before the deployment; what it gives is assumed`);
      return undefined;
    }
    if (name !== GET_INPUT) return item;
    const wanted = isList(call.value) ? textOf(call.value.items[0]) : textOf(call.value);
    const value = wanted === undefined ? undefined : this.inputs.get(wanted);
    if (value === undefined) {
      const hint = 'a default in the template, or a file with "name: value" lines beside it';
      this.ledger.approximate(call, 'the input has no value: what depends on it is assumed');
      this.find(call.place, 'no-input-value', `input "${wanted ?? ''}" has no value and no default`, hint);
      return undefined;
    }
    this.ledger.take(call, `the value of input ${wanted}`);
    this.ledger.take(value, `value of input ${wanted}`);
    return this.resolve(value.value, depth + 1);
  }

  text(each: Entry | undefined): string | undefined {
    return each === undefined ? undefined : textOf(this.resolve(each.value));
  }

  /** A number in [least, most], as the file has it or in text; anything else is a finding and undefined. */
  number(each: Entry | undefined, least = 0, most = Number.MAX_SAFE_INTEGER, whole = false): number | undefined {
    if (each === undefined) return undefined;
    const item = this.resolve(each.value);
    if (item === undefined || (isScalar(item) && (item.value === null || item.value === ''))) {
      if (item !== undefined) this.find(each.place, 'no-value', `"${each.key}" has no value`);
      return undefined;
    }
    const text = textOf(item) ?? '';
    const written = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(?:s|sec|seconds?|%)?\s*$/i.exec(text);
    const value = written === null ? Number.NaN : Number(written[1]);
    if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
    const range = `${whole ? 'a whole number' : 'a number'} from ${least}${most === Number.MAX_SAFE_INTEGER ? '' : ` to ${most}`}`;
    this.find(
      item.place,
      'bad-value',
      `"${each.key}" is ${JSON.stringify(text.slice(0, 40))}, expected ${range}`,
      'the usual value is assumed',
    );
    this.ledger.approximate(each, 'cannot be read: the usual value is assumed');
    return undefined;
  }

  count(each: Entry | undefined, least = 0, most = MOST_INSTANCES): number | undefined {
    return this.number(each, least, most, true);
  }

  /** A finding for each key that nobody knows here but that resembles one somebody does. */
  expectKeys(map: Item, known: readonly string[]): void {
    for (const each of entriesOf(map)) {
      if (known.includes(each.key) || entry(map, each.key) !== each) continue;
      const hint = didYouMean(each.key, known, 'read here');
      if (hint?.startsWith('did you mean') === true)
        this.find(each.place, 'unknown-key', `"${each.key}" is not read here`, hint);
    }
  }
}

/** Members of one group; beyond, a number is a mistake. */
export const MOST_INSTANCES = 1000;
