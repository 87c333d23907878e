import { distance } from 'fastest-levenshtein';

/**
 * The candidate closest to `word`: equal but for case, or within a third of its length (at least 1, at most 4 edits);
 * ties go to the earlier candidate. Undefined when nothing is close.
 */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.min(4, Math.max(1, Math.floor(word.length / 3))) + 1;
  for (const candidate of candidates) {
    const edits = distance(lower, candidate.toLowerCase());
    if (edits < bestDistance) {
      best = candidate;
      bestDistance = edits;
    }
  }
  return best;
}

/** Hint for a word that is none of `candidates`: the closest one, or all of them when they are few. */
export function didYouMean(word: string, candidates: readonly string[], what = 'known'): string | undefined {
  const match = closest(word, candidates);
  if (match !== undefined) return `did you mean "${match}"?`;
  if (candidates.length === 0) return undefined;
  const shown = candidates.slice(0, 24).join(', ');
  return `${what}: ${shown}${candidates.length > 24 ? ', …' : ''}`;
}
