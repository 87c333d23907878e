/** What the command line has of the world; everything that touches the process comes in here. */
export interface Io {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Seconds on a monotonic clock. */
  readonly clock: () => number;
  /** Processors this program may use; absent: one. */
  readonly processors?: () => number;
  /** Calls `handle` when the user or the system asks to stop, until the returned function is called. */
  readonly onInterrupt: (handle: (signal: InterruptSignal) => void) => () => void;
}

export type Stream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
export type InterruptSignal = 'SIGINT' | 'SIGTERM';
