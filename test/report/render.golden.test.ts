import { describe, expect, test } from 'vitest';
import { checkAnnotations } from '../../src/report/decisions/annotations.ts';
import { checkJunit } from '../../src/report/decisions/junit.ts';
import { checkOpenMetrics } from '../../src/report/decisions/openmetrics.ts';
import { REPORT_FORMATS, type ReportFormat, render } from '../../src/report/render.ts';
import { check } from './fixtures/decisions.ts';
import { OUTPUTS } from './fixtures/outputs.ts';

/** Non-regression: what a report looked like when it was last looked at. Rewritten with `vitest run -u`. */
const EXTENSIONS: Readonly<Record<ReportFormat, string>> = {
  table: 'txt',
  json: 'json',
  csv: 'csv',
  markdown: 'md',
  html: 'html',
};

const PAGES: readonly string[] = ['result', 'trace'];

/** A page without its style and scripts, which are code. */
function structure(text: string): string {
  return text.replace(/<(script|style)>[\s\S]*?<\/\1>/g, '<$1></$1>');
}

describe.each(Object.keys(OUTPUTS))('%s', (name) => {
  // Pages have one style: two of them show what pages are made of.
  const formats = REPORT_FORMATS.filter((format) => format !== 'json' && (format !== 'html' || PAGES.includes(name)));
  test.each(formats)('as %s', async (format) => {
    const text = structure(render(OUTPUTS[name]!, { format }));
    await expect(text).toMatchFileSnapshot(`../golden/${name}.${EXTENSIONS[format]}`);
  });
});

test('a check for continuous integration: JUnit, annotations of GitHub, OpenMetrics', async () => {
  await expect(checkJunit(check)).toMatchFileSnapshot('../golden/check.xml');
  await expect(checkAnnotations(check)).toMatchFileSnapshot('../golden/check.github.txt');
  await expect(await checkOpenMetrics(check)).toMatchFileSnapshot('../golden/check.openmetrics.txt');
});

test('a wide terminal and every element', async () => {
  const text = render(OUTPUTS['result']!, { width: 120, allElements: true });
  await expect(text).toMatchFileSnapshot('../golden/result-wide.txt');
});

test('colours mark verdicts, headings and what is less important', async () => {
  const paint = (tone: string, text: string): string => `<${tone}>${text}</${tone}>`;
  await expect(render(OUTPUTS['result']!, { paint })).toMatchFileSnapshot('../golden/result-painted.txt');
});
