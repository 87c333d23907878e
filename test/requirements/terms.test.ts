import { describe, expect, it } from 'vitest';
import { buildTable, campaign, readDiagram, render, solveStructure } from '../../src/index.ts';
import { readExample } from '../core/support/files.ts';
import { shortRun, trace } from './support.ts';

/** Rows B-01 to B-33: targets, terms and measures, each by its own statement of acceptance. */
describe('acceptance: what is promised', () => {
  it('B-01: target, achieved availability, downtime, nines and verdict with its interval in every report', async () => {
    const result = await shortRun('active-standby', undefined, 5);
    expect(result.targets[0]).toMatchObject({ of: 'voice', metric: 'availability', text: '99.999 %' });
    expect(['pass', 'fail', 'undecided']).toContain(result.targets[0]!.verdict);
    const text = render(result, { format: 'table' });
    for (const word of ['99.999 %', 'availability', 'nines', 'DPM', 'interval']) expect(text).toContain(word);
  });

  it('B-04: host, link, leaf and spine faults are told apart by the probes of the path monitor', () => {
    const element = (script: string): string => trace('leaf-spine', undefined, script).element;
    expect(['node', 'link', 'leaf', 'spine'].map(element)).toEqual([
      'core/compute-1',
      'core/compute-1--leaf-1',
      'core/leaf-1',
      'core/spine-1',
    ]);
  });

  it('B-07: one step of 30 minutes by hand a year is more than five nines allow', async () => {
    const { targets, services } = await shortRun('fm-cycle', 'manual-step', 20);
    expect(targets[0]!.verdict).toBe('fail');
    expect(services['line']!.dpm.all.lo).toBeGreaterThan(315.36);
  });
});

describe('acceptance: elements, failures and outages', () => {
  it('B-08: a chain mixes physical functions given by availability alone and virtual ones modelled whole', async () => {
    const { services } = await shortRun('multi-cloud-chain', undefined, 2);
    const ids = services['call']!.stages!.map(({ id }) => id);
    expect(ids).toContain('router');
    expect(ids).toContain('core/gateway');
  });

  it('B-09: a failover shorter than the threshold is an outage of the element and none of the service', async () => {
    const set = 'services.voice.minOutageThreshold=10 s';
    const { services, groups } = await shortRun('active-standby', undefined, 10, set);
    const { ofm, hitsPerYear } = services['voice']!;
    expect(groups['sbc']!.servingFailuresPerYear.value).toBeGreaterThan(4);
    expect(hitsPerYear.value).toBeGreaterThan(4);
    expect(ofm.all.value).toBeLessThan(0.5);
  });

  it('B-10: mean over equal elements, and the share of them without any downtime (NC-14)', async () => {
    const { populations } = await shortRun('rbd-vs-des', 'population', 5);
    const { zeroDowntimeShare, elements } = populations['ne']!;
    expect(elements).toBe(10_000);
    expect(Math.abs(zeroDowntimeShare.value - Math.exp(-0.1))).toBeLessThan(0.005);
  });

  it('B-13: failures, outages of the protected function and outages of the service are three counts', async () => {
    const { services, groups } = await shortRun(
      'active-standby',
      undefined,
      20,
      'services.voice.minOutageThreshold=2 s',
    );
    const failures = groups['sbc']!.memberFailuresPerYear.value;
    const interruptions = groups['sbc']!.servingFailuresPerYear.value;
    expect(failures).toBeGreaterThan(1.8 * interruptions);
    expect(interruptions).toBeGreaterThan(2 * services['voice']!.ofm.all.value);
  });

  it('B-20: a service outage is what lasts longer than the threshold, from its start', async () => {
    const [hit, outage] = await Promise.all(
      ['2 s', '1 s'].map(async (threshold) => {
        const set = [`services.voice.minOutageThreshold=${threshold}`, 'groups.sbc.detection.coverage=100 %'];
        return (await shortRun('active-standby', undefined, 5, ...set)).services['voice']!;
      }),
    );
    expect(hit!.hitsPerYear.value).toBeGreaterThan(4);
    expect(outage!.hitsPerYear.value).toBe(0);
    expect(outage!.ofm.all.value).toBeCloseTo(hit!.hitsPerYear.value + hit!.ofm.all.value, 9);
  });

  it('B-22: outages of 15 s and more are reportable; the limit is the regulator’s to set', async () => {
    const of = async (threshold: string): Promise<number> => {
      const set = `services.voice.reportableThreshold=${threshold}`;
      return (await shortRun('active-standby', undefined, 5, set)).services['voice']!.reportablePerYear.value;
    };
    expect(await of('15 s')).toBeLessThan((await of('1 s')) / 10);
  });
});

