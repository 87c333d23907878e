import { describe, expect, it } from 'vitest';
import { FIELD_RATES, FIELD_TYPES } from '../../src/catalogue/field-rates.ts';
import { mean } from '../../src/model/law.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';

const read = (type: string) =>
  readScenario(`format: carriergrade/scenario/1
elements: { thing: { type: ${type} } }
services: { s: { uses: [thing] } }
`);
const hours = (type: string): number => mean(read(type).scenario.elements['thing']!.failures[0]!.timeToFailure) / 3600;

describe('reference: rates seen in the field, as element types', () => {
  it.each([
    // Shares that fail in a year: 1 − e^(−λ) is the share again.
    ['switch/tor', 8760 / -Math.log(0.95)],
    ['switch/aggregation', 8760 / -Math.log(0.9)],
    ['load-balancer/hardware', 8760 / -Math.log(0.8)],
    ['memory/uncorrectable', 8760 / -Math.log(0.987)],
    // Times as published.
    ['switch/ws-c4503-e', 1_064_279],
    ['switch/ws-c4506-e', 710_119],
    ['switch/ws-c4507r-e', 248_630],
    ['switch/ws-c4510r-e', 179_714],
    ['switch/2960x-48fpd-l', 233_370],
    ['board/come-cwl6', 565_206],
    ['board/dh55hc', 138_157],
    ['fan/chassis', 70_000],
    ['hypervisor/virtualised', 2654],
    ['vm/virtualised', 2893],
    ['nfv/container', 10_000],
    // Rates: failures per drive year, per 1e9 h, per server and year.
    ['disk/2024', 8760 / 0.0157],
    ['disk/2023-q2', 8760 / 0.0228],
    ['disk/field', 1e9 / 7800],
    ['disk/enterprise', 1e9 / 826],
    ['server/first-year', 8760 / (1000 / 1800)],
    ['pdu/cluster', 8760],
  ])('%s: a mean of %d h', (type, expected) => {
    expect(hours(type) / expected).toBeCloseTo(1, 12);
  });

  it('every one of them can be used by its name, and is explained with its source', () => {
    for (const [id, { kind, source }] of Object.entries(FIELD_TYPES)) {
      const { scenario, explained } = read(id);
      expect([id, scenario.elements['thing']!.kind]).toEqual([id, kind]);
      const rate = explained.find(({ path }) => /^elements\.thing\.failures\.\w+\.(rate|mtbf|mttf|fit)$/.test(path));
      expect([id, rate!.source.startsWith(source)]).toEqual([id, true]);
    }
  });

  it('no entry without a reference', () => {
    for (const rate of Object.values(FIELD_RATES)) {
      expect(rate.reference).not.toBe('');
      expect(rate.published).not.toBe('');
    }
  });
});
