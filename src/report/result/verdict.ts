import type { Estimate } from '../../model/estimate.ts';
import type { TargetResult } from '../../model/result.ts';
import type { Tone } from '../document/document.ts';

export type Verdict = TargetResult['verdict'];

export const VERDICTS: Readonly<
  Record<Verdict, { readonly mark: string; readonly tone: Tone; readonly word: string }>
> = {
  pass: { mark: '✓', tone: 'good', word: 'met' },
  fail: { mark: '✗', tone: 'bad', word: 'missed' },
  undecided: { mark: '?', tone: 'open', word: 'undecided' },
};

/** Whether the whole interval keeps a limit, breaks it, or holds it. */
export function verdictOn(estimate: Estimate, sense: 'at most' | 'at least', limit: number): Verdict {
  if (sense === 'at most') return estimate.hi <= limit ? 'pass' : estimate.lo > limit ? 'fail' : 'undecided';
  return estimate.lo >= limit ? 'pass' : estimate.hi < limit ? 'fail' : 'undecided';
}
