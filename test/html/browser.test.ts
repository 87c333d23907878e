import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserPath, launch, NO_BROWSER, type Opened, open, type View } from './support/browser.ts';
import { pageOf, REPORTS, resultOf, stored } from './support/reports.ts';

test('a browser is here to open reports in', ({ skip }) => {
  if (browserPath === undefined) skip(NO_BROWSER);
});

describe.skipIf(browserPath === undefined)('reports in a browser, from a file', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
  });

  describe.each(REPORTS)('$name', (scenario) => {
    let text = '';
    let file = '';
    let live = '';
    beforeAll(async () => {
      const result = await resultOf(scenario);
      text = await pageOf(result);
      file = stored(scenario.name, text);
      live = await pageOf(result, true);
    });

    test('is small', () => {
      expect(Buffer.byteLength(text)).toBeLessThan(200_000);
      expect(Buffer.byteLength(live)).toBeLessThan(1_000_000);
    });

    test('draws every figure, without a complaint and without the network', async () => {
      await look(file, {}, async ({ page, complaints }) => {
        const drawn = await drawnFigures(page);
        expect(drawn.length).toBeGreaterThanOrEqual(5);
        for (const { id, marks, width, height } of drawn) {
          expect(marks, id).toBeGreaterThan(0);
          expect(Math.min(width, height), id).toBeGreaterThan(10);
        }
        expect(await page.locator('.undrawn').count()).toBe(0);
        expect(complaints).toEqual([]);
      });
    });

    test('draws charts that answer to the pointer', async () => {
      await look(stored(`${scenario.name}-live`, live), {}, async ({ page, complaints }) => {
        const charts = await page.locator('figure.chart').count();
        await expect.poll(() => page.locator('figure.chart svg[data-live]').count()).toBe(charts);
        await page
          .locator('figure.chart .mark-rect path, figure.chart .mark-symbol path')
          .first()
          .hover({ force: true });
        expect((await drawnFigures(page)).every(({ marks }) => marks > 0)).toBe(true);
        // Dragging moves the axis: its labels change, or stand elsewhere.
        const axis = (): Promise<string> =>
          page.evaluate("document.querySelector('#figure-budget .role-axis-label').parentNode.innerHTML");
        const before = await axis();
        const box = (await page.locator('#figure-budget svg').boundingBox())!;
        await page.mouse.move(box.x + box.width / 2, box.y + 28);
        await page.mouse.down();
        await page.mouse.move(box.x + box.width / 2 + 60, box.y + 28, { steps: 4 });
        await page.mouse.up();
        await expect.poll(axis).not.toBe(before);
        expect(complaints).toEqual([]);
      });
    });

    test('sorts its tables', async () => {
      await look(file, {}, async ({ page }) => {
        const numbers = async (): Promise<number[]> =>
          (await page.locator('#element-table tbody tr td:nth-child(5)').allTextContents()).map((cell) =>
            Number(cell.replaceAll(' ', '')),
          );
        const button = page.locator('#element-table thead th:nth-child(5) button');
        await button.click();
        const falling = await numbers();
        expect(falling.length).toBeGreaterThan(2);
        expect(falling).toEqual([...falling].sort((a, b) => b - a));
        await button.focus();
        await page.keyboard.press('Enter');
        expect(await numbers()).toEqual([...falling].sort((a, b) => a - b));
        expect(await page.locator('#element-table thead th:nth-child(5)').getAttribute('aria-sort')).toBe('ascending');
      });
    });

    test('filters its lists', async () => {
      await look(file, {}, async ({ page }) => {
        await page.getByLabel('Filter assumptions').fill('repair crews');
        const shown = await page.locator('#assumption-table tbody tr:visible').allTextContents();
        expect(shown.length).toBeGreaterThan(0);
        expect(shown.every((row) => row.includes('crews'))).toBe(true);
      });
    });

    test('switches its theme by keyboard and follows that of the system', async () => {
      await look(file, { scheme: 'dark' }, async ({ page }) => {
        const background = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
        expect(await background()).toBe('rgb(16, 21, 27)');
        await page.locator('#theme').focus();
        await page.keyboard.press('Enter');
        expect(await background()).toBe('rgb(255, 255, 255)');
        expect(await page.locator('#theme').textContent()).toBe('Dark theme');
      });
    });

    test('can be read without a pointer: one step to the content, everything that scrolls or acts can be reached', async () => {
      await look(file, {}, async ({ page }) => {
        await page.keyboard.press('Tab');
        expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the report');
        await page.keyboard.press('Enter');
        expect(await page.evaluate('location.hash')).toBe('#content');
        const unreachable = `[...document.querySelectorAll('*')].filter((e) => e.scrollWidth > e.clientWidth + 1 &&
          ['auto', 'scroll'].includes(getComputedStyle(e).overflowX) && e.tabIndex < 0).map((e) => e.outerHTML.slice(0, 80))`;
        expect(await page.evaluate(unreachable)).toEqual([]);
      });
    });

    test('says what it is: landmarks, headings in order, names for figures and regions, no id twice', async () => {
      await look(file, {}, async ({ page }) => {
        const found = (await page.evaluate(`({
          landmarks: ['main', 'nav[aria-label]', 'h1'].map((s) => document.querySelectorAll(s).length),
          levels: [...document.querySelectorAll('h1,h2,h3,h4,h5')].map((h) => Number(h.tagName[1])),
          nameless: [...document.querySelectorAll('svg[role=img],[role=region],[role=group]')].filter((e) => !e.getAttribute('aria-label')).length,
          ids: [...document.querySelectorAll('[id]')].map((e) => e.id),
          links: [...document.querySelectorAll('nav a')].filter((a) => !document.getElementById(a.hash.slice(1))).length,
          language: document.documentElement.lang,
        })`)) as {
          landmarks: number[];
          levels: number[];
          nameless: number;
          ids: string[];
          links: number;
          language: string;
        };
        expect(found.landmarks).toEqual([1, 1, 1]);
        expect(found.levels.filter((level, i) => i > 0 && level > found.levels[i - 1]! + 1)).toEqual([]);
        expect({ nameless: found.nameless, links: found.links, language: found.language }).toEqual({
          nameless: 0,
          links: 0,
          language: 'en',
        });
        expect(new Set(found.ids).size).toBe(found.ids.length);
      });
    });

    test.each(['light', 'dark'] as const)('has texts of enough contrast, %s', async (scheme) => {
      await look(file, { scheme }, async ({ page }) => {
        expect(await page.evaluate(LOW_CONTRAST)).toEqual([]);
      });
    });

    test('fits a telephone and paper', async () => {
      await look(file, { width: 390 }, async ({ page }) => {
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      });
      await look(file, { width: 720 }, async ({ page }) => {
        await page.emulateMedia({ media: 'print' });
        await page.evaluate("dispatchEvent(new Event('beforeprint'))");
        expect(await page.locator('details:not([open])').count()).toBe(0);
        expect(await page.locator('nav').isVisible()).toBe(false);
        expect(await page.locator('thead[hidden]:visible').count()).toBe(0);
      });
    });
  });

  async function look(file: string, view: View, at: (opened: Opened) => Promise<void>): Promise<void> {
    const opened = await open(browser, file, view);
    try {
      await at(opened);
    } finally {
      await opened.page.close();
    }
  }
});

