import type { AllocationResult, BucketSpending } from '../../model/result.ts';
import { type Block, type Cell, heading, line, table } from '../document/document.ts';
import { printEstimate, printNumber, printShare } from '../format.ts';
import { intervalTitle } from './row.ts';
import { VERDICTS } from './verdict.ts';

/** Simulated downtime beside the allocated one, bucket by bucket, and who overspends. */
export function allocationBlocks(allocation: AllocationResult | null, confidence: number): readonly Block[] {
  if (allocation === null) return [];
  const { buckets, overspent, target } = allocation;
  const rows = Object.entries(buckets).map(([bucket, { share, allocated, dpm, verdict }]): readonly Cell[] => {
    const { mark, tone } = VERDICTS[verdict];
    const printed = printEstimate(dpm, 's/year');
    return [
      { text: mark, tone },
      bucket,
      printShare(share, 1),
      `${printNumber(allocated, 4)} s/year`,
      printed.value,
      printed.interval,
    ];
  });
  return [
    heading(3, 'Allocated and simulated'),
    table(['', 'bucket', '>share', '>allocated', '>simulated', intervalTitle(confidence)], rows),
    line(`Of ${printNumber(target, 6)} s/year. ${overspending(buckets, overspent)}`, 'faint'),
  ];
}

function overspending(buckets: AllocationResult['buckets'], overspent: AllocationResult['overspent']): string {
  if (overspent === null) return 'No bucket spends more than is allocated to it.';
  const { bucket, by } = overspent;
  const { allocated, verdict }: BucketSpending = buckets[bucket];
  const times = allocated > 0 ? `, ${printNumber((by + allocated) / allocated, 3)} times its share` : '';
  const sure = verdict === 'fail' ? '' : ' (its interval holds the limit)';
  return `${bucket} overspends most, by ${printNumber(by, 4)} s/year${times}${sure}.`;
}
