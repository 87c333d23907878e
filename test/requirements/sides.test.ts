import { describe, expect, it } from 'vitest';
import { render, simulate } from '../../src/index.ts';
import type { ServiceResult } from '../../src/model/result.ts';
import { sideOf } from '../../src/model/side.ts';
import { readExample } from '../core/support/files.ts';
import { shortRun, trace } from './support.ts';

const addsUp = ({ dpm }: ServiceResult): void => {
  expect(dpm.guest.value + dpm.infrastructure.value).toBeCloseTo(dpm.all.value, 6);
};

/** Row B-54: what the guest and what the infrastructure answers for. */
describe('acceptance: guest and infrastructure', () => {
  it('B-54: every step has a side: failover and state are the guest’s, control functions the infrastructure’s', () => {
    const { steps } = trace('imperfect-protection', undefined, 'active-fails');
    const taken = steps.filter(({ flow }) => flow !== '');
    expect(taken.length).toBeGreaterThan(3);
    for (const { side, control } of taken) {
      expect(side).not.toBeNull();
      if (control) expect(side).toBe('infrastructure');
    }
    expect(taken.some(({ side }) => side === 'guest')).toBe(true);
  });

  it('B-54: the sides of a service add up to its downtime, each with an interval', async () => {
    const result = await shortRun('fm-cycle', undefined, 10);
    for (const service of Object.values(result.services)) {
      addsUp(service);
      for (const side of [service.dpm.guest, service.dpm.infrastructure]) {
        expect(side.lo).toBeLessThanOrEqual(side.value);
        expect(side.hi).toBeGreaterThanOrEqual(side.value);
      }
    }
    const dpm = Object.values(result.services).map((service) => service.dpm);
    expect(dpm.some(({ all }) => all.value > 0)).toBe(true);
    expect(render(result)).toContain('of the infrastructure');
    expect(render(result, { format: 'csv' })).toContain(',dpm.guest,');
  });

  it('B-54: they add up where rare-event cycles find the downtime, too', async () => {
    const read = readExample('active-standby', undefined, []);
    const { services } = await simulate(read, { method: 'cycles', precision: 1, histories: 5 });
    const found = Object.values(services).filter(({ cycles }) => cycles !== undefined);
    expect(found.length).toBeGreaterThan(0);
    found.forEach(addsUp);
  });

  it('B-54: waiting for detection or for a control function is never the guest’s', () => {
    expect(sideOf('APP', 'switchover')).toBe('guest');
    expect(sideOf('APP', 'detection')).toBe('infrastructure');
    expect(sideOf('APP', 'control-wait')).toBe('infrastructure');
    expect(sideOf('HW', 'recovery')).toBe('infrastructure');
    expect(sideOf('OPER', 'restart')).toBe('infrastructure');
  });
});
