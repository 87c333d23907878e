import { type FencingRules, withFence, withLocalisation } from '../../catalogue/detours.ts';
import { allocatePath, computePath, FABRIC_FLOWS } from '../../catalogue/fabric-flows.ts';
import { FLOWS } from '../../catalogue/flows.ts';
import { type Notification, withNotification } from '../../catalogue/notification.ts';
import { throughControl } from '../../catalogue/operations.ts';
import { answersAt, withPathUpdate } from '../../catalogue/path-update.ts';
import type { Fabric } from '../../model/fabric.ts';
import { EFFECTS, type Effect, FAILOVER_REASONS, type Flow, MARKS, PHASES, type Step } from '../../model/flow.ts';
import type { Law } from '../../model/law.ts';
import type { PathUpdate } from '../../model/port-chain.ts';
import { didYouMean } from '../read/suggest.ts';
import { isMapTree, type Tree } from '../read/tree.ts';
import type { Parser, Section } from './context.ts';
import type { ControlPath } from './control.ts';
import { law } from './law.ts';
import { parameterNames } from './parameters.ts';
import { choice, flag, probability, text, texts } from './parsers.ts';

/** What a step needs that is no control function. */
const NEEDS = ['standby', 'peer', 'host', 'slot', 'crew', 'replication', 'remediated', 'confirmed', 'bmc'];
const PARAMETER = /^[A-Za-z][\w-]*$/;

/** Flows of the file and of the catalogue that groups use, with their needs as control function ids. */
export class Flows {
  readonly used: Record<string, Flow> = {};
  readonly #root: Section;
  readonly #control: ControlPath;
  readonly #own = new Map<string, Flow | undefined>();

