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
      await new Promise((resolve) => setImmediate(resolve));
      breathed = clock?.() ?? started;
    }
    return signal?.aborted === true || (maxTime !== undefined && now - started >= maxTime);
  };
}
