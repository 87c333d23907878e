/** Long work that pauses now and then, so that whoever has asked for it can look up, and stop it. */
export type Interruptible<Result> = Generator<undefined, Result, undefined>;

/** Events of a model between two pauses: some hundredths of a second. */
export const EVENTS_BETWEEN_PAUSES = 2 ** 13;

/** All of it, without looking up. */
export function inOneGo<Result>(work: Interruptible<Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/**
 * All of it, unless the run is over before.
 *
 * @returns undefined when it was
 */
export async function unlessOver<Result>(
  work: Interruptible<Result>,
  isOver: () => Promise<boolean>,
): Promise<Result | undefined> {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    if (await isOver()) return undefined;
  }
}
