import type { Law } from './law.ts';

/** Impact classes of B-74: guests are down at once, only when something is asked for, or never. */
export const IMPACTS = ['Critical', 'Major', 'Minor', 'N/A'] as const;
export type Impact = (typeof IMPACTS)[number];

/** The graver of two classes. */
export function graver(a: Impact, b: Impact): Impact {
  return IMPACTS.indexOf(a) <= IMPACTS.indexOf(b) ? a : b;
}

/** What an operation of the control path asks, and what becomes of one that fails (B-80). */
export interface OperationRules {
  /** Ids of the control functions it cannot do without. */
  readonly needs: readonly string[];
  /** Absent: an operation that has begun succeeds. */
  readonly failing?: FailingOperation;
}

/** A step of the operation fails at its end, is noticed as failed, and is tried again. */
export interface FailingOperation {
  /** Probability, [0, 1). */
  readonly probability: number;
  /** Failed → whoever asked is told and tries again. */
  readonly notify: Law;
  /** Share of the failed ones that leave a slot of a node taken, [0, 1]. */
  readonly orphans: number;
}

/** What the class of a control function depends on. */
interface Uses {
  readonly control: Readonly<Record<string, { readonly needs?: readonly string[] }>>;
  readonly operations?: Readonly<Record<string, OperationRules>>;
  readonly flows: Readonly<Record<string, { readonly remediation: Steps; readonly recovery: Steps }>>;
}

type Steps = readonly { readonly needs: readonly string[]; readonly operation?: string }[];

/** A class, and the operations or steps it comes from. */
export interface DerivedImpact {
  readonly impact: Impact;
  /** Operations that ask for it, directly or through what needs it, and whatever else does. */
  readonly askedBy: readonly string[];
}

/** Of an operation that is asked for at planned times only. */
const PLANNED: readonly string[] = ['upgrade'];

/**
 * Class of each control function by closure (B-74): Critical if a service stands on it, Major if an operation or a step
 * asks for it, and as grave as anything that needs it.
 * @param stoodOn names that services stand on
 */
export function derivedImpacts(
  { control, operations = {}, flows }: Uses,
  stoodOn: readonly string[],
): ReadonlyMap<string, DerivedImpact> {
  const found = new Map(
    Object.keys(control).map((id): [string, DerivedImpact] => [id, { impact: 'Minor', askedBy: [] }]),
  );
  const note = (id: string, impact: Impact, by: string): void => {
    const known = found.get(id);
    if (known === undefined || known.askedBy.includes(by)) return;
    const least = known.impact === 'Minor' && impact === 'N/A' ? impact : graver(known.impact, impact);
    found.set(id, { impact: known.impact === 'N/A' ? impact : least, askedBy: [...known.askedBy, by] });
    for (const below of control[id]!.needs ?? []) note(below, impact, by);
  };
  for (const name of stoodOn)
    note(Object.hasOwn(control, name) ? name : name.replace(/-\d+$/, ''), 'Critical', 'services');
  for (const [operation, { needs }] of Object.entries(operations)) {
    for (const id of needs) note(id, PLANNED.includes(operation) ? 'N/A' : 'Major', operation);
  }
  for (const { remediation, recovery } of Object.values(flows)) {
    for (const { needs, operation } of [...remediation, ...recovery]) {
      // What the operation of a step asks has been noted.
      const asked = operation === undefined ? [] : (operations[operation]?.needs ?? []);
      for (const id of needs) if (!asked.includes(id)) note(id, 'Major', 'flows');
    }
  }
  return found;
}
