import { InputError, type Problem } from '../../model/problem.ts';
import type { Split } from './split.ts';

/** Tolerance on Σ shares = 100 %: what decimal fractions lose in doubles, not what people round. */
const SUM_TOLERANCE = 1e-9;

/**
 * Checks a split and everything below it.
 *
 * @throws InputError with all problems: shares that do not sum to 100 % (B-44), values out of range, duplicate names,
 * no blocks.
 */
export function checkSplit(split: Split, path = 'split'): void {
  const problems: Problem[] = [];
  collect(split, path, problems);
  if (problems.length > 0) throw new InputError(problems);
}

function collect(split: Split, path: string, problems: Problem[]): void {
  const report = (code: string, message: string, where = path, hint?: string): void => {
    problems.push({ level: 'error', code, message, path: where, ...(hint === undefined ? {} : { hint }) });
  };
  if (split.blocks.length === 0) report('empty-split', 'a split needs at least one block');
  const seen = new Set<string>();
  split.blocks.forEach((block, i) => {
    const where = `${path}.blocks[${i}]`;
    if (seen.has(block.name)) report('duplicate-block', `block '${block.name}' is listed twice`, where);
    seen.add(block.name);
    if (block.split !== undefined) collect(block.split, `${where}.split`, problems);
  });
  const positive = (value: number, what: string, i: number): void => {
    if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
      report(
        'out-of-range',
        `${what} of block '${split.blocks[i]!.name}' is ${value}; it must be greater than 0 and finite`,
        `${path}.blocks[${i}]`,
      );
    }
  };
  switch (split.method) {
    case 'shares': {
      const sum = split.blocks.reduce((total, block) => total + block.share, 0);
      for (const [i, { name, share }] of split.blocks.entries()) {
        if (!(share >= 0 && share <= 1))
          report(
            'out-of-range',
            `share of block '${name}' is ${percent(share)}; it must lie between 0 % and 100 %`,
            `${path}.blocks[${i}]`,
          );
      }
      if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
        report(
          'shares-sum',
          `the shares sum to ${percent(sum)}, not to 100 %`,
          path,
          'change a share, or add a block for what is not allocated',
        );
      }
      break;
    }
    case 'arinc':
      split.blocks.forEach((block, i) => {
        positive(block.failureRate, 'the failure rate', i);
      });
      break;
    case 'feasibility':
      for (const [i, { ratings }] of split.blocks.entries()) {
        for (const rating of ratings) positive(rating, 'a rating', i);
        const product = ratings.reduce((a, b) => a * b, 1);
        if (ratings.every((rating) => rating > 0)) positive(product, 'the product of the ratings', i);
      }
      break;
    case 'agree':
      split.blocks.forEach((block, i) => {
        positive(block.parts, 'the number of parts', i);
        positive(block.importance, 'the importance', i);
        if (block.importance > 1)
          report(
            'out-of-range',
            `the importance of block '${block.name}' is ${block.importance}; it is a probability`,
            `${path}.blocks[${i}]`,
          );
      });
      if (!(split.missionHours > 0))
        report(
          'out-of-range',
          `the mission time is ${split.missionHours} h; it must be greater than 0`,
          `${path}.missionHours`,
        );
      break;
    case 'minimum-effort':
      split.blocks.forEach(({ name, unavailability }, i) => {
        if (!(unavailability >= 0 && unavailability < 1))
          report(
            'out-of-range',
            `the unavailability of block '${name}' is ${unavailability}; it must be at least 0 and below 1`,
            `${path}.blocks[${i}]`,
          );
      });
      break;
    case 'cost':
      split.blocks.forEach((block, i) => {
        positive(block.weight, 'the cost weight', i);
        if (block.importance !== undefined) positive(block.importance, 'the importance', i);
      });
      break;
    case 'equal':
      break;
  }
}

function percent(fraction: number): string {
  return `${Number((100 * fraction).toPrecision(12))} %`;
}
