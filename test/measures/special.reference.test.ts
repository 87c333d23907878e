import { describe, expect, test } from 'vitest';
import { betaCdf, betaQuantile, gammaQuantile, normalQuantile, studentQuantile } from '../../src/adapters/special.ts';

// Reference values: mpmath 1.3.0 with 30 digits, Newton's method on gammainc / betainc / erfinv.

const relative = (value: number, reference: number): number => Math.abs(value / reference - 1);

describe('special functions (reference: mpmath, 30 digits)', () => {
  test.each([
    [0.0005, -3.290526731491895],
    [0.005, -2.575829303548901],
    [0.025, -1.9599639845400543],
    [0.3, -0.5244005127080408],
    [0.95, 1.6448536269514726],
    [0.9995, 3.290526731491895],
  ])('normal quantile of %d', (p, reference) => {
    expect(relative(normalQuantile(p), reference)).toBeLessThan(1e-14);
  });

  test.each([
    [0.025, 1, -12.706204736174705],
    [0.025, 2, -4.302652729749464],
    [0.975, 9, 2.2621571627982053],
    [0.975, 29, 2.0452296421327043],
    [0.995, 99, 2.6264054572808275],
    [0.975, 1_000, 1.9623390808264085],
    [0.995, 99_999, 2.5758784704000526],
    [0.975, 100_000, 1.9599877075346095],
    [0.975, 1_000_000, 1.959966356814107],
    [0.975, 100_000_000, 1.9599640082627667],
  ])('Student quantile of %d with %d degrees', (p, degrees, reference) => {
    expect(relative(studentQuantile(p, degrees), reference)).toBeLessThan(1e-9);
  });

  test.each([
    [0.0005, 0.05, 5.573875481878757e-67],
    [1e-6, 2.75, 0.011331815766793983],
    [1e-8, 999, 831.6617318554827],
    [0.025, 0.5, 0.000491034558587628],
    [0.975, 1, 3.6888794541139363],
    [0.025, 2, 0.2422092785439649],
    [0.0005, 10, 2.69903310603281],
    [0.9995, 33.3, 55.61098471002337],
    [0.025, 999, 938.0040185617676],
    [0.975, 999, 1061.8901509343823],
    [0.0005, 1_000, 899.2086831191871],
    [0.9995, 1_000, 1107.3420113949785],
    // cephes' own inverse throws at the next two
    [0.5, 3_472.886312604049, 3472.552984959115],
    [0.025, 10_000, 9804.952467260184],
    [0.975, 100_000, 100620.7416407737],
  ])('gamma quantile of %d, shape %d', (p, shape, reference) => {
    expect(relative(gammaQuantile(p, shape), reference)).toBeLessThan(1e-9);
  });

  test.each([
    [0.025, 0.5, 0.5, 0.001541333133436012],
    [0.025, 3, 98, 0.006229971538306394],
    [0.975, 98, 3, 0.9937700284616936],
    [0.5, 50, 51, 0.4950166993845525],
    [0.975, 10, 100_000, 0.00017082575449743994],
    [0.025, 1, 1_000, 2.531748749129404e-5],
  ])('beta quantile of %d, parameters %d and %d', (p, a, b, reference) => {
    expect(relative(betaQuantile(p, a, b), reference)).toBeLessThan(1e-9);
  });

  test('beta distribution function', () => {
    expect(relative(betaCdf(0.2, 3, 8), 0.3222004736)).toBeLessThan(1e-9);
    expect(relative(betaCdf(0.9, 90, 11), 0.5831555122664918)).toBeLessThan(1e-9);
  });

  test('the gamma quantile neither throws nor jumps between shapes 0.01 and 1e12', () => {
    for (const p of [1e-8, 1e-5, 0.0001, 0.0005, 0.025, 0.5, 0.975, 0.9995, 1 - 1e-6]) {
      let before = 0;
      for (let exponent = -2; exponent <= 12; exponent += 0.01) {
        const quantile = gammaQuantile(p, 10 ** exponent);
        expect(quantile).toBeGreaterThanOrEqual(before);
        before = quantile;
      }
    }
  });

  test('arguments out of range are refused by value', () => {
    expect(() => normalQuantile(0)).toThrow('0');
    expect(() => studentQuantile(0.9, 2.5)).toThrow('2.5');
    expect(() => gammaQuantile(0.9, -1)).toThrow('-1');
    expect(() => betaQuantile(1, 1, 1)).toThrow('1');
    expect(() => betaCdf(1.5, 1, 1)).toThrow('1.5');
  });
});
