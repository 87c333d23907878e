import type { Campaign, CampaignRow, CampaignVerdict, FailoverSummary } from '../model/campaign.ts';
import { renderCsv } from './csv.ts';
import { type Block, type Cell, type Document, heading, line, type Tone, table } from './document/document.ts';
import { printCount, printNumber } from './format.ts';

/** Rows shown unless the report is in full. */
const BRIEF = 40;
const TONES: Readonly<Record<CampaignVerdict, Tone>> = { up: 'good', hit: 'good', partial: 'open', down: 'bad' };

/** Verdict per injected fault, worst first, and what each service and region made of all of them. */
export function campaignDocument(report: Campaign, full: boolean): Document {
  const { scenario, rows } = report;
  const shown = full ? rows : rows.slice(0, BRIEF);
  return [
    heading(1, `${scenario.name}: ${scenario.title}`),
    line(describe(report)),
    heading(2, 'Services'),
    summaryTable(report),
    ...regionBlocks(report),
    ...Object.keys(report.services).flatMap((id) => [
      heading(2, `Faults and service ${id}`),
      table(
        TITLES,
        shown.map((row) => faultRow(row, id)),
      ),
      ...(shown.length < rows.length ? [line(`and ${printCount(rows.length - shown.length)} more rows`, 'faint')] : []),
    ]),
  ];
}

const TITLES = ['fault~', '>times', 'verdict', '>longest, s', '>lost, s', 'unrepaired', 'failover, what breaks~'];

function describe({ campaign }: Campaign): string {
  const { kind, injections, possible, faultsPerInjection, gap, seed } = campaign;
  const all = possible > injections ? ` of ${printCount(possible)}` : '';
  const how =
    kind === 'single'
      ? 'every failure mode of every element once'
      : kind === 'pairs'
        ? `pairs, the second ${gap === 'exposure' ? 'during the exposure after the first' : `${gap?.seconds ?? 0} s after the first`}`
        : `${faultsPerInjection} faults drawn at random, seed ${seed}`;
  return `${printCount(injections)}${all} injections: ${how}. Inside an injection nothing is random.`;
}

function summaryTable({ services, campaign }: Campaign): Block {
  const single = campaign.kind === 'single';
  const titles = ['service~', '>up', '>hit', '>partial', '>down', '>longest, s', 'promise'];
  const rows = Object.entries(services).map(([id, summary]): readonly Cell[] => {
    const { up, hit, partial, down, longestSeconds, faultsTolerated: promise } = summary;
    const faults = promise?.promised === 1 ? '1 fault' : `${promise?.promised} faults`;
    const kept: Cell =
      promise === undefined
        ? '–'
        : { text: `${faults}: ${promise.kept ? 'kept' : 'broken'}`, tone: promise.kept ? 'good' : 'bad' };
    const counts = [up, hit, partial, down].map((count) => printCount(count));
    const dpm = single ? [printNumber(summary.singleFaultDpm ?? 0)] : [];
    return [id, ...counts, printNumber(longestSeconds), kept, ...dpm];
  });
  return table(single ? [...titles, '>cost, s/year~'] : titles, rows);
}

function regionBlocks({ regions }: Campaign): readonly Block[] {
  if (regions === undefined) return [];
  const rows = Object.entries(regions).map(([id, failovers]): readonly Cell[] => {
    const { attempts, successes, withinTarget, reasons } = failovers;
    const met = attempts === withinTarget;
    const verdict: Cell = attempts === 0 ? 'no failover' : { text: met ? 'met' : 'missed', tone: met ? 'good' : 'bad' };
    const counts = [attempts, successes, withinTarget].map((count) => printCount(count));
    return [id, ...counts, slowest(failovers), reasons.join(', '), verdict];
  });
  const titles = ['region~', '>failovers', '>successes', '>in time', '>slowest, s', 'reasons~', 'target'];
  return [heading(2, 'Failovers by region'), table(titles, rows)];
}

function slowest({ slowestSeconds }: FailoverSummary): string {
  return slowestSeconds === null ? '–' : printNumber(slowestSeconds);
}

/** Names shown of what a row breaks; JSON and CSV have all. */
const NAMED = 3;

/** What the row breaks of this service, its groups and targets; the service's own promises without its name. */
function broken(row: CampaignRow, id: string): string {
  const elsewhere = Object.keys(row.services).filter((other) => other !== id);
  const names = row.breaks
    .filter((name) => !elsewhere.some((other) => name.startsWith(`${other}.`)))
    .map((name) => (name.startsWith(`${id}.`) ? name.slice(id.length + 1) : name))
    .map((name) => (name === 'faultsTolerated' ? 'promise' : name.replace(/\.failoverTarget$/, ' target')));
  const more = names.length > NAMED ? [`${printCount(names.length - NAMED)} more`] : [];
  return [...names.slice(0, NAMED), ...more].join(', ');
}

function faultRow(row: CampaignRow, id: string): readonly Cell[] {
  const outcome = row.services[id]!;
  const longest = outcome.restored ? printNumber(outcome.longestSeconds) : 'over a year';
  const tone = outcome.unrepaired === 'up' ? 'good' : outcome.unrepaired === 'down' ? 'bad' : 'open';
  return [
    faultText(row),
    printCount(row.injections),
    { text: outcome.verdict, tone: TONES[outcome.verdict] },
    longest,
    printNumber(outcome.lostShareSeconds),
    { text: outcome.unrepaired, tone },
    [failoverText(row.failovers), broken(row, id)].filter((text) => text !== '').join('; '),
  ];
}

/** `1.5 s`, or why it failed; empty when there was none. */
function failoverText({ attempts, reasons, slowestSeconds }: FailoverSummary): string {
  if (attempts === 0) return '';
  const took = slowestSeconds === null ? [] : [`${printNumber(slowestSeconds)} s`];
  return [...reasons, ...took].join(', ');
}

function faultText({ faults }: CampaignRow): string {
  return faults
    .map(
      ({ element, mode, atSeconds }) => `${element}:${mode}${atSeconds === 0 ? '' : ` at ${printNumber(atSeconds)} s`}`,
    )
    .join(' + ');
}

/** One row per fault and service. */
export function campaignCsv({ rows }: Campaign): string {
  const columns = [
    'faults',
    'injections',
    'perYear',
    'service',
    'verdict',
    'outageSeconds',
    'longestSeconds',
    'downSeconds',
    'worstLostShare',
    'lostShareSeconds',
    'restored',
    'unrepaired',
    'failoverAttempts',
    'failoverSuccesses',
    'failoversWithinTarget',
    'slowestFailoverSeconds',
    'failoverReasons',
    'breaks',
  ];
  const cells = rows.flatMap((row) =>
    Object.entries(row.services).map(([id, outcome]) => [
      row.faults.map(({ element, mode, atSeconds }) => `${element}:${mode}@${atSeconds}`).join(' '),
      row.injections,
      row.perYear ?? null,
      id,
      outcome.verdict,
      outcome.outageSeconds,
      outcome.longestSeconds,
      outcome.downSeconds,
      outcome.worstLostShare,
      outcome.lostShareSeconds,
      outcome.restored,
      outcome.unrepaired,
      row.failovers.attempts,
      row.failovers.successes,
      row.failovers.withinTarget,
      row.failovers.slowestSeconds,
      row.failovers.reasons.join(' '),
      row.breaks.join(' '),
    ]),
  );
  return renderCsv(columns, cells);
}
