import { type CompiledModel, GATE } from '../compile/model.ts';
import { packRows } from '../compile/rows.ts';

/** Per group (rows): services some of whose users are behind it, and which share of them, (0 … 1]. */
export interface UsersBehindGroups {
  readonly start: Int32Array;
  readonly service: Int32Array;
  readonly share: Float64Array;
}

type Shares = ReadonlyMap<number, number>;

const NOBODY: Shares = new Map();

/**
 * Whose sessions go when those of a group do, also where gates are in between: every user of a service whose parts are all
 * needed, or may be, passes through each of them; over the inputs of a weighted gate users are spread by weight.
 */
export function usersBehindGroups(model: CompiledModel): UsersBehindGroups {
  const { services, groups } = model;
  const known = new Map<number, Shares>();
  const rows: [service: number, share: number][][] = Array.from({ length: groups.count }, () => []);
  for (let service = 0; service < services.count; service++) {
    const terms = services.term.subarray(services.termStart[service]!, services.termStart[service + 1]!);
    const all = most([...terms].map((term) => sharesOf(model, term, known)));
    for (const [group, share] of all) rows[group]!.push([service, share]);
  }
  const { start, items } = packRows(rows.map((row) => row.map(([service]) => service)));
  return { start, service: items, share: Float64Array.from(rows.flatMap((row) => row.map(([, share]) => share))) };
}

function sharesOf(model: CompiledModel, signal: number, known: Map<number, Shares>): Shares {
  const { elements, groups, gates } = model;
  if (signal < elements.count) return NOBODY;
  if (signal < elements.count + groups.count) return new Map([[signal - elements.count, 1]]);
  const before = known.get(signal);
  if (before !== undefined) return before;
  const gate = signal - elements.count - groups.count;
  const first = gates.inputStart[gate]!;
  const inputs = [...gates.input.subarray(first, gates.inputStart[gate + 1]!)].map((input) =>
    sharesOf(model, input, known),
  );
  const weighted = gates.kind[gate] === GATE.weighted;
  const found = weighted ? spread(inputs, gates.weight.subarray(first), gates.total[gate]!) : most(inputs);
  known.set(signal, found);
  return found;
}

/** The largest share of each. */
function most(inputs: readonly Shares[]): Shares {
  const some = inputs.filter((shares) => shares.size > 0);
  if (some.length < 2) return some[0] ?? NOBODY;
  const found = new Map<number, number>();
  for (const shares of some)
    for (const [group, share] of shares) found.set(group, Math.max(share, found.get(group) ?? 0));
  return found;
}

/** By weight; a lone input takes the part of the load that uses it at all. */
function spread(inputs: readonly Shares[], weights: Float64Array, total: number): Shares {
  const whole = inputs.length === 1 ? total : inputs.reduce((sum, _, i) => sum + weights[i]!, 0);
  const found = new Map<number, number>();
  inputs.forEach((shares, i) => {
    for (const [group, share] of shares) found.set(group, (found.get(group) ?? 0) + (share * weights[i]!) / whole);
  });
  return found;
}
