import { describe, expect, it } from 'vitest';
import {
  analyse,
  InputError,
  type LoadedScenario,
  onlyServices,
  render,
  type ServiceResult,
  simulate,
} from '../../src/index.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { readText } from './support/files.ts';

const read = (file: string): LoadedScenario => readScenario({ file: `scenarios/${file}.yaml` }, { readFile: readText });
const SHORT = { method: 'histories', histories: 3, years: 20 } as const;

/** All of a service but the mean time to repair, which is that of every repair in the cloud, whomever it is about. */
const bytesOf = ({ mttrepHours: _repairs, ...service }: ServiceResult): string => JSON.stringify(service);

describe('a run of some services alone', () => {
  it.each([
    ['rbd-vs-des', 'single'],
    ['rbd-vs-des', 'four-of-five'],
    ['fm-cycle', 'line'],
    ['leaf-spine', 'voice'],
    ['multi-cloud-chain', 'transport'],
    ['causes-and-multi-fault', 'strict'],
    ['rare/two-regions', 'callers-of-east'],
  ])('%s, %s: the same bytes as in the run of everything', async (file, id) => {
    const loaded = read(file);
    const whole = await simulate(loaded, SHORT);
    const alone = await simulate(onlyServices(loaded, [id]), SHORT);
    expect(Object.keys(alone.services)).toEqual([id]);
    expect(bytesOf(alone.services[id]!)).toBe(bytesOf(whole.services[id]!));
    for (const [group, result] of Object.entries(alone.groups))
      expect(JSON.stringify(result)).toBe(JSON.stringify(whole.groups[group]));
    expect(alone.run.slice!.elements.kept).toBeLessThanOrEqual(alone.run.slice!.elements.of);
    expect(alone.scenario).toEqual(whole.scenario);
    expect(whole.run.slice).toBeUndefined();
  });

  it('several services, in the order of the file', async () => {
    const { services, run } = await simulate(onlyServices(read('rbd-vs-des'), ['four-of-five', 'single']), SHORT);
    expect(Object.keys(services)).toEqual(['single', 'four-of-five']);
    expect(run.slice!.services).toEqual(['single', 'four-of-five']);
  });

  it('says what was left out, in every report', async () => {
    const result = await simulate(onlyServices(read('rbd-vs-des'), ['single']), SHORT);
    const text = render(result, { format: 'markdown' });
    expect(text).toMatch(/asked for *\| single/);
    expect(text).toMatch(/\d+ of \d+ elements, 0 of \d+ groups: everything else cannot influence them/);
    expect(render(analyse(onlyServices(read('rbd-vs-des'), ['single'])))).toMatch(/Services asked for/);
  });

  it('targets of what is not asked for are not judged', async () => {
    const { targets } = await simulate(onlyServices(read('leaf-spine'), ['one-leaf']), SHORT);
    expect(targets.every(({ of }) => of === 'one-leaf')).toBe(true);
  });

  it('analyse: the number of the whole, and what was left out', () => {
    const loaded = read('causes-and-multi-fault');
    const whole = analyse(loaded);
    const alone = analyse(onlyServices(loaded, ['strict']));
    expect(Object.keys(alone.services)).toEqual(['strict']);
    expect(alone.services['strict']).toEqual(whole.services['strict']);
    expect(alone.slice!.elements.kept).toBeLessThan(alone.slice!.elements.of);
  });

  it('a service that does not exist is an error with a hint', () => {
    const wrong = (): LoadedScenario => onlyServices(read('rbd-vs-des'), ['singel']);
    expect(wrong).toThrow(InputError);
    try {
      wrong();
    } catch (error) {
      expect((error as InputError).problems).toEqual([
        {
          level: 'error',
          code: 'unknown-service',
          message: 'there is no service "singel"',
          hint: 'did you mean "single"?',
        },
      ]);
    }
  });
});
