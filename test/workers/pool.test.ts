import { describe, expect, it } from 'vitest';
import { startPool } from '../../src/adapters/piscina.ts';

const FIXTURE = new URL('fixtures/dies.mjs', import.meta.url);

describe('a pool of threads', () => {
  it('answers tasks', async () => {
    const pool = startPool<string, string>(FIXTURE, undefined, 2);
    expect(await Promise.all(['a', 'b', 'c'].map(pool.run))).toEqual(['done a', 'done b', 'done c']);
    await pool.close();
  });

  it('passes on the error of a task and goes on', async () => {
    const pool = startPool<string, string>(FIXTURE, undefined, 1);
    await expect(pool.run('throw')).rejects.toThrow('not this task');
    expect(await pool.run('a')).toBe('done a');
    await pool.close();
  });

  it('a thread that dies is an error for all that is asked, now and later', async () => {
    const pool = startPool<string, string>(FIXTURE, undefined, 1);
    const asked = ['exit', 'a', 'b'].map((task) => pool.run(task));
    for (const each of await Promise.allSettled(asked)) {
      expect(each.status).toBe('rejected');
      expect(String((each as PromiseRejectedResult).reason)).toContain('worker exited with code: 7');
    }
    await expect(pool.run('later')).rejects.toThrow('a worker died: worker exited with code: 7');
    await pool.close();
  });

  it('whose file does not work is an error, not a hang', async () => {
    const pool = startPool<string, string>(new URL('fixtures/missing.mjs', import.meta.url), undefined, 1);
    await expect(pool.run('a')).rejects.toThrow(/missing\.mjs/);
    await pool.close();
  });
});
