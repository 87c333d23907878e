import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/index.ts';
import type { Upgrade } from '../../src/model/upgrade.ts';
import * as build from './support/build.ts';

/** Members that each carry 0.35 of the load: two of them are too few. */
const short = build.group([], {
  scheme: 'n-plus-1',
  members: 3,
  flow: 'FL-06',
  placement: { ...build.placed([]), replacement: 'in-place' },
  sharing: { standbys: 0, required: 0, unitCapacity: 0.35, load: 1 },
  times: Object.fromEntries(
    ['redirect', 'controlCall', 'terminate', 'spawn', 'configure', 'sync', 'healthCheck', 'manualRestore'].map((id) => [
      id,
      build.fixed(0),
    ]),
  ),
});

const twoAtATime: Upgrade = {
  targets: ['pool/1', 'pool/2', 'pool/3'],
  mode: 'graceful',
  fallback: 'graceful',
  order: 'listed',
  batch: 2,
  waitsForRedundancy: true,
  perYear: 4,
  start: 'periodic',
  nodeTime: build.fixed(3600),
  copy: build.fixed(0),
  pause: build.fixed(0),
  copyDegradation: 0,
  build: build.fixed(0),
  grace: build.fixed(1),
  destination: 'any',
  constraints: [],
  impact: 'Critical',
  redundancyBudget: { id: 'degraded', measure: 'degraded redundancy', secondsPerYear: 300 },
  bucket: 'ISW<=VIM',
};

describe('reference: members that have handed over for an upgrade and wait for the others of their batch', () => {
  it('what they are missed for belongs to the campaign (SEM-33)', async () => {
    const scenario = build.scenario({
      groups: { pool: short },
      services: { app: build.service('pool') },
      upgrades: { roll: twoAtATime },
    });
    const { services } = await simulate({ scenario, digest: '' }, { years: 1, histories: 2, method: 'histories' });
    const { dpm, attribution } = services['app']!;
    // The first hands over (1/3 is not served); while the second does, 0.35 of the load is carried; then the third alone
    // carries 0.35 for an hour; then the third hands over, and two carry 0.7 for an hour.
    const handingOver = 1 / 3 + 0.65 + 1 / 3;
    expect(dpm.all.value).toBeCloseTo(4 * (handingOver + 3600 * (0.65 + 0.3)), 6);
    expect(Object.keys(attribution.element)).toEqual(['roll:start']);
    expect(attribution.phase['switchover']).toBeCloseTo(4 * handingOver, 6);
  });
});
