import type { TableOptions } from '../index.ts';
import { optionValue, properShare, wrongOption } from './quantities.ts';
import type { Calculators } from './session.ts';
import { namedEntries, readSplit } from './splits.ts';
import { cloud, durations, incident, namedNumbers, number, numbers, risk, share, time } from './table-values.ts';

/** One option of `table`: which tables it changes, and what it says to them. */
export interface TableOption {
  readonly name: string;
  readonly argument: string;
  readonly help: string;
  readonly tables: readonly string[];
  /** `option` is the option as messages name it. */
  readonly read: (text: string, option: string, api: Calculators) => TableOptions;
}

const CHAINS = ['chain-nines', 'chain-dpm'];

export const TABLE_OPTIONS: readonly TableOption[] = [
  {
    name: 'lengths',
    argument: 'list',
    help: 'numbers of elements, for example 1,5,10',
    tables: CHAINS,
    read: (text, option, api) => ({ lengths: numbers(text, option, api, { whole: true }) }),
  },
  {
    name: 'element-nines',
    argument: 'list',
    help: 'nines of one element, for example 3,4.5,6',
    tables: CHAINS,
    read: (text, option, api) => ({ elementNines: numbers(text, option, api) }),
  },
  {
    name: 'zones',
    argument: 'list',
    help: 'colour zones and the nines they begin at, for example red=0,yellow=4,light green=5',
    tables: CHAINS,
    read: (text, option, api) => ({
      zones: namedNumbers(text, option, api)
        .map(([name, fromNines]) => ({ name, fromNines, source: 'as asked for' }))
        .sort((a, b) => a.fromNines - b.fromNines),
    }),
  },
  {
    name: 'form',
    argument: 'form',
    help: 'wide, or long: one row per point, ready to plot',
    tables: CHAINS,
    read: (text, option, api) =>
      text === 'wide' || text === 'long'
        ? { form: text }
        : wrongOption(option, `expected wide or long, got "${text}"`, api, 'bad-entry'),
  },
  {
    name: 'target',
    argument: 'list',
    help: 'availabilities or downtimes, for example 0.99999,0.999999',
    tables: ['allocation'],
    read: (text, option, api) => ({
      targets: text.split(',').map((each) => optionValue(option, api.parseUnavailability(each), api)),
    }),
  },
  {
    name: 'split',
    argument: 'list',
    help: 'blocks and their percentages, for example HW=30,APP=70',
    tables: ['allocation'],
    read: (split, _option, api) => ({ split: readSplit({ split }, api) }),
  },
  {
    name: 'incidents',
    argument: 'list',
    help: 'incidents of another year, NAME=PERCENT:THOUSAND SUBSCRIBERS:HOURS each',
    tables: ['enisa'],
    read: (text, option, api) => ({ categories: namedEntries(option, text, api).map(incident(option, api)) }),
  },
  {
    name: 'topology',
    argument: 'cloud',
    help: 'R160, or counts laid over it, for example spines=2,leafs=8,compute=64,guests=10',
    tables: ['criticality'],
    read: (text, option, api) => ({ cloud: cloud(text, option, api) }),
  },
  {
    name: 'network-use',
    argument: 'share',
    help: 'share of the guests that use network nodes, for example 30%',
    tables: ['criticality'],
    read: (text, option, api) => ({ networkUse: share(text, option, api) }),
  },
  {
    name: 'storage-use',
    argument: 'share',
    help: 'share of the guests that use shared storage',
    tables: ['criticality'],
    read: (text, option, api) => ({ storageUse: share(text, option, api) }),
  },
  {
    name: 'outages',
    argument: 'list',
    help: 'adds the risk: PRIORITY=OUTAGES A YEAR[:ACTIVATION], for example 1=0.1,5=0.5:0.01',
    tables: ['criticality'],
    read: (text, option, api) => ({ risk: risk(text, option, api) }),
  },
  {
    name: 'updates',
    argument: 'number',
    help: 'updates a year',
    tables: ['upgrade-budgets'],
    read: (text, option, api) => ({ updatesPerYear: number(text, option, api) }),
  },
  {
    name: 'times',
    argument: 'list',
    help: 'durations laid over the default ones, for example detection=5ms,recovery=2min',
    tables: ['fm-timeline'],
    read: (text, option, api) => ({ durations: durations(text, option, api) }),
  },
  {
    name: 'failures',
    argument: 'number',
    help: 'failures a year of what is left during recovery',
    tables: ['fm-timeline'],
    read: (text, option, api) => ({ failuresPerYear: number(text, option, api) }),
  },
  {
    name: 'success',
    argument: 'list',
    help: 'success probabilities to demonstrate, for example 99%,4 nines',
    tables: ['sample-sizes'],
    read: (text, option, api) => ({
      failures: text.split(',').map((each) => optionValue(option, api.parseProbability(each), api).complement),
    }),
  },
  {
    name: 'confidence',
    argument: 'share',
    help: 'confidence of the demonstration',
    tables: ['sample-sizes'],
    read: (text, option, api) => ({ confidence: properShare(option, text, api) }),
  },
  {
    name: 'nodes',
    argument: 'count',
    help: 'nodes that share the spares',
    tables: ['spares'],
    read: (text, option, api) => ({ spares: { nodes: number(text, option, api, { whole: true }) } }),
  },
  {
    name: 'node-outages',
    argument: 'number',
    help: 'failures of one node a year that need a repair',
    tables: ['spares'],
    read: (text, option, api) => ({ spares: { outagesPerYear: number(text, option, api) } }),
  },
  {
    name: 'risk',
    argument: 'share',
    help: 'accepted chance of running out between two visits',
    tables: ['spares'],
    read: (text, option, api) => ({ spares: { risk: properShare(option, text, api) } }),
  },
  {
    name: 'visits',
    argument: 'list',
    help: 'times between repair visits, for example weekly=1week,monthly=1month',
    tables: ['spares'],
    read: (text, option, api) => ({
      spares: {
        batches: namedEntries(option, text, api).map(({ name, value = '' }) => ({
          name,
          hours: time(value, `${option} ${name}`, api) / 3_600,
        })),
      },
    }),
  },
];
