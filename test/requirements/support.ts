import { inject, simulate } from '../../src/index.ts';
import type { Result, Trace, TraceStep } from '../../src/model/result.ts';
import type { Injection } from '../../src/model/scenario.ts';
import { readExample } from '../core/support/files.ts';

/** A script of `scenarios/NAME.yaml`, or faults of one's own, played step by step. */
export function trace(
  name: string,
  variant: string | undefined,
  script: string | readonly Injection[],
  ...set: readonly string[]
): Trace {
  const read = readExample(name, variant, set);
  return inject(read, typeof script === 'string' ? read.scenario.injections[script]! : script);
}

/** A short run of `scenarios/NAME.yaml`: enough for what is certain, too little for a figure. */
export async function shortRun(
  name: string,
  variant: string | undefined,
  histories: number,
  ...set: readonly string[]
): Promise<Result> {
  return simulate(readExample(name, variant, set), { histories, precision: 1 });
}

export const finished = ({ steps }: Trace): TraceStep[] => steps.filter(({ outcome }) => outcome === 'done');

export const stepNames = (trace: Trace): string[] => finished(trace).map(({ step }) => step);

/** Steps that asked a control function, as they started. */
export const asked = ({ steps }: Trace): TraceStep[] =>
  steps.filter(({ control, outcome }) => control && outcome === 'started');
