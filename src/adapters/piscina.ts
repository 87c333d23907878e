import { Piscina } from 'piscina';

/** Threads that answer tasks with the exports of one file. */
export interface Pool<Task, Answer> {
  /** The answer of the default export. */
  readonly run: (task: Task) => Promise<Answer>;
  /** The answer of the export `name` to no task in particular. */
  readonly ask: (name: string) => Promise<unknown>;
  /** Ends all threads, whatever they do. */
  readonly close: () => Promise<void>;
}

/**
 * Starts `threads` threads on the module at `file`; each of them finds `data` as its worker data. A thread that dies rejects
 * what was asked of it and everything asked after that: its replacement could only die again.
 */
export function startPool<Task, Answer>(file: URL, data: unknown, threads: number): Pool<Task, Answer> {
  const pool = new Piscina<Task, Answer>({
    filename: file.href,
    workerData: data,
    minThreads: threads,
    maxThreads: threads,
    // Tasks wait at their threads, which need nobody to begin the next one: whoever hands them out is at work himself.
    concurrentTasksPerWorker: Number.MAX_SAFE_INTEGER,
    // One task after the other, each answered before the next one begins.
    atomics: 'disabled',
  });
  let died: (error: Error) => void = () => {};
  const death = new Promise<never>((_, reject) => {
    died = (error) => reject(new Error(`a worker died: ${error.message}`, { cause: error }));
  });
  death.catch(() => {});
  pool.on('error', died);
  const unlessDead = <T>(answer: Promise<T>): Promise<T> =>
    Promise.race([
      death,
      answer.catch((error: Error) => {
        if (/^worker exited/.test(error.message) || isCode(error, 'ERR_WORKER_')) died(error);
        throw error;
      }),
    ]);
  return {
    run: (task) => unlessDead(pool.run(task)),
    // No task is what `undefined` is: one that says nothing.
    ask: (name) => unlessDead<unknown>(pool.run(undefined as Task, { name })),
    close: () => pool.destroy(),
  };
}

function isCode(error: unknown, prefix: string): boolean {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' && code.startsWith(prefix);
}
