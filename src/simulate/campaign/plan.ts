import { rootKey, Streams, streamKey } from '../../kernel/streams.ts';
import type { CampaignFacts } from '../../model/campaign.ts';
import { InputError } from '../../model/problem.ts';
import type { Fault } from './faults.ts';
import type { InjectionRunner } from './runner.ts';

/** Which faults to inject together, and when. */
export type CampaignPlan =
  | { readonly kind: 'single' }
  | {
      readonly kind: 'pairs';
      /** Seconds between the two, or half-way through the exposure that the first one leaves. */
      readonly gap: number | 'exposure';
      /** Both orders matter as soon as there is a gap. */
      readonly order: 'both' | 'given';
      /** Pairs injected at most, in the order of the model. */
      readonly limit: number;
    }
  | {
      readonly kind: 'random';
      readonly faults: number;
      readonly runs: number;
      readonly seed: string;
      /** All faults of a run strike within so many seconds, at random. */
      readonly within: number;
    };

/** One fault of an injection, `at` seconds after the first. */
export interface PlannedFault {
  readonly fault: Fault;
  readonly at: number;
}

export interface PlannedCampaign {
  readonly facts: CampaignFacts;
  readonly injections: Iterable<readonly PlannedFault[]>;
}

/** The injections of a campaign. Throws InputError where there are not enough elements to fail together. */
export function planCampaign(plan: CampaignPlan, faults: readonly Fault[], runner: InjectionRunner): PlannedCampaign {
  const elements = new Set(faults.map(({ element }) => element)).size;
  const needed = plan.kind === 'single' ? 1 : plan.kind === 'pairs' ? 2 : plan.faults;
  if (elements < needed) {
    const message = `${needed} faults at once need ${needed} elements that fail, the scenario has ${elements}`;
    throw new InputError([{ level: 'error', code: 'too-few-elements', message, hint: 'give more elements failures' }]);
  }
  if (plan.kind === 'single') {
    const facts = { kind: plan.kind, faultsPerInjection: 1, injections: faults.length, possible: faults.length };
    return { facts, injections: faults.map((fault) => [{ fault, at: 0 }]) };
  }
  return plan.kind === 'pairs' ? planPairs(plan, faults, runner) : planRandom(plan, faults, elements);
}

function planPairs(
  plan: Extract<CampaignPlan, { kind: 'pairs' }>,
  faults: readonly Fault[],
  runner: InjectionRunner,
): PlannedCampaign {
  const ordered = plan.gap !== 0 && plan.order === 'both';
  const modesOf = new Map<number, number>();
  for (const { element } of faults) modesOf.set(element, (modesOf.get(element) ?? 0) + 1);
  const same = [...modesOf.values()].reduce((sum, modes) => sum + (modes * (modes - 1)) / 2, 0);
  const possible = (ordered ? 2 : 1) * ((faults.length * (faults.length - 1)) / 2 - same);
  const facts: CampaignFacts = {
    kind: 'pairs',
    faultsPerInjection: 2,
    injections: Math.min(possible, plan.limit),
    possible,
    gap: plan.gap === 'exposure' ? plan.gap : { seconds: plan.gap },
    order: plan.order,
  };
  return { facts, injections: firstOf(plan.limit, pairs(plan, faults, ordered, runner)) };
}

function* pairs(
  { gap }: Extract<CampaignPlan, { kind: 'pairs' }>,
  faults: readonly Fault[],
  ordered: boolean,
  runner: InjectionRunner,
): Generator<readonly PlannedFault[]> {
  const middles = new Map<Fault, number>();
  const after = (first: Fault): number => {
    if (gap !== 'exposure') return gap;
    const known = middles.get(first) ?? runner.exposureMiddle({ mode: first.mode, at: 0 });
    middles.set(first, known);
    return known;
  };
  for (const [i, a] of faults.entries()) {
    for (const b of faults.slice(i + 1)) {
      if (a.element === b.element) continue;
      yield [
        { fault: a, at: 0 },
        { fault: b, at: after(a) },
      ];
      if (!ordered) continue;
      yield [
        { fault: b, at: 0 },
        { fault: a, at: after(b) },
      ];
    }
  }
}

function* firstOf<T>(limit: number, items: Iterable<T>): Generator<T> {
  let count = 0;
  for (const item of items) {
    if (count++ >= limit) return;
    yield item;
  }
}

/**
 * Elements are drawn evenly, then one of the modes of each: what happens rarely is tested as well as what happens often
 * (semi-random, B-33). Run i is a pure function of the seed and i.
 */
function planRandom(
  plan: Extract<CampaignPlan, { kind: 'random' }>,
  faults: readonly Fault[],
  elements: number,
): PlannedCampaign {
  const streams = new Streams(streamKey('campaign', 'faults'), rootKey(plan.seed));
  const byElement = new Map<number, Fault[]>();
  for (const fault of faults) byElement.set(fault.element, [...(byElement.get(fault.element) ?? []), fault]);
  const all = [...byElement.values()];
  const draw = (below: number): number => Math.floor(streams.next53(0) * below);
  const injection = (run: number): readonly PlannedFault[] => {
    streams.begin(run);
    const left = all.map((_, i) => i);
    const drawn = Array.from({ length: plan.faults }, (): PlannedFault => {
      const [element] = left.splice(draw(left.length), 1);
      const modes = all[element!]!;
      const fault = modes[draw(modes.length)]!;
      return { fault, at: Math.floor(streams.next53(0) * plan.within * 1e6) / 1e6 };
    });
    drawn.sort((a, b) => a.at - b.at || a.fault.mode - b.fault.mode);
    const first = drawn[0]!.at;
    return drawn.map(({ fault, at }) => ({ fault, at: Math.round((at - first) * 1e6) / 1e6 }));
  };
  const facts: CampaignFacts = {
    kind: 'random',
    faultsPerInjection: plan.faults,
    injections: plan.runs,
    possible: choose(elements, plan.faults),
    seed: plan.seed,
    withinSeconds: plan.within,
  };
  return { facts, injections: Array.from({ length: plan.runs }, (_, run) => injection(run)) };
}

/** Sets of k out of n elements. */
function choose(n: number, k: number): number {
  let sets = 1;
  for (let i = 1; i <= k; i++) sets = (sets * (n - k + i)) / i;
  return Math.round(sets);
}
