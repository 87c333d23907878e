import type { AnalyticReport, Result, SpofReport, Trace } from '../model/result.ts';
import { analysisDocument } from './analysis.ts';
import { analysisCsv, explanationCsv, spofCsv, traceCsv, validationCsv } from './csv/others.ts';
import { resultCsv } from './csv/result.ts';
import type { Document, Tone } from './document/document.ts';
import { renderMarkdown } from './document/markdown.ts';
import { renderText } from './document/text.ts';
import { type Explanation, explanationDocument } from './explanation.ts';
import { resultDocument } from './result/document.ts';
import { spofDocument } from './spof.ts';
import { traceDocument } from './trace.ts';
import { type Validation, validationDocument } from './validation.ts';

export const REPORT_FORMATS = ['table', 'json', 'csv', 'markdown'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Everything that can be reported, told apart by its `format`. */
export type Output = Result | Trace | AnalyticReport | SpofReport | Explanation | Validation;

export interface RenderOptions {
  /** Default `table`. */
  readonly format?: ReportFormat;
  /** Columns of the terminal, for `table`; default 80. */
  readonly width?: number;
  /** Colours a piece of text, for `table`; default: leaves it as it is. */
  readonly paint?: (tone: Tone, text: string) => string;
  /** Every element of a result instead of the largest contributors. */
  readonly allElements?: boolean;
}

const WIDTH = 80;

/**
 * The output as text that ends with a line break. JSON is the output itself; infinite values are null there.
 * @throws RangeError for a format that does not exist.
 */
export function render(output: Output, options: RenderOptions = {}): string {
  const { format = 'table', width = WIDTH, paint = (_tone, text): string => text, allElements = false } = options;
  switch (format) {
    case 'json':
      return `${JSON.stringify(output, null, 2)}\n`;
    case 'csv':
      return csvOf(output);
    case 'markdown':
      return renderMarkdown(documentOf(output, true, allElements));
    case 'table':
      return renderText(documentOf(output, false, allElements), { width, paint });
    default:
      throw new RangeError(`there is no format ${JSON.stringify(format)}; formats are ${REPORT_FORMATS.join(', ')}`);
  }
}

function documentOf(output: Output, full: boolean, allElements: boolean): Document {
  switch (output.format) {
    case 'carriergrade/result/1':
      return resultDocument(output, { full, allElements });
    case 'carriergrade/trace/1':
      return traceDocument(output);
    case 'carriergrade/analysis/1':
      return analysisDocument(output);
    case 'carriergrade/spof/1':
      return spofDocument(output);
    case 'carriergrade/explanation/1':
      return explanationDocument(output);
    case 'carriergrade/validation/1':
      return validationDocument(output);
  }
}

function csvOf(output: Output): string {
  switch (output.format) {
    case 'carriergrade/result/1':
      return resultCsv(output);
    case 'carriergrade/trace/1':
      return traceCsv(output);
    case 'carriergrade/analysis/1':
      return analysisCsv(output);
    case 'carriergrade/spof/1':
      return spofCsv(output);
    case 'carriergrade/explanation/1':
      return explanationCsv(output);
    case 'carriergrade/validation/1':
      return validationCsv(output);
  }
}
