import { describe, expect, test } from 'vitest';
import { compare, drawFigures, render } from '../../src/index.ts';
import { reportFigures } from '../../src/report/render.ts';
import { scenario } from '../decisions/support.ts';

/** Non-regression: the page of a comparison. */
describe('the page of a comparison', async () => {
  const [a, b, c] = await Promise.all([
    scenario('active-standby', [], 'nfv-sync'),
    scenario('active-standby', [], 'traditional'),
    scenario('active-standby', ['groups.sbc.detection.coverage=90%'], 'nfv-sync'),
  ]);
  const comparison = await compare(a!, [b!, c!], { histories: 2, years: 20 });
  const drawings = await drawFigures(comparison);
  const page = String(render(comparison, { format: 'html', drawings }));

  test('draws every difference on one axis and the parts of each', () => {
    expect(reportFigures(comparison).map(({ id }) => id)).toEqual(['differences', 'parts-1', 'parts-2']);
    expect(Object.keys(drawings.svg)).toHaveLength(3);
    expect(page).not.toContain('class="undrawn"');
    expect(page).toContain(`What made the difference of voice with ${b!.label}`);
    expect(Buffer.byteLength(page)).toBeLessThan(200_000);
  });

  test('says in words what it draws, and with which sign', () => {
    expect(page).toMatch(/aria-label="voice, active-standby traditional -[\d.]+ s\/year \(-[\d.]+ … -?[\d.]+\);/);
    expect(page).toMatch(/element: sbc\/[12]\/app:crash \+[\d.]+ s\/year/);
  });

  test('has nothing to draw where nothing is the same service, and no parts where all is the same', async () => {
    const same = await compare(a!, [a!], { histories: 1, years: 2 });
    expect(reportFigures(same).map(({ id }) => id)).toEqual(['differences']);
  });
});
