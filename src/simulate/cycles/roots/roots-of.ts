import type { CompiledModel } from '../../../compile/model.ts';
import { InputError } from '../../../model/problem.ts';
import type { RootHistory } from '../../crew.ts';
import type { HistorySpan } from '../../history-span.ts';
import type { Interruptible } from '../../interruptible.ts';
import { type FailureClasses, failureClasses } from '../failure-classes.ts';
import { agedRoots } from './ageing-roots.ts';
import { datedRoots } from './dated-roots.ts';
import { renewalOf } from './renewal-roots.ts';
import { FIRST_HISTORY } from './root-history.ts';
import type { Roots } from './root-source.ts';
import { rootStates } from './root-states.ts';

/** What roots are told apart by, and the histories that they may come from. */
export interface RootOptions {
  readonly classes?: FailureClasses;
  readonly span?: HistorySpan | undefined;
  readonly history?: RootHistory;
}

/**
 * Where incidents of `model` begin.
 *
 * @throws InputError `unsupported` where failures strike at fixed ages and `span` is missing
 */
export function* rootsOf(
  model: CompiledModel,
  seed: string,
  { classes = failureClasses(model), span, history = FIRST_HISTORY }: RootOptions = {},
): Interruptible<Roots> {
  if (!classes.isFixed) {
    const renewal = classes.tests.length === 0 ? undefined : renewalOf(model);
    if (renewal !== undefined) return renewal;
    return yield* classes.ageing ? agedRoots(model, classes, seed, history) : rootStates(model, seed, { history });
  }
  const name = model.names.stream(classes.fixed.findIndex((ages) => ages !== undefined))[0];
  if (classes.tests.length > 0)
    throw noRoots(`${name} fails at fixed ages or instants, and there are proof tests`, 'use --method histories');
  if (span === undefined) {
    const why = 'whether two such faults meet depends on when all began, and no span of histories is given';
    throw noRoots(
      `${name} fails at fixed ages or instants: ${why}`,
      'say what histories tell of, or use --method histories',
    );
  }
  return yield* datedRoots(model, classes, seed, span, history);
}

function noRoots(message: string, hint: string): InputError {
  return new InputError([{ level: 'unsupported', code: 'fixed-ages', message, hint }]);
}
