import type { EventTree, EventTreePath, Gate, Ref, Structure } from '../../model/structure.ts';
import type { XmlElement } from '../xml/document.ts';
import type { Definitions } from './collect.ts';
import { booleanConstant, type Formulas } from './events.ts';
import type { Parameters } from './parameters.ts';
import { type Definition, parts, type Report } from './scope.ts';

/** Ways through one tree above which it is not written out. */
const MOST_PATHS = 200_000;
/** Branches, rules and links followed in one way; more means they go in a circle. */
const LONGEST_WAY = 10_000;

/** What has happened on a way so far. */
interface Way {
  readonly factor: number;
  readonly conditions: readonly Ref[];
  readonly houseEvents: ReadonlyMap<number, boolean>;
  readonly states: ReadonlyMap<string, string>;
  readonly steps: number;
}

/** Somewhere to go on: what is still to be read, innermost last. */
interface Task {
  readonly way: Way;
  readonly at: XmlElement;
  readonly tree: Definition;
}

/** Reads event trees as the ways through them. */
export class EventTreeReader {
  private readonly definitions: Definitions;
  private readonly formulas: Formulas;
  private readonly parameters: Parameters;
  private readonly gates: Gate[];
  private readonly report: Report;

  constructor(definitions: Definitions, formulas: Formulas, parameters: Parameters, gates: Gate[], report: Report) {
    this.definitions = definitions;
    this.formulas = formulas;
    this.parameters = parameters;
    this.gates = gates;
    this.report = report;
  }

  /** The tree an initiating event starts; undefined when it names none or a problem was reported. */
  read(initiating: XmlElement, structure: Structure): EventTree | undefined {
    const { report, definitions } = this;
    const name = report.attribute(initiating, 'name');
    const treeName = initiating.attributes.get('event-tree');
    if (name === undefined || treeName === undefined) return undefined;
    const tree = definitions.eventTrees.find(treeName, '');
    if (tree === undefined) {
      const hint = definitions.eventTrees.suggestion(treeName);
      return report.error(initiating, 'unknown-name', `There is no event tree "${treeName}".`, hint);
    }
    const sequences = new Map<string, EventTreePath[]>();
    for (const part of parts(tree.element)) {
      const own = part.tag === 'define-sequence' ? report.attribute(part, 'name') : undefined;
      if (own !== undefined) sequences.set(own, []);
    }
    const begin: Way = { factor: 1, conditions: [], houseEvents: new Map(), states: new Map(), steps: 0 };
    const tasks = this.start(tree, begin);
    let paths = 0;
    while (tasks.length > 0) {
      const task = tasks.pop()!;
      const ended = this.advance(task, name, tasks);
      if (ended === undefined) continue;
      if (++paths > MOST_PATHS) {
        report.unsupported(tree.element, `More than ${MOST_PATHS} ways lead through the event tree.`);
        return undefined;
      }
      const list = sequences.get(ended.sequence);
      if (list === undefined) sequences.set(ended.sequence, [ended.path]);
      else list.push(ended.path);
    }
    const listed = [...sequences].map(([sequence, ways]) => ({ name: sequence, paths: ways }));
    return { name: tree.name, initiatingEvent: name, structure, sequences: listed };
  }

  private start(tree: Definition, way: Way): Task[] {
    const initial = parts(tree.element).find((part) => part.tag === 'initial-state');
    if (initial !== undefined) return [{ way, at: initial, tree }];
    this.report.error(tree.element, 'missing-element', `Event tree "${tree.name}" has no <initial-state>.`);
    return [];
  }

  /** Reads one branch: its instructions, then a fork, a named branch or a sequence. */
  private advance(
    task: Task,
    initiatingEvent: string,
    tasks: Task[],
  ): { sequence: string; path: EventTreePath } | undefined {
    const { report } = this;
    const { at, tree } = task;
    let way: Way | undefined = { ...task.way, steps: task.way.steps + 1 };
    if (way.steps > LONGEST_WAY) return report.error(at, 'cyclic-branches', 'Branches or trees lead in a circle.');
    for (const part of parts(at)) {
      if (part.tag === 'fork') {
        this.fork(part, way, tree, tasks);
        return undefined;
      }
      if (part.tag === 'branch') {
        const branch = this.named(part, tree, 'define-branch', 'branch');
        if (branch !== undefined) tasks.push({ way, at: branch, tree });
        return undefined;
      }
      if (part.tag === 'sequence') return this.sequence(part, way, tree, initiatingEvent, tasks);
      way = this.instruct(part, way, initiatingEvent, 0);
      if (way === undefined) return undefined;
    }
    return report.error(at, 'missing-element', `<${at.tag}> ends in no fork, branch or sequence.`);
  }

  private fork(fork: XmlElement, way: Way, tree: Definition, tasks: Task[]): void {
    const functional = this.report.attribute(fork, 'functional-event');
    if (
      functional === undefined ||
      this.named(fork, tree, 'define-functional-event', 'functional event', functional) === undefined
    )
      return;
    const ways = parts(fork).filter((part) => part.tag === 'path');
    for (const path of ways.reverse()) {
      const state = this.report.attribute(path, 'state');
      if (state === undefined) continue;
      tasks.push({ way: { ...way, states: new Map(way.states).set(functional, state) }, at: path, tree });
    }
  }

