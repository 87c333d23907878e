/** Lets others run, such as those who wait for a message. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const LOOK_EVERY_MS = 50;

/** Waits for a promise, but not for long: others may have to be looked at as well. */
export async function soon(promise: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const pause = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, LOOK_EVERY_MS);
  });
  await Promise.race([promise, pause]).finally(() => clearTimeout(timer));
}

const BREATHE_EVERY_SECONDS = 0.05;

export interface Overseen {
  /** Seconds on any monotonic clock; without it time limits have no effect. */
  readonly clock?: () => number;
  readonly signal?: { readonly aborted: boolean };
}

/**
 * To be asked often during long work: lets others run now and then, and says when the work has to end, since it was aborted
 * or has taken `maxTime` seconds from now.
 */
export function overseer({ clock, signal }: Overseen, maxTime?: number): () => Promise<boolean> {
  const started = clock?.() ?? 0;
  let breathed = started;
  return async () => {
    const now = clock?.() ?? started;
    if (now - breathed >= BREATHE_EVERY_SECONDS) {
      await turn();
      breathed = clock?.() ?? started;
    }
    return signal?.aborted === true || (maxTime !== undefined && now - started >= maxTime);
  };
}
