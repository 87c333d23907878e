import { FENCE, FLOWS } from '../../catalogue/flows.ts';
import { EFFECTS, type Effect, FAILOVER_REASONS, type Flow, MARKS, PHASES, type Step } from '../../model/flow.ts';
import type { Law } from '../../model/law.ts';
import { didYouMean } from '../read/suggest.ts';
import { isMapTree, type Tree } from '../read/tree.ts';
import type { Parser, Section } from './context.ts';
import type { ControlPath } from './control.ts';
import { law } from './law.ts';
import { choice, probability, text, texts } from './parsers.ts';

/** What a step needs that is no control function. */
const NEEDS = ['standby', 'peer', 'host', 'slot', 'crew', 'replication', 'remediated', 'confirmed'];
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

  /** Uses flow `id` for a group, fenced if asked; undefined, and a problem at `from`, if there is none. */
  use(id: string, fenced: boolean, from: Section): Flow | undefined {
    const known = this.#own.get(id) ?? (Object.hasOwn(FLOWS, id) ? FLOWS[id] : undefined);
    if (known === undefined) {
      if (this.#root.has(id)) return undefined;
      const ids = [...this.#own.keys(), ...Object.keys(FLOWS)];
      return from.problem('dangling-reference', `there is no flow "${id}"`, didYouMean(id, ids, 'flows'));
    }
    const flow = fenced ? withFence(known) : known;
    const asking = (step: Step): Step => ({ ...step, needs: this.#control.resolve(step.needs) });
    const name = this.#control.nameHere(flow.id);
    const resolved = { remediation: flow.remediation.map(asking), recovery: flow.recovery.map(asking) };
    this.used[name] ??= { ...flow, id: name, ...resolved };
    return this.used[name];
  }

  #ownFlow(id: string, chain: readonly string[]): Flow | undefined {
    if (this.#own.has(id)) return this.#own.get(id);
    const part = this.#root.at(id);
    const builtIn = Object.hasOwn(FLOWS, id) ? FLOWS[id] : undefined;
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
    if (success !== undefined && onFailure === undefined) {
      part
        .at('success')
        .problem('missing-key', 'a step that can fail needs onFailure', 'onFailure: manual, retry or lose-state');
    }
    const effects = part
      .optional('effects', texts)
      ?.filter((word): word is Effect => EFFECTS.some((each) => each === word));
    return {
      id: step.id,
      by: part.optional('by', text) ?? step.by,
      duration: part.optional('duration', parameterOr<Law>(law)) ?? step.duration,
      needs: part.optional('needs', (list) => this.#control.readNeeds(list, NEEDS)) ?? step.needs,
      ...(success === undefined ? {} : { success }),
      ...(onFailure === undefined ? {} : { onFailure }),
      ...(reason === undefined ? {} : { reason }),
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

/** Name of a parameter of the group, or a value. */
function parameterOr<T>(parse: Parser<T>): Parser<string | T> {
  return (section) => {
    const content = section.tree?.content;
    return typeof content === 'string' && content !== 'never' && PARAMETER.test(content) ? content : parse(section);
  };
}

/** The flow with the fence before its first promotion; flows that isolate by themselves stay as they are (SEM-21). */
function withFence(flow: Flow): Flow {
  if (flow.remediation.some((step) => step.mark === 'isolated')) return flow;
  const promotion = flow.remediation.findIndex((step) => step.effects.includes('promote'));
  if (promotion < 0) return flow;
  return { ...flow, id: `${flow.id}+fence`, remediation: flow.remediation.toSpliced(promotion, 0, FENCE) };
}