  constructor(root: Section, control: ControlPath) {
    this.#root = root.at('catalogue').at('flows');
    this.#control = control;
    for (const part of this.#root.entries()) this.#ownFlow(part.key, []);
  }

  /** Uses flow `id` for a group, with its detours; undefined, and a problem at `from`, if there is none. */
  use(id: string, detours: Detours, from: Section, catalogue = FLOWS): Flow | undefined {
    const flow = this.#asked(id, detours, from, catalogue);
    if (flow === undefined) return undefined;
    this.used[flow.id] ??= flow;
    return this.used[flow.id];
  }

  /** Flow `id` with its detours and the control functions it asks. */
  #asked(id: string, detours: Detours, from: Section, catalogue: typeof FLOWS): Flow | undefined {
    const known = this.#own.get(id) ?? (Object.hasOwn(catalogue, id) ? catalogue[id] : undefined);
    if (known === undefined) {
      if (this.#root.has(id)) return undefined;
      const ids = [...this.#own.keys(), ...Object.keys(FLOWS)];
      return from.problem('dangling-reference', `there is no flow "${id}"`, didYouMean(id, ids, 'flows'));
    }
    const flow = told(detoured(led(known, detours, from), detours, from), detours, from);
    const asking = ({ operation, ...step }: Step): Step => ({
      ...step,
      // An operation that the scenario says nothing of is no more than its step.
      ...(operation === undefined || !Object.hasOwn(this.#control.operations, operation) ? {} : { operation }),
      needs: [...new Set([...this.#control.resolve(step.needs), ...this.#control.asked(operation)])],
      ...(step.requires === undefined ? {} : { requires: this.#control.resolve(step.requires) }),
    });
    const name = this.#control.nameHere(flow.id);
    const { scaling } = flow;
    const resolved = {
      remediation: flow.remediation.map(asking),
      recovery: flow.recovery.map(asking),
      ...(scaling === undefined ? {} : { scaling: { out: scaling.out.map(asking), in: scaling.in.map(asking) } }),
    };
    const through = throughControl({ ...flow, id: name, ...resolved }, this.#control.operations, (id) =>
      this.#control.isLimited(id),
    );
    this.#checkQueues(through, from);
    return through;
  }

  /** A request waits in one queue at a time. */
  #checkQueues({ id, remediation, recovery, scaling }: Flow, from: Section): void {
    for (const step of [...remediation, ...recovery, ...(scaling?.out ?? []), ...(scaling?.in ?? [])]) {
      const queues = step.needs.filter((need) => this.#control.isLimited(need));
      if (queues.length < 2) continue;
      const message = `step "${step.id}" of flow ${id} would queue at ${queues.join(' and ')}`;
      from.problem('conflicting-keys', message, 'a limit (concurrency) on one of them');
    }
  }

  /** The flows by which a fabric goes round its faults; what it has prepared is left out of `FL-17` (B-48). */
  useForFabric(fabric: Fabric): void {
    const regions = fabric.kind === 'free' ? [] : Object.values(fabric.recoveryRegions ?? {});
    const { times } = fabric.reroute;
    const flows = [fabric, ...regions].flatMap(({ reroute, bonds }) => [reroute, ...Object.values(bonds)]);
    for (const id of new Set(flows.map(({ flow }) => flow))) {
      const [base = '', ...late] = id.split('+');
      const flow = this.#asked(base, NO_DETOURS, this.#root, FABRIC_FLOWS);
      if (flow === undefined) continue;
      const unknown = parameterNames(flow, (step) => step.duration).filter((name) => !(name in times));
      for (const name of new Set(unknown)) {
        const hint = `a law, or one of ${Object.keys(times).join(', ')}`;
        this.#root.at(base).problem('dangling-reference', `a fabric has no duration "${name}"`, hint);
      }
      if (base !== 'FL-17') {
        this.used[flow.id] ??= flow;
        continue;
      }
      const prepared = [
        ...(late.includes('path') ? [] : [computePath.id]),
        ...(late.includes('allocation') ? [] : [allocatePath.id]),
      ];
      const remediation = flow.remediation.filter((step) => !prepared.includes(step.id));
      this.used[id] = { ...flow, id, remediation };
    }
  }

  #ownFlow(id: string, chain: readonly string[]): Flow | undefined {
    if (this.#own.has(id)) return this.#own.get(id);
    const part = this.#root.at(id);
    const builtIn = Object.hasOwn(FLOWS, id) ? FLOWS[id] : FABRIC_FLOWS[id];
    const base = this.#baseOf(part, id, [...chain, id]);
    const start = base ?? builtIn;
    if (start === undefined && !part.has('base') && !(part.has('remediation') && part.has('recovery'))) {
      part.problem('missing-key', 'a flow needs a base, or remediation and recovery', undefined, { part: 'key' });
    }
    const remediation = this.#half(part, 'remediation', start?.remediation);
    const recovery = this.#half(part, 'recovery', start?.recovery);
    const flow: Flow = {
      id,
      title: part.optional('title', text) ?? start?.title ?? id,
      source: start === undefined ? 'this scenario' : `${start.source}, changed by this scenario`,
      remediation: this.#changed(part.at('steps'), remediation),
      recovery: this.#changed(part.at('steps'), recovery),
    };
    checkChanges(part.at('steps'), [...remediation, ...recovery]);
    checkTargets(part, flow.remediation);
    checkTargets(part, flow.recovery);
    this.#own.set(id, flow);
    return flow;
  }

  #baseOf(part: Section, id: string, chain: readonly string[]): Flow | undefined {
    const base = part.optional('base', text);
    if (base === undefined) return undefined;
    if (base !== id && this.#root.has(base)) {
      if (!chain.includes(base)) return this.#ownFlow(base, chain);
      return part.at('base').problem('cyclic-reference', [...chain, base].join(' starts from '));
    }
    if (Object.hasOwn(FLOWS, base)) return FLOWS[base];
    const known = [...this.#root.entries().map((each) => each.key), ...Object.keys(FLOWS)];
    return part
      .at('base')
      .problem('dangling-reference', `there is no flow "${base}"`, didYouMean(base, known, 'flows'));
  }

  #half(part: Section, half: 'remediation' | 'recovery', base: readonly Step[] = []): readonly Step[] {
    if (!part.has(half)) return base;
    const items = part.at(half).items();
    const steps = items.map((item) =>
      this.#step(item, { ...NEW_STEP, phase: half, id: item.optional('id', text) ?? '' }),
    );
    for (const [i, step] of steps.entries()) {
      const item = items[i]!;
      if (!item.has('duration')) item.problem('missing-key', `step "${step.id}" needs a duration`);
      if (steps.findIndex((other) => other.id === step.id) === i) continue;
      item.problem('duplicate-name', `step "${step.id}" is given twice`, 'steps of a flow have names of their own');
    }
    return steps;
  }

  /** The steps with the changes of the file; `null` removes one. */
  #changed(changes: Section, steps: readonly Step[]): readonly Step[] {
    return steps.flatMap((step) => {
      const change = changeOf(changes, step.id);
      if (change === undefined) return [step];
      return change.content === null ? [] : [this.#step(changes.at(step.id), step)];
    });
  }

  /** `step` with what the file says about it. */
  #step(part: Section, step: Step): Step {
    const success = part.optional('success', parameterOr(probability)) ?? step.success;
    const onFailure =
      part.optional('onFailure', choice(['manual', 'retry', 'lose-state', 'no-fault-found'])) ?? step.onFailure;
    const reason = part.optional('reason', choice(FAILOVER_REASONS)) ?? step.reason;
    const mark = part.optional('mark', choice(MARKS)) ?? step.mark;
    const when = part.optional('when', choice(['stateful', 'state-checked', 'state-replicated'])) ?? step.when;
    const otherwise = part.optional('otherwise', text) ?? step.otherwise;
    const next = part.optional('next', text) ?? step.next;
    const interrupts = part.optional('interrupts', flag) ?? step.interrupts;
    const requires = part.optional('requires', (list) => this.#control.readNeeds(list, [])) ?? step.requires;
    if ((success !== undefined || requires !== undefined) && onFailure === undefined && otherwise === undefined) {
      part
        .at('success')
        .problem(
          'missing-key',
          'a step that can fail needs onFailure or otherwise',
          'onFailure: manual, retry or lose-state; otherwise: the step to go to',
        );
    }
    const operation = part.optional('operation', (each) => this.#control.readOperation(each)) ?? step.operation;
    const effects = part
      .optional('effects', texts)
      ?.filter((word): word is Effect => EFFECTS.some((each) => each === word));
    return {
      id: step.id,
      by: part.optional('by', text) ?? step.by,
      duration: part.optional('duration', parameterOr<Law>(law)) ?? step.duration,
      needs: part.optional('needs', (list) => this.#control.readNeeds(list, NEEDS)) ?? step.needs,
      ...(operation === undefined ? {} : { operation }),
      ...(success === undefined ? {} : { success }),
      ...(onFailure === undefined ? {} : { onFailure }),
      ...(reason === undefined ? {} : { reason }),
      ...(otherwise === undefined ? {} : { otherwise }),
      ...(next === undefined ? {} : { next }),
      ...(interrupts === undefined ? {} : { interrupts }),
      ...(requires === undefined ? {} : { requires }),
      effects: effects ?? step.effects,
      ...(mark === undefined ? {} : { mark }),
      phase: part.optional('phase', choice(PHASES)) ?? step.phase,
      ...(when === undefined ? {} : { when }),
    };
  }
}

const NEW_STEP: Omit<Step, 'id' | 'phase'> = {
  by: 'controller',
  duration: { kind: 'deterministic', value: 0 },
  needs: [],
  effects: ['none'],
};

function changeOf(changes: Section, id: string): Tree | undefined {
  return isMapTree(changes.tree) ? changes.tree.content.get(id) : undefined;
}

function checkChanges(changes: Section, steps: readonly Step[]): void {
  const ids = steps.map((step) => step.id);
  for (const part of changes.entries()) {
    if (ids.includes(part.key)) continue;
    const hint = didYouMean(part.key, ids, 'steps');
    part.problem('dangling-reference', `this flow has no step "${part.key}"`, hint, { part: 'key' });
  }
}

/** Steps may only go on at steps of their own half, and a flow has to come to an end. */
function checkTargets(part: Section, steps: readonly Step[]): void {
  const ids = [...steps.map((step) => step.id), 'end'];
  for (const step of steps) {
    for (const key of ['next', 'otherwise'] as const) {
      const id = step[key];
      if (id === undefined || (ids.includes(id) && !(key === 'otherwise' && id === 'end'))) continue;
      const hint = didYouMean(id, ids, 'steps');
      part.problem('dangling-reference', `step "${step.id}" goes on at "${id}", which is no step here`, hint);
    }
  }
  const seen = new Set<number>();
  for (let i = 0; i < steps.length; ) {
    const { id, next } = steps[i]!;
    if (seen.has(i)) {
      part.problem('cyclic-reference', `the steps from "${id}" on never end`, 'next: end');
      return;
    }
    seen.add(i);
    if (next === 'end') return;
    i = next === undefined ? i + 1 : steps.findIndex((step) => step.id === next);
    if (i < 0) return;
  }
}

/** Name of a parameter of the group, or a value. */
function parameterOr<T>(parse: Parser<T>): Parser<string | T> {
  return (section) => {
    const content = section.tree?.content;
    return typeof content === 'string' && content !== 'never' && PARAMETER.test(content) ? content : parse(section);
  };
}

/** What a group adds to its flow. */
export interface Detours {
  readonly fencing: FencingRules | undefined;
  readonly localisation: boolean;
  /** From detected to told, before all else. */
  readonly notification?: Notification | undefined;
  /** The group is a hop of a port chain. */
  readonly path?: PathUpdate | undefined;
  /** Members share the load. */
  readonly sharing?: boolean;
  /** Id of the group. */
  readonly of: string;
}

const NO_DETOURS: Detours = { fencing: undefined, localisation: false, of: '' };

/** The flow with the update of the path that leads to the members. */
function led(flow: Flow, { path, sharing = false }: Detours, from: Section): Flow {
  if (path === undefined) return flow;
  const byItself = flow.recovery.some(({ duration }) => duration === 'chainUpdate');
  if (flow.remediation.length === 0 && answersAt(flow) >= 0 && !byItself) return withPathUpdate(flow, path, sharing);
  const why =
    flow.remediation.length > 0
      ? 'takes members out of service by itself'
      : byItself
        ? 'updates the chain in one step of its own'
        : 'builds no member';
  from.problem(
    'wrong-flow',
    `flow "${flow.id}" ${why}, and port chain "${path.chain}" leads through this group`,
    'use FL-14',
  );
  return flow;
}

/** The flow after the hops by which whoever acts is told. */
function told(flow: Flow, { notification, of }: Detours, from: Section): Flow {
  if (notification === undefined) return flow;
  if (flow.remediation.length > 0 && flow.remediation.every(({ mark }) => mark !== 'notified'))
    return { ...withNotification(flow, notification), id: `${flow.id}+notify(${of})` };
  const why = flow.remediation.length === 0 ? 'has no remediation that could be told' : 'notifies by itself';
  from.problem('conflicting-keys', `flow "${flow.id}" ${why}`, 'leave "notification" away');
  return flow;
}

/** The flow with localisation and fencing; its id says what has been added, and for whom if that is not the usual. */
function detoured(flow: Flow, { fencing, localisation, of }: Detours, from: Section): Flow {
  let found = flow;
  if (fencing !== undefined) {
    const fenced = withFence(found, fencing);
    const usual = fencing.required && fencing.onFailure === 'manual' && fencing.requires.length === 0;
    if (fenced !== found) found = { ...fenced, id: `${found.id}+fence${usual ? '' : `(${of})`}` };
  }
  if (!localisation) return found;
  // A remediation of the wrong region is a whole one, with its isolation.
  const localised = withLocalisation(found);
  if (localised !== found) return { ...localised, id: `${found.id}+localise` };
  from.problem('conflicting-keys', `flow "${flow.id}" localises by itself`);
  return found;
}
