import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type CalibrateOptions,
  type Calibration,
  calibrate,
  InputError,
  loadScenario,
  readTextFile,
  readTickets,
  render,
} from '../../src/index.ts';
import { invoke } from '../cli/support.ts';

const FILE = 'scenarios/calibrate-and-gate.yaml';
const DATA = 'scenarios/calibrate-and-gate.csv';

const reread = (set: readonly string[]) => loadScenario({ file: FILE }, { readFile: readTextFile, set });

async function calibrated(csv: string, options: CalibrateOptions = {}): Promise<Calibration> {
  const files = [{ file: 'tickets.csv', ...readTickets(csv, 'tickets.csv') }];
  return calibrate(reread, files, { histories: 5, years: 20, ...options });
}

const parameter = ({ parameters }: Calibration, end: string) => parameters.find(({ path }) => path.endsWith(end))!;

/** The problems of a text or of what it is about: `line code: message`. */
async function problemsOf(csv: string): Promise<string[]> {
  try {
    await calibrated(csv);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map(({ place, code, message }) => `${place?.file}:${place?.line} ${code}: ${message}`);
  }
}

describe('tickets that cannot be read', () => {
  test.each([
    ['nothing', '', 'tickets.csv:1 empty-file: expected a header and one fault per row'],
    ['no element', 'mode\ncrash\n', 'tickets.csv:1 missing-column: there is no column "element"'],
    [
      'unknown column',
      'element,detectd\nsbc/1,1 s\n',
      'tickets.csv:1 unknown-column: "detectd" is no column of tickets',
    ],
    [
      'two alike',
      'element,mode,mode\nsbc/1,crash,crash\n',
      'tickets.csv:1 duplicate-column: two columns are named "mode"',
    ],
    ['bare number', 'element,mode,detected\nsbc/1,crash,3\n', 'tickets.csv:2 bad-value: detected: '],
    [
      'negative',
      'element,mode,repair\nsbc/1,crash,-3 s\n',
      'tickets.csv:2 bad-value: repair: expected a time of 0 s or more',
    ],
    [
      'neither yes nor no',
      'element,switched\nsbc,maybe\n',
      'tickets.csv:2 bad-value: switched: expected yes or no, got "maybe"',
    ],
    [
      'another source',
      'element,source\nsbc,lab\n',
      'tickets.csv:2 bad-value: source: expected field or injection, got "lab"',
    ],
    ['short row', 'element,mode\nsbc\n', 'tickets.csv:2 wrong-length: 1 cells under 2 columns'],
    ['open quote', 'element,mode\n"sbc,crash\n', 'bad-csv'],
    ['unknown element', 'element,mode\nsbd,crash\n', 'tickets.csv:2 unknown-element: the scenario has no "sbd"'],
    ['no mode of several', 'element\nsbc/1\n', 'tickets.csv:2 unknown-mode: sbc/1: which failure mode?'],
    [
      'unknown mode',
      'element,mode\nsbc/1,crush\n',
      'tickets.csv:2 unknown-mode: sbc/1: "crush" is none of its failure modes',
    ],
    [
      'unknown time',
      'element,mode,times.remep\nsbc/1,crash,1 s\n',
      'tickets.csv:2 unknown-time: times.remep: sbc has no such time',
    ],
    [
      'a node that switches',
      'element,mode,switched\ncore/compute,hw,yes\n',
      'tickets.csv:2 no-group: core/compute is no member',
    ],
  ])('%s', async (_what, csv, expected) => {
    expect((await problemsOf(csv)).join('\n')).toContain(expected);
  });
});

