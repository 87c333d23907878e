import { MARKS } from '../model/flow.ts';
import type { Trace, TraceStep } from '../model/result.ts';
import { type Block, type Cell, type Document, heading, line, table, type Tone } from './document/document.ts';
import { printDuration, printInstant, printNumber } from './format.ts';

/** A scripted fault: every step, the marks t0 … t9, and what each service lost. */
export function traceDocument(trace: Trace): Document {
  const { scenario, element, mode } = trace;
  return [
    heading(1, `${scenario.name}: ${scenario.title}`),
    line(`${mode} of ${element} at 0 s; no randomness: every duration is the longest its law allows.`),
    ...stepBlocks(trace.steps),
    ...markBlocks(trace),
    ...serviceBlocks(trace),
  ];
}
