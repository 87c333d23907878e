import { InputError } from '../../model/problem.ts';
import type { Block, CommonCauseGroup, Gate, Ref, Structure } from '../../model/structure.ts';

/** Members above which all 2ⁿ − 1 combinations are too many; beta-factor groups may be of any size. */
const LARGEST_GROUP = 12;

/**
 * The structure with every common cause group written out: each member becomes the `or` of its own failure and of the
 * common failures it takes part in, all independent. A common failure of k members is named `[A B …]`.
 *
 * Probability of one particular combination of k of the n members, with Q the total of one member (NUREG/CR-5485 §5.3,
 * non-staggered testing; Open-PSA MEF §III.1):
 * - beta-factor: Q₁ = (1 − β)·Q, Qₙ = β·Q;
 * - MGL: Qₖ = ρ₁…ρₖ·(1 − ρₖ₊₁)·Q/C(n−1, k−1) with ρ₁ = 1, ρ₂ = β, ρ₃ = γ, …, ρₙ₊₁ = 0;
 * - alpha-factor: Qₖ = k·αₖ/Σ j·αⱼ · Q/C(n−1, k−1);
 * - phi-factor: Qₖ = φₖ·Q.
 *
 * Frequencies are split in the same proportions.
 *
 * @throws InputError `common-cause` for a group that cannot be written out
 */
export function expandCommonCauses(structure: Structure): Structure {
  const groups = structure.commonCauses ?? [];
  if (groups.length === 0) return structure;
  const blocks: Block[] = [...structure.blocks];
  const gates: Gate[] = [...structure.gates];
  const replacement = new Map<number, Ref>();
  for (const group of groups) {
    const share = sharesByLevel(group);
    const n = group.members.length;
    const common: Ref[][] = group.members.map(() => []);
    for (const combination of combinations(group, share)) {
      const k = combination.length;
      const named = combination.map((i) => structure.blocks[group.members[i]!]!.name);
      const like = structure.blocks[group.members[combination[0]!]!]!;
      const ref = blocks.push(scaled(like, share[k]!, group, `[${named.join(' ')}]`)) - 1;
      for (const i of combination) common[i]!.push(ref);
    }
    for (let i = 0; i < n; i++) {
      const member = group.members[i]!;
      if (replacement.has(member)) throw problem(group, `"${blocks[member]!.name}" is in two groups`);
      blocks[member] = scaled(structure.blocks[member]!, share[1]!, group, structure.blocks[member]!.name);
      const name = `${blocks[member]!.name} from any cause`;
      replacement.set(member, ~(gates.push({ kind: 'or', name, inputs: [member, ...common[i]!] }) - 1));
    }
  }
  const replaced = (ref: Ref): Ref => replacement.get(ref) ?? ref;
  for (let g = 0; g < structure.gates.length; g++) {
    const gate = structure.gates[g]!;
    gates[g] = { ...gate, inputs: gate.inputs.map(replaced) };
  }
  return { ...structure, blocks, gates, top: replaced(structure.top), commonCauses: [] };
}

/** By k the share of Q that one particular combination of k members has; index 0 unused. */
export function sharesByLevel(group: CommonCauseGroup): number[] {
  const n = group.members.length;
  const { factors } = group;
  const expected = { 'beta-factor': 1, mgl: n - 1, 'alpha-factor': n, 'phi-factor': n }[group.model];
  if (n < 2) throw problem(group, `needs at least 2 members, found ${n}`);
  if (factors.length !== expected) throw problem(group, `needs ${expected} factor(s), found ${factors.length}`);
  for (const factor of factors) {
    if (!(factor >= 0 && factor <= 1)) throw problem(group, `factor ${factor} is outside 0 … 1`);
  }
  const shares = new Array<number>(n + 1).fill(0);
  if (group.model === 'beta-factor') {
    shares[1] = 1 - factors[0]!;
    shares[n] = factors[0]!;
    return shares;
  }
  if (n > LARGEST_GROUP) throw problem(group, `has ${n} members; above ${LARGEST_GROUP} only "beta-factor" works`);
  const weighted = factors.reduce((sum, alpha, i) => sum + (i + 1) * alpha, 0);
  if (group.model === 'alpha-factor' && weighted === 0) throw problem(group, 'has no positive factor');
  let chain = 1;
  for (let k = 1; k <= n; k++) {
    const ways = binomial(n - 1, k - 1);
    if (group.model === 'phi-factor') shares[k] = factors[k - 1]!;
    else if (group.model === 'alpha-factor') shares[k] = (k * factors[k - 1]!) / weighted / ways;
    else {
      if (k > 1) chain *= factors[k - 2]!;
      shares[k] = (chain * (1 - (k < n ? factors[k - 1]! : 0))) / ways;
    }
  }
  return shares;
}

/** Combinations of two or more members whose share is not zero, as member positions. */
function combinations(group: CommonCauseGroup, share: readonly number[]): number[][] {
  const n = group.members.length;
  const all = group.members.map((_, i) => i);
  if (group.model === 'beta-factor') return [all];
  const found: number[][] = [];
  for (let mask = 1; mask < 2 ** n; mask++) {
    const picked = all.filter((i) => (mask >> i) & 1);
    if (picked.length > 1 && share[picked.length]! > 0) found.push(picked);
  }
  return found.sort((a, b) => a.length - b.length);
}

function scaled(block: Block, share: number, group: CommonCauseGroup, name: string): Block {
  const { frequencyPerHour, uncertainty } = block;
  return {
    name,
    unavailability: share * (group.unavailability ?? block.unavailability),
    ...(frequencyPerHour === undefined ? {} : { frequencyPerHour: share * frequencyPerHour }),
    // One state of knowledge about the total: all parts of it move together.
    ...(uncertainty === undefined ? {} : { uncertainty: { parameter: group.name, ...uncertainty } }),
  };
}

function binomial(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return ways;
}

function problem(group: CommonCauseGroup, what: string): InputError {
  return new InputError([
    { level: 'error', code: 'common-cause', message: `Common cause group "${group.name}" ${what}.` },
  ]);
}
