import { expect, test } from 'vitest';
import { simulate } from '../../src/index.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';

/** A standby that is watched from `delay` seconds after its start on; nothing but its own crash ever hits it. */
const pair = (delay: number) =>
  readScenario(`format: carriergrade/scenario/1
simulation: { years: 5, histories: 4 }
catalogue: { detectors: { ping: { base: tacker-ping, delay: ${delay} s } } }
groups:
  pair:
    failures: { crash: { rate: 40 / year } }
    detection: { detectors: [ping], coverage: 100 %, standby: { coverage: 100 % } }
    state: { stateful: false }
    times: { terminate: 5 s, spawn: 60 s, configure: 5 s }
services: { s: { uses: [pair] } }
`);

test('reference: exposure ends when the detectors have found the new member, not when it is up (SEM-24)', async () => {
  const at = async (delay: number) => (await simulate(pair(delay))).groups['pair']!;
  const [found, later] = [await at(0), await at(45)];
  const failures = later.memberFailuresPerYear.value;
  expect(failures).toBeGreaterThan(50);
  // The window opens with the instance, 5 s before it is configured. The same failures at the same times; a member that falls within its blind window is out for longer: one in 10 000.
  const more = later.exposureSecondsPerYear.value - found.exposureSecondsPerYear.value;
  expect(more / failures / 40).toBeGreaterThan(0.99);
  expect(more / failures / 40).toBeLessThan(1.01);
});
