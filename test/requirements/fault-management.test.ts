import { describe, expect, it } from 'vitest';
import { buildTable, eventLog } from '../../src/index.ts';
import { readExample } from '../core/support/files.ts';
import { finished, shortRun, trace } from './support.ts';

/** Rows B-57 to B-71: the fault-management cycle, each by its own statement of acceptance. */
describe('acceptance: the fault-management cycle', () => {
  it('B-57, B-62, B-63: every phase is entered in order: detected, localised, isolated, restored, redundant', () => {
    const set = [
      'groups.sbc.localisation={ siblings: [neighbour] }',
      'groups.sbc.times.localise=1 ms',
      'groups.sbc.times.relocalise=160 ms',
    ];
    const { marks } = trace('imperfect-protection', undefined, 'active-fails', ...set);
    const times = [marks.failed, marks.detected, marks.localised, marks.isolated, marks.restored, marks.redundant];
    expect(times).not.toContain(null);
    expect(times).toEqual([...times].sort((a, b) => a! - b!));
  });

  it('B-58: a dead standby that no detector saw shows at the failover that needs it', async () => {
    const { groups } = await shortRun('imperfect-protection', 'latent-standby', 20);
    expect(groups['sbc']!.latentSecondsPerYear.value).toBeGreaterThan(0);
    expect(groups['sbc']!.reasons['standby-latent']).toBeGreaterThan(0);
  });

  it('B-59: half of the faults predicted: half of the interruptions by them', async () => {
    const of = async (variant: string): Promise<number> =>
      (await shortRun('fm-cycle', variant, 20)).groups['app']!.servingFailuresPerYear.value;
    expect((await of('predicted')) / (await of('unpredicted'))).toBeCloseTo(0.5, 1);
  });

  it('B-60: localised wrongly one time in ten: the attempt fails and lasts longer', async () => {
    const { attempts, reasons } = (await shortRun('imperfect-protection', 'localisation-90', 20)).groups['sbc']!;
    expect(reasons['wrong-region']! / attempts).toBeCloseTo(0.1, 1);
  });

  it('B-61: a fence that is not confirmed leaves two active members', async () => {
    const { imperfect } = (await shortRun('imperfect-protection', 'false-alarms-unfenced', 20)).groups['sbc']!;
    expect(imperfect!.splitBrainsPerYear.value).toBeGreaterThan(0);
    const fenced = (await shortRun('imperfect-protection', 'false-alarms', 20)).groups['sbc']!;
    expect(fenced.imperfect!.splitBrainsPerYear.value).toBe(0);
  });

  it('B-64: batched repair lives on its spares, which run out', async () => {
    const exhausted = async (spares: string): Promise<number> =>
      (await shortRun('fm-cycle', 'weekly-2', 20, `repair.weekly.spares=${spares}`)).spares!['weekly']!
        .exhaustionsPerYear.value;
    expect(await exhausted('1')).toBeGreaterThan(await exhausted('2'));
  });

  it('B-65: without hold-off two layers act on one fault, with it one does', async () => {
    const races = async (variant: string): Promise<number> =>
      (await shortRun('imperfect-protection', variant, 5)).groups['sbc']!.imperfect!.racesPerYear.value;
    expect(await races('hold-off-none')).toBeGreaterThan(3);
    expect(await races('hold-off-100-ms')).toBe(0);
  });

  it('B-66: a gray fault turned into a crash is over sooner', async () => {
    const dpm = async (variant: string): Promise<number> =>
      (await shortRun('fm-cycle', variant, 10)).services['line']!.dpm.all.value;
    expect(await dpm('fail-fast')).toBeLessThan(await dpm('gray'));
  });

  it('B-67: 3 minutes against 4 hours of exposure: 80 times the second failures (NC-26)', async () => {
    const exposure = async (rebuild: string): Promise<number> =>
      (await shortRun('fm-cycle', 'automatic', 10, `catalogue.flows.cycle.steps.rebuild.duration=${rebuild}`)).groups[
        'app'
      ]!.exposureSecondsPerYear.value;
    expect((await exposure('4 h')) / (await exposure('3 min'))).toBeCloseTo(80, -1);
  });

  it('B-68: six faults in ten are transient: those nodes come back without repair; the wrong unit is a second visit', async () => {
    const { populations } = await shortRun('fm-cycle', 'wrong-unit', 5);
    expect(populations['farm/compute']!.dpm.value / (0.05 * 3600 * (1 + 4 * 1.05))).toBeCloseTo(1, 1);
    const out = async (share: string): Promise<number> =>
      (
        await shortRun(
          'fm-cycle',
          'wrong-unit',
          5,
          `repair.weekly.transientShare=${share}`,
          'repair.weekly.wrongUnit=0 %',
        )
      ).populations['farm/compute']!.dpm.value;
    // 1 h of diagnosis for all, 4 h of repair for four in ten.
    expect((await out('60 %')) / (await out('0 %'))).toBeCloseTo((1 + 0.4 * 4) / 5, 1);
  });

  it('B-69: a log of events with ids, parents and instants', () => {
    const lines = eventLog(readExample('active-standby'), { years: 1 }).trimEnd().split('\n').slice(1);
    const events = lines.map((line) => JSON.parse(line) as { id: number; parent: number | null; t: number });
    const seen = new Set<number>();
    let last = 0;
    for (const { id, parent, t } of events) {
      expect(parent === null || seen.has(parent)).toBe(true);
      expect(t).toBeGreaterThanOrEqual(last);
      seen.add(id);
      last = t;
    }
    expect(seen.size).toBe(events.length);
  });

  it('B-70: every step has its owner, recovery is the control path’s', () => {
    const run = trace('fm-cycle', undefined, 'app-fails');
    expect(finished(run).every(({ by }) => by !== '')).toBe(true);
    const recovery = finished(run).filter(({ t }) => t > run.marks.restored!);
    expect(new Set(recovery.map(({ by }) => by))).toEqual(new Set(['vnfm']));
  });

  it('B-71: the timeline in four variants (NC-32)', () => {
    expect(buildTable('fm-timeline').rows.length).toBeGreaterThanOrEqual(4);
    for (const variant of ['pooled-sequential', 'pooled-parallel', 'non-pooled-sequential', 'non-pooled-parallel']) {
      const { marks } = trace('fm-timeline', variant, 'host-fails');
      expect(marks.restored).toBeLessThan(0.05);
    }
  });
});
