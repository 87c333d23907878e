import { mainLine, type Step } from '../model/flow.ts';
import type { Group, Scenario } from '../model/scenario.ts';
import type { LawTable } from './laws.ts';
import { type GroupTable, NEIGHBOUR } from './model.ts';
import { packRows } from './rows.ts';

/** What imperfect fault management adds to a group: programs of its own, and its columns. */

/** The steps that are taken in this group; what leads to a step that is not leads to the one after it. */
export function taken(steps: readonly Step[], applies: (step: Step) => boolean): readonly Step[] {
  const follow = (id: string): string => {
    const at = steps.findIndex((step) => step.id === id);
    if (at < 0 || applies(steps[at]!)) return id;
    return follow(steps[at]!.next ?? steps[at + 1]?.id ?? 'end');
  };
  return steps.flatMap((step, i) => {
    if (!applies(step)) return [];
    const following = steps[i + 1];
    const skips = step.next === undefined && following !== undefined && !applies(following);
    const next = step.next ?? (skips ? following.id : undefined);
    return [
      {
        ...step,
        ...(next === undefined ? {} : { next: follow(next) }),
        ...(step.otherwise === undefined ? {} : { otherwise: follow(step.otherwise) }),
      },
    ];
  });
}

/**
 * A planned switchover (B-59, FL-18c): nothing has to be detected or isolated; whoever the failover asks for its last
 * step is asked, and the service is interrupted for one switch time.
 */
export function switchoverSteps(remediation: readonly Step[], times: Group['times']): readonly Step[] {
  const connecting = remediation.find((step) => step.effects.includes('connect'));
  return [
    {
      id: 'switch-over',
      by: connecting?.by ?? 'standby',
      duration: times['switchover'] ?? connecting?.duration ?? { kind: 'deterministic', value: 0 },
      needs: connecting?.needs ?? [],
      effects: ['hand-over'],
      interrupts: true,
      phase: 'switchover',
    },
  ];
}

/**
 * The component stops itself in place of localisation and isolation (SEM-27), and the rest of the flow follows; if it does
 * not, the whole flow does.
 */
export function failFastSteps(
  { time, success }: NonNullable<Group['failFast']>,
  remediation: readonly Step[],
): readonly Step[] {
  const fallback = (id: string): string => (id === 'end' ? id : `${id}-all-the-same`);
  const rest = mainLine(remediation).filter((step) => step.mark !== 'localised' && step.mark !== 'isolated');
  const stop: Step = {
    id: 'fail-fast',
    by: 'member',
    duration: time,
    needs: [],
    success,
    otherwise: fallback(remediation[0]!.id),
    effects: ['fence'],
    mark: 'isolated',
    phase: 'isolation',
  };
  return [
    stop,
    ...rest.map((step, i) => ({
      ...step,
      next: rest[i + 1]?.id ?? 'end',
      ...(step.otherwise === undefined ? {} : { otherwise: fallback(step.otherwise) }),
    })),
    ...remediation.map((step) => ({
      ...step,
      id: fallback(step.id),
      ...(step.next === undefined ? {} : { next: fallback(step.next) }),
      ...(step.otherwise === undefined ? {} : { otherwise: fallback(step.otherwise) }),
    })),
  ];
}

/** Two layers have acted on one fault: the roles go to and fro once more (SEM-26). */
export function raceStep(seconds: number): Step {
  return {
    id: 'race',
    by: 'both layers',
    duration: { kind: 'deterministic', value: seconds },
    needs: [],
    effects: [],
    interrupts: true,
    phase: 'race',
  };
}

type ImperfectColumns = Pick<
  GroupTable,
  | 'grayCoverage'
  | 'grayLaw'
  | 'splitLoss'
  | 'splitLaw'
  | 'splitSlot'
  | 'containment'
  | 'neighbour'
  | 'siblingStart'
  | 'sibling'
>;

export function faultManagementColumns(
  scenario: Scenario,
  laws: LawTable,
  splitSlot: (group: number) => number,
): ImperfectColumns {
  const ids = Object.keys(scenario.groups);
  const groups = Object.values(scenario.groups);
  const errs = ({ flow }: Group): boolean =>
    scenario.flows[flow]!.remediation.some(({ effects }) => effects.includes('misdirect'));
  const siblings = packRows(groups.map((group, i) => (errs(group) ? siblingsOf(group, i, ids, groups) : [])));
  return {
    grayCoverage: Float64Array.from(groups.map(({ detection }) => detection.gray?.coverage ?? detection.coverage)),
    grayLaw: Int32Array.from(
      groups.map(({ detection: { gray } }) => (gray?.latency === undefined ? -1 : laws.add(gray.latency))),
    ),
    splitLoss: Float64Array.from(
      groups.map(({ splitBrain, state }) => splitBrain?.impact ?? (state.stateful ? 1 : 0.5)),
    ),
    splitLaw: Int32Array.from(
      // Resolved by hand unless the scenario knows better.
      groups.map(({ splitBrain, times }) =>
        laws.add(splitBrain?.resolve ?? times['manualRestore'] ?? { kind: 'never' }),
      ),
    ),
    splitSlot: Int32Array.from(groups, (_, i) => splitSlot(i)),
    containment: Float64Array.from(groups.map(({ containment }) => containment?.probability ?? 1)),
    neighbour: Int32Array.from(groups.map(({ containment }) => neighbourOf(containment?.neighbour ?? 'peer', ids))),
    siblingStart: siblings.start,
    sibling: siblings.items,
  };
}

function neighbourOf(neighbour: NonNullable<Group['containment']>['neighbour'], ids: readonly string[]): number {
  return typeof neighbour === 'string' ? NEIGHBOUR[neighbour] : ids.indexOf(neighbour.group);
}

const carriesAlone = ({ sharing, existing }: Group): boolean => sharing === undefined && existing === undefined;

/** The groups stated, else those with a pool in common whose active member can be taken for the one that failed. */
function siblingsOf(group: Group, self: number, ids: readonly string[], groups: readonly Group[]): number[] {
  if (group.siblings !== undefined) return group.siblings.map((id) => ids.indexOf(id));
  const { pools } = group.placement;
  return ids.flatMap((_, i) =>
    i !== self && carriesAlone(groups[i]!) && groups[i]!.placement.pools.some((pool) => pools.includes(pool))
      ? [i]
      : [],
  );
}
