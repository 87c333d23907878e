import { HOLDS, type KeyVerdict } from '../../model/descriptor.ts';
import { type Entry, type Item, isList, isMap, isScalar } from './tree.ts';

export type Verdict = 'taken' | 'approximated' | 'ignored';

interface Written {
  readonly verdict: Verdict;
  readonly as: string;
}

/** Values that must not turn up in a report. */
const SECRET = /passw|secret|token|private|ssh_key|auth/i;

/** What became of each key. Whoever reads a key says so here; what nobody has read is ignored, with the reason of its name. */
export class Ledger {
  readonly #written = new Map<Entry, Written>();

  /** The key decides what `as` says. */
  take(each: Entry | undefined, as: string): void {
    if (each !== undefined) this.#written.set(each, { verdict: 'taken', as });
  }

  /** The key is said in other words, or only in part. */
  approximate(each: Entry | undefined, as: string): void {
    if (each !== undefined && this.#written.get(each)?.verdict !== 'taken')
      this.#written.set(each, { verdict: 'approximated', as });
  }

  /** The key and everything below that nobody has read has no influence. */
  ignore(each: Entry | undefined, reason: string): void {
    if (each === undefined) return;
    for (const inside of [each, ...keysOf(each.value)]) {
      if (!this.#written.has(inside)) this.#written.set(inside, { verdict: 'ignored', as: reason });
    }
  }

  knows(each: Entry): boolean {
    return this.#written.has(each);
  }

  /**
   * Verdicts of all keys of a document, each key once. A key nobody has read holds what was read below it, or is ignored
   * for `reason(key)`; keys ignored as a whole are one verdict with what lies below.
   */
  close(root: Item, reason: (key: Entry) => string): Readonly<Record<Verdict, readonly KeyVerdict[]>> {
    const closed: Record<Verdict, KeyVerdict[]> = { taken: [], approximated: [], ignored: [] };
    const seen = new Set<Entry>();
    const used = this.#used(root);
    const visited = new Set<Item>();
    const visit = (item: Item, above: { verdict: KeyVerdict & { below: number }; as: string } | undefined): void => {
      if (item.kind === 'scalar' || visited.has(item)) return;
      visited.add(item);
      if (isList(item)) for (const each of item.items) visit(each, above);
      if (!isMap(item)) return;
      for (const each of item.entries) {
        if (seen.has(each)) continue;
        seen.add(each);
        const known = this.#written.get(each);
        const holds = used.has(each);
        const verdict =
          known?.verdict === 'ignored' && holds ? 'taken' : (known?.verdict ?? (holds ? 'taken' : 'ignored'));
        const as =
          known !== undefined && known.verdict === verdict
            ? known.as
            : verdict === 'taken'
              ? HOLDS
              : (above?.as ?? reason(each));
        if (verdict === 'ignored' && above !== undefined && above.as === as) {
          above.verdict.below += 1;
          visit(each.value, above);
          continue;
        }
        const row = { place: each.place, key: each.path, value: shown(each), as, below: 0 };
        closed[verdict].push(row);
        visit(each.value, verdict === 'ignored' ? { verdict: row, as } : undefined);
      }
    };
    visit(root, undefined);
    const tidy = ({ below, ...row }: KeyVerdict): KeyVerdict => (below === 0 ? row : { ...row, below: below! });
    return {
      taken: closed.taken.map(tidy),
      approximated: closed.approximated.map(tidy),
      ignored: closed.ignored.map(tidy),
    };
  }

  /** Keys with something taken or approximated below. */
  #used(root: Item): ReadonlySet<Entry> {
    const used = new Set<Entry>();
    const known = new Map<Item, boolean>();
    const visit = (item: Item): boolean => {
      const before = known.get(item);
      if (before !== undefined) return before;
      known.set(item, false);
      let any = false;
      if (isList(item)) for (const each of item.items) any = visit(each) || any;
      if (isMap(item)) {
        for (const each of item.entries) {
          const below = visit(each.value);
          if (below) used.add(each);
          const own = this.#written.get(each)?.verdict;
          any = any || below || own === 'taken' || own === 'approximated';
        }
      }
      known.set(item, any);
      return any;
    };
    visit(root);
    return used;
  }
}

/** Every key below, overridden ones included. */
export function keysOf(root: Item): readonly Entry[] {
  const found = new Set<Entry>();
  const seen = new Set<Item>();
  const waiting: Item[] = [root];
  while (waiting.length > 0) {
    const item = waiting.pop()!;
    if (seen.has(item)) continue;
    seen.add(item);
    if (isList(item)) for (const each of item.items) waiting.push(each);
    if (isMap(item)) {
      for (const each of item.entries) {
        found.add(each);
        waiting.push(each.value);
      }
    }
  }
  return [...found];
}

function shown({ key, value }: Entry): string {
  if (SECRET.test(key)) return '…';
  if (isScalar(value)) {
    const text = value.value === null ? '' : String(value.value).replace(/\s+/g, ' ').trim();
    return text.length > 60 ? `${text.slice(0, 59)}…` : text;
  }
  if (isList(value) && value.items.every(isScalar)) {
    const text = `[${value.items.map((each) => String((each as { value: unknown }).value)).join(', ')}]`;
    return text.length > 60 ? `${text.slice(0, 59)}…` : text;
  }
  return '';
}
