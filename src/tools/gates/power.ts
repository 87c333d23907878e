/**
 * What the regression gate can do, measured: how often it finds a downtime that is 5 % higher, how often it fails where
 * nothing has changed, and how many histories that takes against independent runs. `node dist/gates.js [seeds]`.
 */
import { exactUnavailability } from '../../decisions/exact.ts';
import { type Baseline, baseline, check, type Labelled, loadScenario, readTextFile } from '../../index.ts';

const FILE = 'scenarios/pair-chain.yaml';
/** Short histories: the test may stop after 32 of them. */
const YEARS = 10;
const PAIRED = 1_500;
const INDEPENDENT = 20_000;

/** Ways to bring 5 % more downtime, by a setting with one number in it. */
const CHANGES: Readonly<Record<string, (x: number) => readonly string[]>> = {
  'repair by hand takes longer': (x) => [`groups.pair.times.manualRestore={exponential: ${x} h}`],
  'more faults': (x) => [`groups.pair.failures.fault.mtbf=${1000 / x} h`],
  'more failed switches': (x) => [`groups.pair.probabilities.switch=${1 - 0.02 * x}`],
};

async function load(set: readonly string[], rename = false): Promise<Labelled & { readonly file: string }> {
  const text = readTextFile(FILE);
  // Other names are other streams: the same cloud without anything in common.
  const other = text.replace('  pair:\n    failures', '  twin:\n    failures').replace('uses: [pair]', 'uses: [twin]');
  const { scenario, digest } = await loadScenario(rename ? other : text, { set, file: FILE });
  return { label: 'pair-chain', file: FILE, scenario, digest };
}

/** The setting at which the exact downtime is `factor` times as long. */
async function scaled(of: (x: number) => readonly string[], factor: number): Promise<readonly string[]> {
  const downtime = async (set: readonly string[]): Promise<number> =>
    exactUnavailability((await load(set)).scenario).get('pair')!;
  const wanted = factor * (await downtime(of(1)));
  let [below, above] = [1, 2];
  for (let i = 0; i < 40; i++) {
    const middle = (below + above) / 2;
    if ((await downtime(of(middle))) < wanted) below = middle;
    else above = middle;
  }
  return of(above);
}

interface Tally {
  found: number;
  open: number;
  histories: number;
}

const BASELINES = new Map<string, Promise<Baseline>>();

/** Taken once per seed: every change is held against the same. */
function baselineOf(before: Labelled, seed: string, histories: number): Promise<Baseline> {
  const known = BASELINES.get(seed) ?? baseline([before], { seed, years: YEARS, histories });
  BASELINES.set(seed, known);
  return known;
}

async function measure(seeds: number, now: Labelled & { readonly file: string }, paired: boolean): Promise<Tally> {
  const tally: Tally = { found: 0, open: 0, histories: 0 };
  const before = await load([]);
  const subject = { ...now, scenario: { ...now.scenario, targets: [] } };
  const histories = paired ? PAIRED : INDEPENDENT;
  for (let i = 0; i < seeds; i++) {
    const taken = await baselineOf(before, paired ? `seed-${i}` : 'independent', histories);
    const entry = taken.scenarios['pair-chain']!;
    // Against other histories than those of the baseline: what a gate without pairs would do.
    const against: Baseline = paired
      ? taken
      : { ...taken, scenarios: { 'pair-chain': { ...entry, seed: `other-${i}` } } };
    const { scenarios } = await check([subject], { baseline: against, exact: false, histories });
    const [regression] = scenarios[0]!.regressions;
    if (regression!.verdict === 'fail') tally.found++;
    if (regression!.verdict === 'undecided') tally.open++;
    tally.histories += regression!.histories / seeds;
  }
  return tally;
}

const seeds = Number(process.argv[2] ?? 100);
const independentSeeds = Number(process.argv[3] ?? Math.min(seeds, 10));
console.log(`pair-chain, histories of ${YEARS} years, ${seeds} seeds (independent runs: ${independentSeeds})`);
const same = await measure(seeds, await load([], true), true);
console.log(`no change, other names: ${same.found} failed, ${same.open} open, ${same.histories.toFixed(0)} histories`);
for (const [name, of] of Object.entries(CHANGES)) {
  const now = await load(await scaled(of, 1.05));
  const paired = await measure(seeds, now, true);
  const alone = await measure(independentSeeds, now, false);
  const ratio = alone.histories / paired.histories;
  console.log(
    `5 % more, ${name}: found ${paired.found}, open ${paired.open}, ${paired.histories.toFixed(0)} histories; ` +
      `independent: found ${alone.found}, open ${alone.open}, ${alone.histories.toFixed(0)}; ratio ${ratio.toFixed(1)}`,
  );
}
