import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/index.ts';
import type { Result } from '../../src/model/result.ts';
import { expectInside, withConfidence } from './support/estimates.ts';
import { readExample } from './support/files.ts';

/** S-12: 4 faults a year of the serving member, M_u = 3 600 s, each imperfection by itself. */
const RATE = 4;
const SWITCH = 0.01 + 1 + 0.05 + 0.05;

/** As many histories as the scenario has, where fewer leave an interval too wide. */
const ALL = 'simulation.histories=100';

const run = async (variant: string, ...set: readonly string[]): Promise<Result> =>
  simulate(withConfidence(readExample('imperfect-protection', variant, ['simulation.histories=60', ...set])));

const dpm = (result: Result, service = 'voice') => result.services[service]!.dpm.all;

describe('reference: S-12, what one imperfection costs', () => {
  it.each([
    ['coverage-90', 1440, 0.1],
    ['coverage-99', 144, 0.25],
    ['coverage-99-9', 14.4, 0.6],
    ['coverage-99-99', 1.44, 1.2],
  ])('%s: 4 × (1 − c) × 3 600 s = %d s/year by hand', async (variant, term, width) => {
    const result = await run(variant);
    const manual = result.services['voice']!.attribution.phase.manual!;
    const covered = (1 - term / (RATE * 3600)) * RATE * SWITCH;
    // What is not attributed to hands is the covered failovers and second failures.
    expect(manual / term).toBeGreaterThan(1 - width);
    expect(manual / term).toBeLessThan(1 + width);
    expectInside(dpm(result), term + covered, 2 * width);
  });

  it('ideal profile: detection, localisation, success and protection are 100 % exactly (B-52)', async () => {
    // Redundancy is back at once, so that no second failure meets an exposure.
    const times = ['terminate', 'spawn', 'configure'].map((name) => `groups.sbc.times.${name}=0 s`);
    const { groups, services } = await run('targets-100', 'simulation.histories=50', ...times);
    const { attempts, successes, successRatio, protection, reasons, servingFailuresPerYear } = groups['sbc']!;
    expect(attempts).toBeGreaterThan(30_000);
    expect(successes).toBe(attempts);
    expect(successRatio!.value).toBe(1);
    expect(protection!.value).toBe(1);
    expect(reasons).toEqual({});
    expect(Math.round(servingFailuresPerYear.value * 50 * 200)).toBe(attempts);
    expect(services['voice']!.attribution.phase.manual).toBeUndefined();
    expectInside(services['voice']!.dpm.all, RATE * SWITCH, 0.4);
  });

  it('a switch that fails one time in ten: 4 × 0.1 × 1 800 s by hand', async () => {
    const result = await run('switch-90', ALL);
    expectInside(dpm(result), RATE * (SWITCH + 0.1 * (1800 - 0.05)), 0.1);
    expect(result.groups['sbc']!.successRatio!.value).toBeCloseTo(0.9, 2);
  });

  it('a wrong localisation fails the attempt, lasts one remediation longer and interrupts the neighbour (SEM-20)', async () => {
    const result = await run('localisation-90', 'services.voice.minOutageThreshold=0 ms');
    const { attempts, reasons } = result.groups['sbc']!;
    expect(reasons['wrong-region']! / attempts).toBeCloseTo(0.1, 2);
    expect(result.groups['sbc']!.imperfect!.localisation!.value).toBeCloseTo(0.9, 2);
    // Localised in 1 ms; wrongly, 100 ms of remediation elsewhere and 160 ms to localise again.
    const localisation = result.services['voice']!.attribution.phase.localisation!;
    expect(localisation / (RATE * (0.001 + 0.1 * (1.1 + 0.16)))).toBeCloseTo(1, 1);
    // The neighbour is switched over in 100 ms each time.
    const switchoversPerYear = result.groups['neighbour']!.switchoversPerYear!;
    expectInside(switchoversPerYear, 0.1 * RATE, 0.3);
    expect(result.services['data']!.dpm.all.value).toBeCloseTo(0.1 * switchoversPerYear.value, 6);
    expect(result.services['data']!.attribution.phase).toEqual({ switchover: expect.closeTo(0.04, 2) });
  });

  it('a fault that takes the standby along is out until both are rebuilt: 70 s', async () => {
    const result = await run('containment-90');
    expect(result.groups['sbc']!.imperfect!.containment!.value).toBeCloseTo(0.9, 2);
    // Each fault of the active, one in ten; each of the standby, one in ten: the active is gone with it.
    const { phase } = result.services['voice']!.attribution;
    expect(phase.recovery! / (2 * RATE * 0.1 * 70)).toBeCloseTo(1, 1);
    expect(result.groups['sbc']!.reasons['no-healthy-standby']! / 12_000 / (0.2 * RATE)).toBeCloseTo(1, 1);
  });

  it('a fence that is not confirmed costs the timeout of the dead, and hands where it is required (SEM-21)', async () => {
    const timeout = RATE * 0.1 * 29;
    expectInside(dpm(await run('fence-90-not-required')), RATE * SWITCH + timeout, 0.2);
    const required = await run('fence-90', ALL);
    expectInside(dpm(required), RATE * SWITCH + timeout + RATE * 0.1 * (1800 - 0.1), 0.1);
    expect(required.groups['sbc']!.reasons['fence-failed']! / required.groups['sbc']!.attempts).toBeCloseTo(0.1, 2);
  });

  it('split brain needs a living peer and a fence that fails: 2 alarms × 0.1 / year, half of them active', async () => {
    const seconds = async (variant: string) => (await run(variant)).groups['sbc']!.imperfect;
    // Isolated for certain, an alarm costs a failover and no split brain.
    const isolated = await run('false-alarms');
    expect(isolated.groups['sbc']!.imperfect!.splitBrainSecondsPerYear.value).toBe(0);
    expectInside(isolated.groups['sbc']!.imperfect!.falseAlarmsPerYear, 0.2, 0.3);
    // Truly dead members, however badly isolated, split nothing.
    expect((await seconds('fence-90-not-required'))?.splitBrainSecondsPerYear.value ?? 0).toBe(0);
    const half = (await seconds('false-alarms-fence-90'))!;
    expectInside(half.splitBrainsPerYear, 0.1 * 0.1, 0.8);
    expectInside(half.splitBrainSecondsPerYear, 0.1 * 0.1 * 1800, 0.8);
    const never = await run('false-alarms-unfenced');
    expectInside(never.groups['sbc']!.imperfect!.splitBrainsPerYear, 0.1, 0.3);
    // Without state half of the users reach the wrong one.
    const { phase } = never.services['voice']!.attribution;
    const split = never.groups['sbc']!.imperfect!.splitBrainSecondsPerYear.value;
    expect(phase['split-brain']! / (0.5 * split)).toBeCloseTo(1, 9);
  });

  it('fail-fast gives up 70 % for 10 ms and saves 30 % of a second of isolation', async () => {
    const slow = (await run('gray')).services['voice']!;
    const fast = (await run('gray-fail-fast')).services['voice']!;
    // Both lose 30 % for 10 s until the fault is noticed, at 2 / year.
    expect(slow.attribution.phase.degraded! / (2 * 0.3 * 11)).toBeCloseTo(1, 1);
    expect(fast.attribution.phase.degraded! / (2 * 0.3 * 10.01)).toBeCloseTo(1, 1);
    expect(slow.dpm.all.value - fast.dpm.all.value).toBeCloseTo(2 * 0.3 * 0.99, 1);
  });

  it('two layers: without hold-off both act and collide, with it one does (SEM-26)', async () => {
    const none = await run('hold-off-none');
    expectInside(none.groups['sbc']!.imperfect!.racesPerYear, RATE, 0.1);
    expect(none.services['voice']!.dpm.all.value / (RATE * 0.13)).toBeCloseTo(1, 1);
    const waits = await run('hold-off-100-ms');
    expect(waits.groups['sbc']!.imperfect!.racesPerYear.value).toBe(0);
    expect(waits.groups['sbc']!.attempts).toBe(0);
    expect(waits.services['voice']!.dpm.all.value / (RATE * 0.05)).toBeCloseTo(1, 1);
  });

  it('latent standbys are found by the failover that needs them (SEM-19d)', async () => {
    const { reasons, latentSecondsPerYear } = (await run('latent-standby')).groups['sbc']!;
    expect(reasons['standby-latent']!).toBeGreaterThan(20);
    // Each uncovered fault of the standby stays for half a day on average.
    expectInside(latentSecondsPerYear, RATE * 0.1 * 43_200 + RATE * 0.01, 0.2);
  });
});
