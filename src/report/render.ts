import type { Allocation } from '../model/allocation.ts';
import type { ChainReport, StructureReport, StructuresReport } from '../model/calculation.ts';
import type { Calibration } from '../model/calibration.ts';
import type { Campaign } from '../model/campaign.ts';
import type { CheckReport } from '../model/check.ts';
import type { Comparison } from '../model/comparison.ts';
import type { ImportReport } from '../model/descriptor.ts';
import type { Plan, Tornado } from '../model/plan.ts';
import type { AnalyticReport, Result, SpofReport, Trace } from '../model/result.ts';
import type { Sweep } from '../model/sweep.ts';
import type { Table } from '../model/table.ts';
import { allocationCsv, allocationDocument } from './allocation.ts';
import { analysisCsv, analysisDocument } from './analysis.ts';
import { campaignCsv, campaignDocument } from './campaign.ts';
import { chainCsv, chainDocument } from './chain.ts';
import { calibrationCsv, calibrationDocument } from './decisions/calibration.ts';
import { checkCsv, checkDocument } from './decisions/check.ts';
import { comparisonCsv, comparisonDocument } from './decisions/comparison.ts';
import { comparisonFigures, comparisonPage } from './decisions/comparison-page.ts';
import { planCsv, planDocument, tornadoCsv, tornadoDocument } from './decisions/plan.ts';
import { sweepCsv, sweepDocument } from './decisions/sweep.ts';
import { sweepFigures, sweepPage } from './decisions/sweep-page.ts';
import type { Document, Tone } from './document/document.ts';
import { renderMarkdown } from './document/markdown.ts';
import { renderText } from './document/text.ts';
import { type Explanation, explanationCsv, explanationDocument } from './explanation.ts';
import type { Drawings, Figure } from './html/figure.ts';
import { documentPage, resultFigures, resultPage } from './html/report.ts';
import { importCsv, importDocument } from './import.ts';
import { resultCsv } from './result/csv.ts';
import { resultDocument } from './result/document.ts';
import { spofCsv, spofDocument } from './spof.ts';
import { structureCsv, structuresCsv } from './structure/csv.ts';
import { structureDocument, structuresDocument } from './structure/document.ts';
import { tableCsv, tableDocument } from './table.ts';
import { traceCsv, traceDocument } from './trace.ts';
import { type Validation, validationCsv, validationDocument } from './validation.ts';

/** Formats every output can be written in. */
export const REPORT_FORMATS = ['table', 'json', 'csv', 'markdown', 'html'] as const;
/** One of `REPORT_FORMATS`. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Everything that can be reported, told apart by its `format`. */
export type Output =
  | Result
  | Trace
  | Campaign
  | CheckReport
  | Sweep
  | Plan
  | Tornado
  | Comparison
  | Calibration
  | AnalyticReport
  | SpofReport
  | Explanation
  | Validation
  | Allocation
  | Table
  | StructureReport
  | StructuresReport
  | ChainReport
  | ImportReport;

/** How an output is written. */
export interface RenderOptions {
  /** Default `table`. */
  readonly format?: ReportFormat;
  /** Columns of the terminal, for `table`; default 80. */
  readonly width?: number;
  /** Colours a piece of text, for `table`; default: leaves it as it is. */
  readonly paint?: (tone: Tone, text: string) => string;
  /** Every element of a result instead of the largest contributors. */
  readonly allElements?: boolean;
  /** Small plots in the `table` and `markdown` of a result or a sweep. */
  readonly plot?: boolean;
  /** Charts and graphs of an `html` report as `drawFigures` draws them; default: described in words. */
  readonly drawings?: Drawings;
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
      return renderMarkdown(documentOf(output, true, allElements, options.plot));
    case 'table':
      return renderText(documentOf(output, false, allElements, options.plot), { width, paint });
    case 'html': {
      const { drawings } = options;
      if (output.format === 'carriergrade/sweep/1') return sweepPage(output, drawings);
      if (output.format === 'carriergrade/comparison/1') return comparisonPage(output, drawings);
      if (output.format !== 'carriergrade/result/1') return documentPage(documentOf(output, true, allElements));
      return resultPage(output, { allElements, ...(drawings === undefined ? {} : { drawings }) });
    }
    default:
      throw new RangeError(`there is no format ${JSON.stringify(format)}; formats are ${REPORT_FORMATS.join(', ')}`);
  }
}

