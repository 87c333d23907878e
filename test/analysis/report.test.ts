import { describe, expect, it } from 'vitest';
import type { AnalyticReport, AnalyticResult } from '../../src/model/result.ts';
import { render } from '../../src/report/render.ts';

const report = (conditional: AnalyticResult): AnalyticReport => ({
  format: 'carriergrade/analysis/1',
  scenario: { name: 'n', title: 't', digest: 'd' },
  services: { v: { conditional, series: { treatment: 'series', refused: 'no' } } },
});
const told = (result: AnalyticResult): string => render(report(result), { width: 200 });

const apart: AnalyticResult = {
  unavailability: 2e-6,
  dpm: 63.072,
  method: 'groups-by-chains',
  exact: false,
  treatment: 'conditional',
  lo: 1e-6,
  hi: 3e-6,
  shared: ['mano', 'core/host-1'],
  parts: [
    { of: ['a', 'b'], method: 'chains', states: 96, refused: 'too large' },
    { of: ['c'], method: 'chain', states: 12_345, unavailability: 1e-7 },
  ],
  refused: 'no exact chain for a, b: too large',
};

describe('what an analysis says of its numbers', () => {
  it('taken as independent: bounds, parts, and what they share', () => {
    const text = told(apart);
    expect(text).toContain('exact chains of the groups as if independent (control path: conditional)');
    expect(text).toMatch(/lies between +1e-6 … 3e-6/);
    expect(text).toMatch(/in downtime +31\.536 … 94\.608 s\/year/);
    expect(text).toMatch(/a, b +a chain each +96/);
    expect(text).toMatch(/c +one chain +12[ {2}]345 +1e-7/);
    expect(text).toContain('Taken as independent, though they share mano, core/host-1.');
    expect(text).toContain('no exact chain for a, b: too large');
  });

  it('exact: no word of bounds or independence', () => {
    const { lo: _lo, hi: _hi, shared: _shared, refused: _refused, ...rest } = apart;
    const text = told({ ...rest, exact: true, frequencyPerYear: 0.5 });
    expect(text).toContain('exact chains of the groups (control path: conditional)');
    expect(text).toMatch(/interruptions +0\.5 a year/);
    expect(text).not.toMatch(/between|independent|share/);
  });

  it('the memoryless twin, beside a formula and in its place', () => {
    const twin = { unavailability: 1e-6, dpm: 31.536, exact: false, order: 1 };
    const beside = told({
      unavailability: 2e-6,
      dpm: 63.072,
      method: 'first-order',
      exact: false,
      memorylessTwin: twin,
    });
    expect(beside).toContain(
      'Memoryless twin (every duration exponential with its own mean, at most one fault at a time): 31.536 s/year.',
    );
    const instead = told({ ...twin, method: 'memoryless-twin', exact: false, memorylessTwin: twin });
    expect(instead).toContain(
      'Memoryless twin: every duration exponential with its own mean, at most one fault at a time.',
    );
  });

  it('bounds alone, when the structure is too large', () => {
    const text = told({ lo: 1e-6, hi: 2e-6, treatment: 'conditional', refused: 'the structure is too large' });
    expect(text).toMatch(/lies between +1e-6 … 2e-6/);
    expect(text).not.toContain('availability  ');
  });

  it('as CSV: the new columns come last', () => {
    const [header, first] = render(report(apart), { format: 'csv' }).split('\n');
    expect(header).toBe('service,treatment,method,term,unavailability,dpm,refused,exact,lo,hi,twin_dpm');
    expect(first).toBe(
      'v,conditional,groups-by-chains,,0.000002,63.072,"no exact chain for a, b: too large",false,0.000001,0.000003,',
    );
  });
});
