import { didYouMean } from '../read/suggest.ts';
import type { Section } from '../resolve/context.ts';

/** Reports every key of a map that is not allowed there. */
export function onlyKeys(section: Section, allowed: readonly string[]): void {
  for (const part of section.entries()) {
    if (!allowed.includes(part.key))
      part.problem('unknown-key', 'unknown key', didYouMean(part.key, allowed, 'keys here'), { part: 'key' });
  }
}
