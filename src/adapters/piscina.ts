import { Piscina } from 'piscina';

/** Threads that answer tasks with the default export of one file. */
export interface Pool<Task, Answer> {
  readonly run: (task: Task) => Promise<Answer>;
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
  });
  let died: (error: Error) => void = () => {};
  const death = new Promise<never>((_, reject) => {
    died = (error) => reject(new Error(`a worker died: ${error.message}`, { cause: error }));
  });
  death.catch(() => {});
  pool.on('error', died);
  return {
    run: (task) =>
      Promise.race([
        death,
        pool.run(task).catch((error: Error) => {
          if (/^worker exited/.test(error.message) || isCode(error, 'ERR_WORKER_')) died(error);
          throw error;
        }),
      ]),
    close: () => pool.destroy(),
  };
}

function isCode(error: unknown, prefix: string): boolean {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' && code.startsWith(prefix);
}
