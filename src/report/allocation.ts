import type { Achieved, AllocatedBlock, Allocation, AllocationRow } from '../model/allocation.ts';
import { type CsvValue, renderCsv } from './csv.ts';
import { type Block, type Cell, type Document, heading, line, table } from './document/document.ts';
import { printComplement, printNumber } from './format.ts';

/** Per target what each block may be down, and where values were given what the blocks achieve. */
export function allocationDocument({ rows }: Allocation): Document {
  return [
    heading(1, 'Allocation of downtime'),
    ...rows.flatMap((row) => [
      heading(2, `Target ${printComplement(row.unavailability)} %`),
      line(`${printNines(row.nines)} nines, ${printNumber(row.dpm)} s/year, all causes together.`),
      allocationTable(row),
      ...(row.achieved === undefined ? [] : achievedBlocks(row, row.achieved)),
    ]),
  ];
}

function allocationTable({ blocks }: AllocationRow): Block {
  const rows = flat(blocks);
  const timed = rows.some(({ block }) => block.mtbfHours !== undefined);
  const titles = ['block~', '>of its whole, %', '>DPM, s/year', '>availability, %', '>nines'];
  return table(
    timed ? [...titles, '>MTBF, h'] : titles,
    rows.map(({ block, depth }): readonly Cell[] => [
      { text: block.name, indent: depth },
      printNumber(100 * block.share),
      printNumber(block.dpm),
      printComplement(block.unavailability),
      printNines(block.nines),
      ...(timed ? [block.mtbfHours === undefined ? '' : printNumber(block.mtbfHours)] : []),
    ]),
  );
}

function achievedBlocks({ unavailability }: AllocationRow, achieved: Achieved): readonly Block[] {
  const { meetsTarget, breaking, supportedUnavailability, dpm, addedDpm } = achieved;
  const verdict = meetsTarget ? 'meets the target' : 'misses the target';
  const times = printNumber(achieved.unavailability / unavailability, 4);
  const worst =
    breaking === null
      ? `Every block stays within its part; the allocation holds down to ${printComplement(supportedUnavailability)} %.`
      : `${breaking} breaks its part.`;
  return [
    heading(3, 'Achieved'),
    line(
      `${printComplement(achieved.unavailability)} %, ${printNines(achieved.nines)} nines, ${printNumber(dpm)} s/year: ${verdict}, ${times} times its downtime.`,
      meetsTarget ? 'good' : 'bad',
    ),
    line(`The downtimes of the blocks add up to ${printNumber(addedDpm)} s/year. ${worst}`),
    table(
      ['block~', '>DPM, s/year', '>allowed', '>ratio', ''],
      achieved.blocks.map((block): readonly Cell[] => [
        block.name,
        printNumber(block.dpm),
        printNumber(block.allowedDpm),
        printNumber(block.ratio, 4),
        block.name === breaking ? { text: '✗ breaks its part', tone: 'bad' } : '',
      ]),
    ),
  ];
}

function printNines(nines: number): string {
  return Number.isFinite(nines) ? nines.toFixed(2) : '∞';
}

/** Blocks with those they are divided into below them. */
function flat(
  blocks: readonly AllocatedBlock[],
  depth = 0,
): readonly { readonly block: AllocatedBlock; readonly depth: number }[] {
  return blocks.flatMap((block) => [{ block, depth }, ...flat(block.blocks ?? [], depth + 1)]);
}

/** One row per target and block, the whole first with an empty block; parts of a block are `OUTER/INNER`. */
export function allocationCsv({ rows }: Allocation): string {
  const columns = ['target', 'block', 'share', 'dpm', 'availability', 'unavailability', 'nines', 'mtbfHours'];
  const more = rows.some(({ achieved }) => achieved !== undefined) ? ['achievedDpm', 'ratio', 'verdict'] : [];
  const lines = rows.flatMap((row): CsvValue[][] => {
    const { target, dpm, unavailability, nines, achieved } = row;
    const whole = [target, '', 1, dpm, target, unavailability, nines, null];
    return [
      achieved === undefined ? whole : [...whole, ...achievedWhole(row, achieved)],
      ...blockRows(row.blocks, '').map(({ path, block }) => [
        target,
        path,
        block.share,
        block.dpm,
        block.availability,
        block.unavailability,
        block.nines,
        block.mtbfHours ?? null,
        ...(achieved === undefined ? [] : achievedPart(block.name, achieved)),
      ]),
    ];
  });
  return renderCsv([...columns, ...more], lines);
}

function blockRows(
  blocks: readonly AllocatedBlock[],
  prefix: string,
): readonly { readonly path: string; readonly block: AllocatedBlock }[] {
  return blocks.flatMap((block) => {
    const path = `${prefix}${block.name}`;
    return [{ path, block }, ...blockRows(block.blocks ?? [], `${path}/`)];
  });
}

function achievedWhole(row: AllocationRow, { dpm, unavailability, meetsTarget }: Achieved): readonly CsvValue[] {
  return [dpm, unavailability / row.unavailability, meetsTarget ? 'met' : 'missed'];
}

function achievedPart(name: string, { blocks, breaking }: Achieved): readonly CsvValue[] {
  const own = blocks.find((block) => block.name === name);
  return own === undefined ? [null, null, null] : [own.dpm, own.ratio, name === breaking ? 'breaks' : ''];
}
