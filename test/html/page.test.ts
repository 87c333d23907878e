import { describe, expect, test } from 'vitest';
import { drawFigures } from '../../src/drawing.ts';
import type { Result } from '../../src/model/result.ts';
import { html, raw } from '../../src/report/html/markup.ts';
import { slimChart, slimGraph } from '../../src/report/html/slim.ts';
import { render, reportFigures } from '../../src/report/render.ts';
import { OUTPUTS } from '../report/fixtures/outputs.ts';
import { pageOf, REPORTS, resultOf } from './support/reports.ts';

const result = OUTPUTS['result'] as Result;

test('non-regression: the same result gives the same bytes, drawn again in the same process', async () => {
  const drawn = await resultOf(REPORTS[0]);
  expect(await pageOf(drawn)).toBe(await pageOf(drawn));
});

test('without drawings every figure says in words what it would show', () => {
  const page = render(result, { format: 'html' });
  const figures = reportFigures(result);
  expect(figures.length).toBeGreaterThan(2);
  for (const { id } of figures) expect(page).toContain(`id="figure-${id}"`);
  expect(page.match(/class="undrawn"/g)).toHaveLength(figures.length);
});

test('law: a page stays small however many services, groups and elements there are', async () => {
  const big = await resultOf(REPORTS[2]);
  const copies = <T>(of: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => Object.entries(of).map(([id, one]) => [`${id}-${i}`, one] as const)).flat(),
    );
  const many: Result = {
    ...big,
    services: copies(big.services),
    groups: copies(big.groups),
    populations: copies(big.populations),
    analytic: { services: copies(big.analytic.services) },
    picture: { ...big.picture!, diagrams: copies(big.picture!.diagrams), roots: copies(big.picture!.roots) },
  };
  const page = await pageOf(many);
  expect(page.match(/<section id="service-/g)).toHaveLength(12);
  expect(Buffer.byteLength(page)).toBeLessThan(400_000);
});

test('a page is whole by itself: nothing in it is fetched', async () => {
  const page = await pageOf(await resultOf(REPORTS[0]), true);
  const shown = page.replace(/<script>[\s\S]*?<\/script>/g, '');
  expect(shown).not.toMatch(/<(?:script|img|iframe)[^>]+src=|<link[^>]+href="(?!data:)|@import|url\((?!#)/);
});

test('names of a scenario are text, whatever characters they hold', async () => {
  const wicked = '</script><script>alert(1)</script>"\'&';
  const named: Result = {
    ...result,
    scenario: { ...result.scenario, title: wicked },
    services: { [wicked]: Object.values(result.services)[0]! },
    targets: [],
  };
  const page = render(named, { format: 'html', drawings: await drawFigures(named, { interactive: true }) });
  expect(page).not.toContain('alert(1)</script>');
  expect(page.match(/<script/g)).toHaveLength(4);
});

test('a graph that nobody can lay out is an error, not a blank', async () => {
  const { drawGraphs } = await import('../../src/adapters/graphviz.ts');
  await expect(drawGraphs(['digraph {'], 20)).rejects.toThrow('graphviz');
});

test('a layout that takes too long is left out', async () => {
  const { drawGraphs } = await import('../../src/adapters/graphviz.ts');
  expect(await drawGraphs(['digraph { a -> b }'], 0)).toEqual([undefined]);
});

describe('markup', () => {
  test('texts are escaped, markup is not, nothing is left out', () => {
    expect(
      html`<p title="${'"<&'}">${'a<b'}${raw('<b>')}${undefined}${false}${['x', html`<i>${1}</i>`]}</p>`.html,
    ).toBe('<p title="&#34;&#60;&#38;">a&#60;b<b>x<i>1</i></p>');
  });

  test('coordinates lose digits nobody sees, texts none', () => {
    const slim = slimChart(
      '<svg class="marks"><g transform="translate(0,0)"><text transform="translate(1.2345,2)" font-size="11px">0.0123</text></g></svg>',
    );
    expect(slim).toBe('<svg><g><text x="1.2" y="2">0.0123</text></g></svg>');
  });

  test('boxes of graphs are rectangles', () => {
    const path =
      'M10,-20C10,-20 2,-20 2,-20 1,-20 0,-19 0,-18 0,-18 0,-2 0,-2 0,-1 1,0 2,0 2,0 10,0 10,0 11,0 12,-1 12,-2 12,-2 12,-18 12,-18 12,-19 11,-20 10,-20';
    expect(slimGraph(`<?xml?><svg width="100pt"><path fill="lightgray" stroke="black" d="${path}"/></svg>`)).toBe(
      '<svg style="min-width:85px" width="100pt"><rect x="0" y="-20" width="12" height="20" rx="7"/></svg>',
    );
  });
});