  private sequence(
    element: XmlElement,
    begin: Way,
    tree: Definition,
    initiatingEvent: string,
    tasks: Task[],
  ): { sequence: string; path: EventTreePath } | undefined {
    const definition = this.named(element, tree, 'define-sequence', 'sequence');
    if (definition === undefined) return undefined;
    let way: Way | undefined = begin;
    for (const part of parts(definition)) {
      if (part.tag === 'event-tree') {
        const name = this.report.attribute(part, 'name');
        const next = name === undefined ? undefined : this.definitions.eventTrees.find(name, '');
        if (next === undefined) return this.report.error(part, 'unknown-name', `There is no event tree "${name}".`);
        tasks.push(...this.start(next, way));
        return undefined;
      }
      way = this.instruct(part, way, initiatingEvent, 0);
      if (way === undefined) return undefined;
    }
    const { factor, conditions, houseEvents } = way;
    const constants = [...houseEvents].map(([gate, value]) => ({ gate, value }));
    const condition = conditions.length === 0 ? {} : { condition: this.all(conditions) };
    return { sequence: element.attributes.get('name')!, path: { factor, constants, ...condition } };
  }

  private all(conditions: readonly Ref[]): Ref {
    return conditions.length === 1 ? conditions[0]! : ~(this.gates.push({ kind: 'and', inputs: conditions }) - 1);
  }

  /** A definition of the tree by the name an element gives. */
  private named(
    element: XmlElement,
    tree: Definition,
    tag: string,
    what: string,
    name = this.report.attribute(element, 'name'),
  ): XmlElement | undefined {
    if (name === undefined) return undefined;
    const found = parts(tree.element).find((part) => part.tag === tag && part.attributes.get('name') === name);
    if (found !== undefined) return found;
    return this.report.error(element, 'unknown-name', `Event tree "${tree.name}" has no ${what} "${name}".`);
  }

  /** The way after one instruction; undefined when a problem was reported. `depth` counts rules inside rules. */
  private instruct(element: XmlElement, way: Way, initiatingEvent: string, depth: number): Way | undefined {
    const { report } = this;
    if (depth > LONGEST_WAY / 100) return report.error(element, 'cyclic-branches', 'Rules lead in a circle.');
    const inner = parts(element);
    switch (element.tag) {
      case 'collect-expression': {
        if (inner.length !== 1) return this.one(element, inner.length);
        const value = this.value(inner[0]!, way, initiatingEvent);
        return Number.isNaN(value) ? undefined : { ...way, factor: way.factor * value };
      }
      case 'collect-formula': {
        if (inner.length !== 1) return this.one(element, inner.length);
        const condition = this.formulas.ref(inner[0]!, '');
        return condition === undefined ? undefined : { ...way, conditions: [...way.conditions, condition] };
      }
      case 'set-house-event':
        return this.setHouseEvent(element, inner, way);
      case 'block':
        return this.run(inner, way, initiatingEvent, depth);
      case 'rule': {
        const name = report.attribute(element, 'name');
        const rule = name === undefined ? undefined : this.definitions.rules.find(name, '');
        if (rule === undefined) return report.error(element, 'unknown-name', `There is no rule "${name}".`);
        return this.run(parts(rule.element), way, initiatingEvent, depth);
      }
      case 'if': {
        if (inner.length < 2 || inner.length > 3) {
          const message = `<if> takes a condition and one or two instructions, found ${inner.length} elements.`;
          return report.error(element, 'operand-count', message);
        }
        const holds = this.value(inner[0]!, way, initiatingEvent);
        if (Number.isNaN(holds)) return undefined;
        const chosen = holds === 0 ? inner[2] : inner[1];
        return chosen === undefined ? way : this.instruct(chosen, way, initiatingEvent, depth + 1);
      }
      default:
        return report.error(element, 'unknown-instruction', `<${element.tag}> is no instruction of an event tree.`);
    }
  }

  private run(instructions: readonly XmlElement[], way: Way, initiatingEvent: string, depth: number): Way | undefined {
    let at: Way | undefined = way;
    for (const instruction of instructions) {
      if (at !== undefined) at = this.instruct(instruction, at, initiatingEvent, depth + 1);
    }
    return at;
  }

  private setHouseEvent(element: XmlElement, inner: readonly XmlElement[], way: Way): Way | undefined {
    const { report } = this;
    const name = report.attribute(element, 'name');
    const value = inner[0]?.tag === 'constant' ? booleanConstant(inner[0], report) : undefined;
    if (name === undefined) return undefined;
    const event = this.definitions.events.find(name, '');
    if (event?.kind !== 'house-event') {
      return report.error(element, 'unknown-name', `There is no house event "${name}".`);
    }
    if (value === undefined) return this.one(element, inner.length);
    return { ...way, houseEvents: new Map(way.houseEvents).set(~event.ref, value) };
  }

  private value(expression: XmlElement, { states }: Way, initiatingEvent: string): number {
    return this.parameters.value(expression, '', (element) => {
      const name = element.attributes.get('name') ?? '';
      if (element.tag === 'test-initiating-event') return name === initiatingEvent;
      return states.get(name) === element.attributes.get('state');
    });
  }

  private one(element: XmlElement, found: number): undefined {
    return this.report.error(element, 'operand-count', `<${element.tag}> takes one element, found ${found}.`);
  }
}
