import { describe, expect, test } from 'vitest';
import { PRINTED_ALLOCATION } from '../../src/catalogue/allocation-split.ts';
import type { Allocation } from '../../src/model/allocation.ts';
import { invoke } from './support.ts';

async function allocated(...args: readonly string[]): Promise<Allocation> {
  const { code, out, err } = await invoke(['allocate', ...args, '--format', 'json']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Allocation;
}

const dpm = ({ rows }: Allocation): readonly (readonly number[])[] =>
  rows.map(({ blocks }) => blocks.map((block) => Number(block.dpm.toPrecision(12))));

describe('reference: the allocation table of the source (B-44, NC-08, NC-09)', () => {
  test('the CSV is what is printed, to the printed digits', async () => {
    const { out } = await invoke(['allocate', '--target', '0.99999,0.999999', '--format', 'csv']);
    const [header, ...rows] = out.trim().split('\n');
    expect(header).toBe('target,block,share,dpm,availability,unavailability,nines,mtbfHours');
    const cells = rows.map((row) => row.split(','));
    PRINTED_ALLOCATION.forEach((printed, i) => {
      const [whole, ...blocks] = cells.slice(6 * i, 6 * i + 6);
      expect(whole!.slice(0, 2)).toEqual([`${printed.target}`, '']);
      expect(Number(whole![3]).toFixed(2)).toBe(Number(printed.dpm).toFixed(2));
      expect(blocks.map((block) => Number(block[3]).toFixed(2))).toEqual(printed.blockDpm);
      expect(blocks.map((block) => block[4])).toEqual(printed.availability);
      expect(blocks.map((block) => Number(block[6]).toFixed(2))).toEqual(printed.nines);
    });
  });

  test.each(['0.99999', '99.999 %', '99.999%', '5 nines', '315.36 s/year', '5.256 min/year'])(
    'the target may be written %s',
    async (target) => {
      const { rows } = await allocated('--target', target);
      expect(rows.map(({ unavailability }) => unavailability)).toEqual([1e-5]);
    },
  );

  test('six nines over fifteen services: 2.1024 s/year, 7.176 nines each (NC-41)', async () => {
    const names = Array.from({ length: 15 }, (_, i) => `s${i}`).join(',');
    const { rows } = await allocated('--target', '0.99999', '--sub', `ISW_LE_VIM=${names}`);
    const parts = rows[0]!.blocks[1]!.blocks!;
    expect(parts).toHaveLength(15);
    for (const part of parts) {
      expect(part.dpm).toBeCloseTo(2.1024, 12);
      expect(part.nines).toBeCloseTo(7.176, 3);
    }
  });
});

describe('methods', () => {
  const target = ['--target', '315.36 s/year'];

  test.each([
    ['equal, from names alone', ['--split', 'a,b'], [157.68, 157.68]],
    ['shares, with and without a sign', ['--split', 'ISW<=VIM=30 %,b=70'], [94.608, 220.752]],
    ['by failure rates', ['--method', 'arinc', '--split', 'a=1/year,b=2 / year,c=1/year'], [78.84, 157.68, 78.84]],
    ['by failure rates in other units', ['--method', 'arinc', '--split', 'a=8760 / year,b=3/h'], [78.84, 236.52]],
    ['by ratings', ['--method', 'feasibility', '--split', 'a=2*3,b=3*6'], [78.84, 236.52]],
    ['least cost, reciprocal', ['--method', 'cost', '--split', 'a=1,b=9'], [78.84, 236.52]],
    ['least cost, logarithmic', ['--method', 'cost', '--cost', 'logarithmic', '--split', 'a=1,b=3:1'], [78.84, 236.52]],
  ])('%s', async (_what, args, expected) => {
    expect(dpm(await allocated(...target, ...args))).toEqual([expected]);
  });

  test('minimum effort raises only the worst block', async () => {
    const present = 'db=99.9 %,web=5 nines,cache=6 nines';
    const { rows } = await allocated('--target', '99.99 %', '--method', 'minimum-effort', '--split', present);
    const [db, web, cache] = rows[0]!.blocks.map(({ unavailability }) => unavailability);
    expect([web, cache]).toEqual([1e-5, 1e-6]);
    expect(db! * 1e5).toBeCloseTo(8.9, 2);
  });

  test('AGREE gives a mean time between failures', async () => {
    const args = ['--method', 'agree', '--mission', '1000 h', '--split', 'a=10,b=30:0.9'];
    const { rows } = await allocated(...target, ...args);
    expect(rows[0]!.blocks.every(({ mtbfHours }) => mtbfHours! > 1e8)).toBe(true);
  });

  test('parts of parts, by a method of their own', async () => {
    const subs = ['--sub', 'a=x,y', '--sub', 'a/x=arinc:p=1/year,q=3/year'];
    const { rows } = await allocated(...target, '--split', 'a=50,b=50', ...subs);
    const [x] = rows[0]!.blocks[0]!.blocks!;
    expect(x!.dpm).toBeCloseTo(78.84, 10);
    expect(x!.blocks!.map((part) => part.share)).toEqual([0.25, 0.75]);
  });

  test('availabilities that multiply instead of downtimes that add up', async () => {
    const args = ['--target', '0.5', '--split', 'a,b', '--combination', 'product'];
    const { rows } = await allocated(...args);
    expect(rows[0]!.blocks[0]!.availability).toBeCloseTo(Math.SQRT1_2, 14);
  });
});

describe('the inverse', () => {
  const args = ['allocate', '--target', '0.99999,0.9999', '--split', 'node=40,app=60'];

  test('a target that is missed ends in exit code 1; the block that breaks its part is named', async () => {
    const { code, out, err } = await invoke([...args, '--achieved', 'node=126.144 s/year,app=500 s/year']);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toContain('626.142 s/year: misses the target, 1.985 times');
    expect(out).toContain('✗ breaks its part');
    expect(out).toContain('626.144 s/year. Every block stays');
  });

  test('exactly the parts meet the target', async () => {
    const { code, out } = await invoke([
      ...args,
      '--achieved',
      'node=126.144 s/year',
      '--achieved',
      'app=189.216 s/year',
    ]);
    expect(code).toBe(0);
    expect(out).not.toContain('breaks');
  });

  test('a block may be given by its parts, or never be down', async () => {
    const { code, out } = await invoke([...args, '--sub', 'app=x,y', '--achieved', 'node=100 %,x=6 nines,y=6 nines']);
    expect(code).toBe(0);
    expect(out).toMatch(/\n +node +0 +126\.144 +0\n/);
  });
});

test.each([
  ['no target', [], "required option '--target <list>' not specified"],
  ['a number that is no availability', ['--target', '31.5'], 'did you mean "31.5 s/year" or "31.5 %"?'],
  ['more than a year', ['--target', '400 d/year'], 'is more than the 31536000 s of a year'],
  ['a target of everything', ['--target', '0'], 'target 1 is an unavailability of 1; it must lie between 0 and 1'],
  ['words', ['--target', 'high'], '--target: expected an availability such as "99.999 %"'],
  ['shares that leave something', ['--target', '0.99', '--split', 'a=50,b=40'], 'the shares sum to 90 %, not to 100 %'],
  ['a share without a number', ['--target', '0.99', '--split', 'a=50,b'], "'b' is not of the form NAME=PERCENT"],
  ['an empty entry', ['--target', '0.99', '--split', 'a,,b'], '--split: "a,,b" has an empty entry'],
  ['an unknown method', ['--target', '0.99', '--method', 'fair'], 'Allowed choices are shares, equal, arinc'],
  [
    'a rate without a unit',
    ['--target', '0.99', '--method', 'arinc', '--split', 'a=1,b=2'],
    '--split a: expected a rate',
  ],
  [
    'ratings that are words',
    ['--target', '0.99', '--split', 'feasibility:a=2*x'],
    '--split: feasibility takes NAME=RATING*RATING*…; got "a=2*x"',
  ],
  [
    'ratings beyond all numbers',
    ['--target', '0.99', '--split', 'feasibility:a=1e300*1e300,b=1'],
    "the product of the ratings of block 'a' is Infinity",
  ],
  ['AGREE without a mission', ['--target', '0.99', '--split', 'agree:a=2'], '--mission: AGREE needs a mission time'],
  ['an option nobody asks for', ['--target', '0.99', '--mission', '1h'], '--mission: goes with agree; got shares'],
  ['a part of nothing', ['--target', '0.99', '--sub', 'HV=a,b'], 'BLOCK=…, blocks are HW, ISW_LE_VIM'],
  ['a part twice', ['--target', '0.99', '--sub', 'HW=a,b', '--sub', 'HW=c,d'], '--sub: "HW" is divided twice'],
  ['a name twice', ['--target', '0.99', '--split', 'a=50,a=50'], "block 'a' is listed twice"],
  [
    'a value for nothing',
    ['--target', '0.99', '--split', 'a,b', '--achieved', 'a=0.9,b=0.9,c=0.9'],
    'hint: its blocks are a, b',
  ],
  ['a missing value', ['--target', '0.99', '--split', 'a,b', '--achieved', 'a=0.9'], "block 'b' has no value"],
  ['two values', ['--target', '0.99', '--split', 'a,b', '--achieved', 'a=0.9,a=0.9'], '--achieved: "a" has two values'],
  ['a value without a name', ['--target', '0.99', '--achieved', '0.9'], '--achieved: expected BLOCK=VALUE, got "0.9"'],
])('%s ends in exit code 2 and says so', async (_what, args, message) => {
  const { code, out, err } = await invoke(['allocate', ...args]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
  expect(err).not.toMatch(/internal error|\n\s+at /);
});