interface Drawn {
  readonly id: string;
  readonly marks: number;
  readonly width: number;
  readonly height: number;
}

/** Every figure with the shapes in it that cover something. */
async function drawnFigures(page: Page): Promise<readonly Drawn[]> {
  await page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })");
  return (await page.evaluate(`[...document.querySelectorAll('figure')].map((figure) => {
    const svg = figure.querySelector('svg');
    const box = svg ? svg.getBoundingClientRect() : { width: 0, height: 0 };
    const shapes = svg ? [...svg.querySelectorAll('.marks *, .mark-rect *, .mark-symbol *, .mark-rule *, .box *')] : [];
    const marks = shapes.filter((s) => { const b = s.getBoundingClientRect(); return b.width + b.height > 0; }).length;
    return { id: figure.id, marks, width: box.width, height: box.height };
  })`)) as readonly Drawn[];
}

/** Texts whose colour is less than 4.5 : 1 from what is behind them (WCAG 2.2, 1.4.3). */
const LOW_CONTRAST = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = (color) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const part = (c) => { c /= 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const behind = (e) => { for (; e; e = e.parentElement) {
      const shape = e.matches('g.box') ? e.querySelector('rect:not([fill=none])') : null;
      const color = rgb(shape ? getComputedStyle(shape).fill : getComputedStyle(e).backgroundColor);
      if (color[3] === 255) return color; } return [255, 255, 255, 255]; };
  const low = [];
  document.querySelectorAll('details').forEach((d) => { d.open = true; });
  for (const e of document.querySelectorAll('p,td,th,dt,dd,small,h1,h2,h3,h4,h5,a,button,summary,strong,span,label,text')) {
    if (!e.textContent.trim() || e.closest('.skip')) continue;
    const style = getComputedStyle(e);
    const [a, b] = [light(rgb(e.tagName === 'text' ? style.fill : style.color)), light(behind(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) low.push(ratio.toFixed(2) + ' ' + e.tagName + ' ' + e.textContent.trim().slice(0, 40));
  }
  return low.slice(0, 10);
})()`;