describe('reference: what tickets say (B-47)', () => {
  const crashes = (rows: readonly string[]): string => ['element,mode,source,detected,switched', ...rows].join('\n');

  test('a rate is faults of the field per operating element and year, with exact Poisson limits', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => `sbc/${1 + (i % 2)},crash,${i < 10 ? 'field' : 'injection'},,`);
    const { measured, prescribed, verdict } = parameter(await calibrated(crashes(rows), { fieldYears: 2.5 }), 'rate');
    // Ten in 2.5 years of two members; Garwood: χ²(0.025; 20)/2 = 4.795389, χ²(0.975; 22)/2 = 18.390356.
    expect(measured.value).toBeCloseTo(2, 12);
    expect(measured.lo).toBeCloseTo(4.795389 / 5, 5);
    expect(measured.hi).toBeCloseTo(18.390356 / 5, 5);
    expect([prescribed, verdict]).toEqual([4, 'differs']);
  });

  test('coverage and switch success are shares with Wilson limits; without a time nothing is said about rates', async () => {
    const rows = Array.from(
      { length: 100 },
      (_, i) => `sbc,crash,injection,${i < 98 ? '250 ms' : 'never'},${i < 98 ? 'yes' : 'no'}`,
    );
    const found = await calibrated(crashes(rows));
    // Wilson (1927), 98 of 100: 0.929988 … 0.994498.
    expect(parameter(found, 'coverage').measured.lo).toBeCloseTo(0.929988, 6);
    expect(parameter(found, 'switch').measured.hi).toBeCloseTo(0.994498, 5);
    expect(parameter(found, 'coverage').verdict).toBe('agrees');
    expect(found.parameters.map(({ kind }) => kind)).not.toContain('rate');
    expect(found.unused.join()).toMatch(/over how many years/);
  });

  test('too few observations change nothing', async () => {
    const { parameters, comparison } = await calibrated(crashes(['sbc,crash,field,1 s,yes']), { fieldYears: 1 });
    expect(parameters.map(({ verdict }) => verdict)).toEqual(['few', 'few', 'few', 'few']);
    expect(comparison).toBeUndefined();
  });

  test('what was measured as prescribed changes nothing beyond its interval', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `sbc,crash,field,${200 + 2.5 * (i + 0.5)} ms,`);
    const { comparison, parameters } = await calibrated(crashes(rows), { fieldYears: 5 });
    expect(parameters.filter(({ kind }) => kind !== 'coverage').map(({ verdict }) => verdict)).toEqual([
      'agrees',
      'agrees',
    ]);
    const { difference } = comparison!.against.find(({ b }) => b.label.endsWith('crash.rate'))!.services['voice']!
      .metrics.dpm;
    expect(difference.value).toBe(0);
  });
});

describe('the command', () => {
  test('prescribed, measured, the change of each parameter, and a scenario to keep', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'calibrate-'));
    try {
      const kept = join(folder, 'measured.yaml');
      const args = ['--data', DATA, '--over', '3 years', '--histories', '3', '--scenario', kept];
      const { code, out, err } = await invoke(['calibrate', FILE, ...args]);
      expect([code, err]).toEqual([0, '']);
      for (const text of ['as prescribed', 'as measured', 'groups.sbc.times.remap', 'differs', 'too few']) {
        expect(out).toContain(text);
      }
      const text = readFileSync(kept, 'utf8');
      expect(text).toContain('extends: ');
      const { scenario } = await loadScenario({ file: kept }, { readFile: readTextFile });
      expect(scenario.groups['sbc']!.times['remap']!.kind).toBe('empirical');
      const { code: ran } = await invoke(['run', kept, '--histories', '2', '--years', '2']);
      expect([0, 1, 3]).toContain(ran);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('what keeps it from running', async () => {
    expect((await invoke(['calibrate', FILE])).code).toBe(2);
    expect((await invoke(['calibrate', FILE, '--data', 'missing.csv'])).err).toContain('missing.csv');
  });

  test('every format holds every parameter', async () => {
    const files = [{ file: DATA, ...readTickets(readTextFile(DATA), DATA) }];
    const found = await calibrate(reread, files, { histories: 2, years: 2, fieldYears: 3 });
    for (const format of ['table', 'csv', 'markdown', 'json'] as const) {
      const text = render(found, { format, width: 200 });
      for (const { path } of found.parameters) expect(text.replaceAll('\\', '')).toContain(path);
    }
  });
});
