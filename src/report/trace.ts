import type { ClusterRecord, MemberRecord } from '../model/cluster.ts';
import { MARKS } from '../model/flow.ts';
import type { Trace, TraceStep } from '../model/result.ts';
import { MEMBER_OPERATIONS } from '../model/scenario.ts';
import { renderCsv } from './csv.ts';
import { type Block, type Cell, type Document, heading, line, type Tone, table } from './document/document.ts';
import { printInstant, printInstants, printNumber } from './format.ts';

/** A scripted fault: every step, the marks t0 … t9, and what each service lost. */
export function traceDocument(trace: Trace): Document {
  const { scenario, element, mode } = trace;
  return [
    heading(1, `${scenario.name}: ${scenario.title}`),
    line(
      `${isPlanned(mode) ? `${mode} of ${element}` : `${element} fails (${mode})`} at 0 s. Nothing is random: branches go the likelier way, probes are at their worst.`,
    ),
    heading(2, 'Steps'),
    table(STEP_TITLES, stepRows(trace)),
    heading(2, 'Marks'),
    table(['', 'mark', '>time, s'], markRows(trace)),
    ...serviceBlocks(trace),
    ...Object.entries(trace.clusters ?? {}).flatMap(([id, cluster]) => clusterBlocks(id, cluster)),
  ];
}

const STEP_TITLES = ['>time, s', 'step~', 'entity~', 'by~', 'flow~?1', 'needs~?3', 'side?2', 'outcome~'];

const TONES: Readonly<Record<string, Tone>> = { waiting: 'open', interrupted: 'open', failed: 'bad', abandoned: 'bad' };

/** The script is about a planned change, not a fault. */
const isPlanned = (mode: string): boolean => MEMBER_OPERATIONS.some((operation) => operation === mode);

function stepRows({ steps }: Trace): readonly (readonly Cell[])[] {
  const times = printInstants(steps.map(({ t }) => t));
  return steps.map((step, i) => stepRow(times[i]!, step));
}

/** One line per step. */
function stepRow(time: string, step: TraceStep): readonly Cell[] {
  const tone = TONES[step.outcome] ?? (step.step === 'fail' ? 'bad' : undefined);
  const outcome = step.waited === 0 ? step.outcome : `${step.outcome}, waited ${printNumber(step.waited)} s`;
  return [
    time,
    step.step,
    step.entity,
    step.by,
    step.flow,
    step.needs.join(', '),
    sideOf(step),
    tone === undefined ? outcome : { text: outcome, tone },
  ];
}

/** Who answers for a step (B-54), in a narrow column; what asks a control function is named after it. */
function sideOf({ side, control }: TraceStep): string {
  if (side === null) return '';
  return control ? 'MANO' : side === 'guest' ? 'guest' : 'infra';
}

function markRows({ marks }: Trace): readonly (readonly Cell[])[] {
  return MARKS.map((mark, i) => {
    const time = marks[mark];
    return [`t${i}`, mark, time === null ? '–' : printInstant(time)];
  });
}

function serviceBlocks({ services }: Trace): readonly Block[] {
  const rows = Object.entries(services).map(([id, service]) => [
    id,
    printInstant(service.outageSeconds),
    printInstant(service.downSeconds),
    printInstant(service.lostShare),
    printNumber(service.sessionsLost),
    ...(service.sessionsMoved === undefined ? [] : [printNumber(service.sessionsMoved)]),
  ]);
  if (rows.length === 0) return [];
  const moves = Object.values(services).some(({ sessionsMoved }) => sessionsMoved !== undefined);
  const titles = [
    'service~',
    '>outage, s',
    '>total loss, s',
    '>share × time, s',
    '>sessions lost',
    ...(moves ? ['>sessions moved'] : []),
  ];
  return [heading(2, 'Services'), table(titles, rows)];
}

/** The record of a cluster and those of its members, before and after (A-39, A-40). */
function clusterBlocks(id: string, { before, after }: NonNullable<Trace['clusters']>[string]): readonly Block[] {
  const columns = Object.keys(before.record) as (keyof ClusterRecord)[];
  const rows = columns.map((name) => [name, before.record[name], after.record[name]]);
  return [
    heading(2, `Cluster ${id}`),
    table(['column', 'before~', 'after~'], rows),
    heading(2, `Members of ${id} before`),
    memberTable(before.members),
    heading(2, `Members of ${id} after`),
    memberTable(after.members),
  ];
}

function memberTable(members: readonly MemberRecord[]): Block {
  const columns: readonly (keyof MemberRecord)[] = MEMBER_COLUMNS;
  return table(
    columns.map((name) => `${name}~`),
    members.map((member) => columns.map((name) => member[name])),
  );
}

const MEMBER_COLUMNS = [
  'id',
  'tenant_id',
  'name',
  'cluster_id',
  'vnf_id',
  'mgmt_url',
  'role',
  'lb_member_id',
  'placement_attr',
] as const satisfies readonly (keyof MemberRecord)[];

/** One row per step. */
export function traceCsv({ steps }: Trace): string {
  const columns = ['t', 'step', 'entity', 'by', 'flow', 'needs', 'control', 'side', 'waited', 'outcome'];
  const rows = steps.map(({ t, step, entity, by, flow, needs, control, side, waited, outcome }) => {
    return [t, step, entity, by, flow, needs.join(' '), control, side, waited, outcome];
  });
  return renderCsv(columns, rows);
}
