import type { Gate, Ref } from '../../model/structure.ts';
import type { XmlElement } from '../xml/document.ts';
import { type Definition, parts, type Report, type Scope } from './scope.ts';

/** A gate, house event or basic event; the three share their names. */
export interface EventDefinition extends Definition {
  readonly kind: 'gate' | 'house-event' | 'basic-event';
  /** What formulas refer to it by. */
  readonly ref: Ref;
}

const EVENT_TAGS = new Set(['event', 'gate', 'house-event', 'basic-event']);

/** Number of operands a connective takes. */
const CONNECTIVES: Readonly<Record<string, readonly [number, number]>> = {
  and: [1, Infinity],
  or: [1, Infinity],
  nand: [1, Infinity],
  nor: [1, Infinity],
  xor: [1, Infinity],
  iff: [2, 2],
  imply: [2, 2],
  not: [1, 1],
  atleast: [1, Infinity],
  cardinality: [1, Infinity],
};

/** Turns formulas into gates, which are appended to `gates`. Nesting is bounded by the XML reader's limit. */
export class Formulas {
  private readonly scope: Scope<EventDefinition>;
  private readonly gates: Gate[];
  private readonly report: Report;
  /** Events some formula has read. */
  readonly used = new Set<EventDefinition>();

  constructor(scope: Scope<EventDefinition>, gates: Gate[], report: Report) {
    this.scope = scope;
    this.gates = gates;
    this.report = report;
  }

  /** Reference to what a formula says; undefined when a problem was reported. */
  ref(element: XmlElement, path: string): Ref | undefined {
    if (EVENT_TAGS.has(element.tag)) return this.event(element, path)?.ref;
    const gate = this.gate(element, path);
    return gate === undefined ? undefined : this.append(gate);
  }

  /** Reference to one more gate. */
  append(gate: Gate): Ref {
    return ~(this.gates.push(gate) - 1);
  }

  /** Gate of a connective or constant; an event alone becomes an `or` of one input. */
  gate(element: XmlElement, path: string, name?: string): Gate | undefined {
    const named = name === undefined ? {} : { name };
    const { tag } = element;
    const { report } = this;
    if (EVENT_TAGS.has(tag)) {
      const ref = this.event(element, path)?.ref;
      return ref === undefined ? undefined : { kind: 'or', inputs: [ref], ...named };
    }
    if (tag === 'constant') {
      const value = booleanConstant(element, report);
      return value === undefined ? undefined : { kind: 'constant', value, inputs: [], ...named };
    }
    const arity = Object.hasOwn(CONNECTIVES, tag) ? CONNECTIVES[tag] : undefined;
    if (arity === undefined) return report.error(element, 'unknown-formula', `<${tag}> is no formula.`);
    const operands = parts(element);
    if (operands.length < arity[0] || operands.length > arity[1]) {
      const wanted = arity[1] === Infinity ? `at least ${arity[0]}` : String(arity[0]);
      const message = `<${tag}> takes ${wanted} operand(s), found ${operands.length}.`;
      return report.error(element, 'operand-count', message);
    }
    const refs = operands.map((operand) => this.ref(operand, path));
    if (refs.some((ref) => ref === undefined)) return undefined;
    const inputs = refs as Ref[];
    switch (tag) {
      case 'atleast': {
        const minimum = this.count(element, 'min', inputs.length);
        return minimum === undefined ? undefined : { kind: 'atleast', minimum, inputs, ...named };
      }
      case 'cardinality': {
        const minimum = this.count(element, 'min', inputs.length);
        const maximum = this.count(element, 'max', inputs.length);
        if (minimum === undefined || maximum === undefined) return undefined;
        if (minimum > maximum) {
          return report.error(element, 'impossible-value', `min ${minimum} is above max ${maximum}.`);
        }
        return { kind: 'cardinality', minimum, maximum, inputs, ...named };
      }
      default:
        return { kind: tag as 'and' | 'or' | 'nand' | 'nor' | 'xor' | 'iff' | 'imply' | 'not', inputs, ...named };
    }
  }

  /** What an `<event>`, `<gate>`, `<house-event>` or `<basic-event>` refers to. */
  event(element: XmlElement, path: string): EventDefinition | undefined {
    const { report, scope } = this;
    const name = report.attribute(element, 'name');
    if (name === undefined) return undefined;
    const found = scope.find(name, path);
    if (found === undefined) {
      return report.error(element, 'unknown-name', `There is no event "${name}".`, scope.suggestion(name));
    }
    const wanted = element.tag === 'event' ? element.attributes.get('type') : element.tag;
    if (wanted !== undefined && wanted !== found.kind) {
      return report.error(element, 'wrong-kind', `"${name}" is a ${found.kind}, not a ${wanted}.`);
    }
    this.used.add(found);
    return found;
  }

  private count(element: XmlElement, attribute: string, operands: number): number | undefined {
    const written = this.report.attribute(element, attribute);
    if (written === undefined) return undefined;
    const value = /^\d+$/.test(written) ? Number(written) : Number.NaN;
    if (value <= operands) return value;
    const message = `${attribute}="${written.slice(0, 40)}" is not a whole number from 0 to the ${operands} operand(s).`;
    return this.report.error(element, 'impossible-value', message);
  }
}

/** Value of a `<constant>`. */
export function booleanConstant(element: XmlElement, report: Report): boolean | undefined {
  const value = report.attribute(element, 'value');
  if (value === undefined) return undefined;
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  return report.error(element, 'bad-constant', `"${value.slice(0, 40)}" is neither true nor false.`);
}