describe('acceptance: measures', () => {
  const unit = (values: string, missionHours: number[] = []) =>
    solveStructure(readDiagram(`format: carriergrade/diagram/1\ndiagram: { name: unit, ${values} }\n`).structure, {
      missionHours,
    });

  it('B-11, B-16: U = 1 − A, and the DPM is U × 31 536 000 s', () => {
    const { top } = unit('availability: 99.999 %');
    expect(top.unavailability).toBeCloseTo(1e-5, 18);
    expect(top.dpm).toBeCloseTo(315.36, 9);
  });

  it('B-12: reliability over a time is the chance of no failure in it', () => {
    const { mission } = unit('mtbf: 1000 h, mttr: 1 h', [1000]);
    expect(1 - mission![0]!.failureProbability.value).toBeCloseTo(Math.exp(-1), 9);
  });

  it('B-15: up 999 h, down 1 h: 0.999', async () => {
    expect(unit('mtbf: 1000 h, mttr: 1 h').top.availability).toBeCloseTo(1000 / 1001, 12);
    const { analytic } = await shortRun('rbd-vs-des', undefined, 2);
    expect(analytic.services['single']!.unavailability).toBeCloseTo(0.001, 15);
  });

  it('B-17: high availability is five to six nines', async () => {
    const band = async (mtbf: string): Promise<string> => {
      const set = [`catalogue.types.unit-999.failures.fault.mtbf=${mtbf}`, 'simulation.years=5000'];
      const { services } = await shortRun('rbd-vs-des', undefined, 2, ...set);
      return services['single']!.band;
    };
    expect(await band('9999 h')).toBe('not HA');
    expect(await band('300000 h')).toBe('HA');
    expect(await band('9999999 h')).toBe('beyond HA');
  });

  it('B-19: the same outage, with and without the sessions', () => {
    const [kept, lost] = ['lockstep', 'none'].map(
      (variant) => trace('active-standby', variant, 'active-fails', 'groups.sbc.state.reattach=0 s').services['voice']!,
    );
    expect(kept!.outageSeconds).toBe(lost!.outageSeconds);
    expect([kept!.sessionsLost, lost!.sessionsLost]).toEqual([0, 10_000]);
  });

  it('B-23: objectives with metric and limit; a missed one is the exit code 1 of the command', async () => {
    const missed = await shortRun('active-standby', undefined, 5, 'targets.0.limit=99.99999 %');
    expect(missed.targets.map(({ verdict }) => verdict)).toContain('fail');
  });

  it('B-24: total and partial downtime, weighted and not', async () => {
    const { dpm } = (await shortRun('load-balanced-ring', undefined, 5)).services['members']!;
    expect(dpm.partial.value).toBeGreaterThan(0);
    expect(dpm.partialRaw.value / dpm.partial.value).toBeCloseTo(3, 1);
    expect(dpm.all.value).toBeCloseTo(dpm.total.value + dpm.partial.value, 6);
  });

  it('B-25, B-26, B-27: outages a year, MTBF, rate and FIT are one another’s conversions', () => {
    const yearly = unit('mtbf: 175200 h, mttr: 1 h');
    expect(yearly.top.frequencyPerYear).toBeCloseTo(0.05, 6);
    const fit = unit('fit: 10000, mttr: 1 h');
    expect(fit.top.unavailability! / unit('mtbf: 100000 h, mttr: 1 h').top.unavailability!).toBeCloseTo(1, 12);
    const { rows } = buildTable('conversions');
    expect(rows.length).toBeGreaterThan(10);
  });

  it('B-28: an MTBF with a law that ages is warned of', () => {
    const warned = readExample('rbd-vs-des', 'wear-out', [
      'catalogue.types.unit-999.failures.fault.law={ weibull: { shape: 1.5, mtbf: 999 h } }',
    ]);
    expect(warned.warnings.map(({ message }) => message).join()).toMatch(/MTBF|mtbf/);
  });

  it('B-29, B-30, B-31: to restored, to redundant, to repaired', async () => {
    const { services } = await shortRun('fm-cycle', 'automatic', 10);
    const { mttremSeconds, mttrecSeconds } = services['line']!;
    expect(mttremSeconds!.value).toBeLessThan(1);
    expect(mttrecSeconds!.value).toBeGreaterThan(180);
    const pair = (await shortRun('active-standby', undefined, 10)).services['voice']!;
    expect(pair.mttrepHours!.value).toBeGreaterThan(0);
  });
});

describe('acceptance: single and multiple faults', () => {
  it('B-32: every single fault once, a verdict for each: none takes the dual-homed cloud down', () => {
    const { rows, campaign: facts } = campaign(readExample('leaf-spine'), { kind: 'single' });
    expect(facts.injections).toBe(facts.possible);
    const verdicts = rows.map(({ services }) => services['guests']!.verdict);
    expect(verdicts.length).toBeGreaterThan(10);
    expect(verdicts).not.toContain('down');
  });

  it('B-33: pairs, and random faults that the seed decides', () => {
    const loaded = readExample('active-standby');
    const random = (seed: string) => campaign(loaded, { kind: 'random', faults: 3, runs: 20, seed, within: 60 }).rows;
    expect(random('a')).toEqual(random('a'));
    expect(random('a')).not.toEqual(random('b'));
  });
});