/** Charts and graphs that an `html` report of the output has places for. */
export function reportFigures(output: Output, options: Pick<RenderOptions, 'allElements'> = {}): readonly Figure[] {
  if (output.format === 'carriergrade/sweep/1') return sweepFigures(output);
  if (output.format === 'carriergrade/comparison/1') return comparisonFigures(output);
  if (output.format !== 'carriergrade/result/1') return [];
  return resultFigures(output, { allElements: options.allElements ?? false });
}

function documentOf(output: Output, full: boolean, allElements: boolean, plot = false): Document {
  switch (output.format) {
    case 'carriergrade/result/1':
      return resultDocument(output, { full, allElements, plot });
    case 'carriergrade/trace/1':
      return traceDocument(output);
    case 'carriergrade/campaign/1':
      return campaignDocument(output, full);
    case 'carriergrade/check/1':
      return checkDocument(output);
    case 'carriergrade/sweep/1':
      return sweepDocument(output, plot);
    case 'carriergrade/plan/1':
      return planDocument(output, full);
    case 'carriergrade/tornado/1':
      return tornadoDocument(output, full);
    case 'carriergrade/comparison/1':
      return comparisonDocument(output, full);
    case 'carriergrade/calibration/1':
      return calibrationDocument(output);
    case 'carriergrade/analysis/1':
      return analysisDocument(output);
    case 'carriergrade/spof/1':
      return spofDocument(output);
    case 'carriergrade/explanation/1':
      return explanationDocument(output);
    case 'carriergrade/validation/1':
      return validationDocument(output);
    case 'carriergrade/allocation/1':
      return allocationDocument(output);
    case 'carriergrade/table/1':
      return tableDocument(output);
    case 'carriergrade/structure/1':
      return structureDocument(output, full);
    case 'carriergrade/structures/1':
      return structuresDocument(output, full);
    case 'carriergrade/chain-solution/1':
      return chainDocument(output, full);
    case 'carriergrade/import/1':
      return importDocument(output);
  }
}

function csvOf(output: Output): string {
  switch (output.format) {
    case 'carriergrade/result/1':
      return resultCsv(output);
    case 'carriergrade/trace/1':
      return traceCsv(output);
    case 'carriergrade/campaign/1':
      return campaignCsv(output);
    case 'carriergrade/check/1':
      return checkCsv(output);
    case 'carriergrade/sweep/1':
      return sweepCsv(output);
    case 'carriergrade/plan/1':
      return planCsv(output);
    case 'carriergrade/tornado/1':
      return tornadoCsv(output);
    case 'carriergrade/comparison/1':
      return comparisonCsv(output);
    case 'carriergrade/calibration/1':
      return calibrationCsv(output);
    case 'carriergrade/analysis/1':
      return analysisCsv(output);
    case 'carriergrade/spof/1':
      return spofCsv(output);
    case 'carriergrade/explanation/1':
      return explanationCsv(output);
    case 'carriergrade/validation/1':
      return validationCsv(output);
    case 'carriergrade/allocation/1':
      return allocationCsv(output);
    case 'carriergrade/table/1':
      return tableCsv(output);
    case 'carriergrade/structure/1':
      return structureCsv(output);
    case 'carriergrade/structures/1':
      return structuresCsv(output);
    case 'carriergrade/chain-solution/1':
      return chainCsv(output);
    case 'carriergrade/import/1':
      return importCsv(output);
  }
}
