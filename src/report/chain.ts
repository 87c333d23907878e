import type { ChainReport, ChainReward } from '../model/calculation.ts';
import { type CsvValue, renderCsv } from './csv.ts';
import { type Block, type Cell, type Document, heading, line, table } from './document/document.ts';
import { printComplement, printCount, printDuration, printNumber } from './format.ts';

/** States in the brief report. */
const BRIEF = 20;

/** A Markov chain solved for the long run, the first failure and the instants asked for. */
export function chainDocument(
  { name, title, size, method, relativeError, states, rewards }: ChainReport,
  full: boolean,
): Document {
  const shown = full ? states : states.slice(0, BRIEF);
  const rest =
    shown.length < states.length ? `, the first ${printCount(shown.length)} of ${printCount(states.length)}` : '';
  const how = method === 'gth' ? 'elimination' : 'iteration';
  return [
    heading(1, name === title ? name : `${name}: ${title}`),
    line(
      `${printCount(size.states)} states, ${printCount(size.transitions)} transitions; solved by ${how}, relative error of every probability below ${printNumber(relativeError, 2)}.`,
    ),
    ...rewards.flatMap(rewardBlocks),
    heading(2, `States in the long run${rest}`),
    table(
      ['state~', '>probability'],
      shown.map(({ state, probability }) => [state, printNumber(probability, 12)]),
    ),
  ];
}

function rewardBlocks(reward: ChainReward): readonly Block[] {
  const { name, mean, unavailability, nines, dpm, frequencyPerYear, mutHours, mdtHours, mttfHours, at } = reward;
  const rows: readonly (readonly Cell[])[] = [
    ['mean', printNumber(mean, 12)],
    ['availability', `${printComplement(unavailability)} %`],
    ['nines', printNumber(nines, 5)],
    ['unavailability', printNumber(unavailability, 12)],
    ['downtime (DPM)', `${printNumber(dpm, 12)} s/year`],
    ['outages', `${printNumber(frequencyPerYear)} 1/year`],
    ['mean up time', `${printNumber(mutHours)} h`],
    ...(mdtHours === null ? [] : [['mean down time', `${printNumber(mdtHours)} h`]]),
    ['mean time to the first', `${printNumber(mttfHours)} h`],
  ];
  return [
    heading(2, `Reward ${name}: states where it is above 0 count as down`),
    table(['~', '>'], rows),
    ...(at.length === 0 ? [] : [instantTable(at)]),
  ];
}

function instantTable(at: ChainReward['at']): Block {
  return table(
    ['>time', '>reward then', '>mean until then'],
    at.map(({ hours, instant, average }) => [
      printDuration(hours * 3_600),
      printNumber(instant, 12),
      printNumber(average, 12),
    ]),
  );
}

/** One row per number. */
export function chainCsv({ states, rewards }: ChainReport): string {
  const rows = rewards.flatMap(({ name, at, ...measures }): CsvValue[][] => [
    ...Object.entries(measures).map(([measure, value]): CsvValue[] => ['reward', name, measure, null, value]),
    ...at.flatMap(({ hours, instant, average }): CsvValue[][] => [
      ['reward', name, 'instant', hours, instant],
      ['reward', name, 'average', hours, average],
    ]),
  ]);
  const probabilities = states.map(({ state, probability }) => ['state', state, 'probability', null, probability]);
  return renderCsv(['part', 'name', 'measure', 'hours', 'value'], [...rows, ...probabilities]);
}
