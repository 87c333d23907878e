import type { BlockUncertainty } from '../../model/structure.ts';
import type { XmlElement } from '../xml/document.ts';
import { type Environment, evaluate } from './expression.ts';
import { type Definition, parts, type Report, type Scope } from './scope.ts';

/** A parameter with its expression. */
export interface Parameter extends Definition {
  readonly expression: XmlElement | undefined;
}

const OPEN = Symbol('being worked out');

/** Values of parameters, each worked out once, in whatever order they refer to each other. */
export class Parameters implements Environment {
  readonly report: Report;
  readonly missionTime: number;
  private readonly scope: Scope<Parameter>;
  private readonly values = new Map<Parameter, number | typeof OPEN>();
  /** Container the expression at hand stands in. */
  private path = '';

  constructor(scope: Scope<Parameter>, missionTime: number, report: Report) {
    this.scope = scope;
    this.missionTime = missionTime;
    this.report = report;
  }

  /**
   * Value of an expression that stands inside container `path`; NaN when something in it has been reported. `test`
   * answers the tests of event trees.
   */
  value(expression: XmlElement, path: string, test?: Environment['test']): number {
    this.prepare(expression, path);
    this.path = path;
    if (test === undefined) return evaluate(expression, this);
    const { report, missionTime } = this;
    return evaluate(expression, { report, missionTime, parameter: (element) => this.parameter(element), test });
  }

  parameter(element: XmlElement): number {
    const found = this.resolve(element, this.path);
    const value = found === undefined ? undefined : this.values.get(found);
    return typeof value === 'number' ? value : Number.NaN;
  }

  /** Reports a reference to nothing. */
  resolve(element: XmlElement, path: string): Parameter | undefined {
    const name = this.report.attribute(element, 'name');
    if (name === undefined) return undefined;
    const found = this.scope.find(name, path);
    if (found !== undefined) return found;
    return this.report.error(element, 'unknown-name', `There is no parameter "${name}".`, this.scope.suggestion(name));
  }

  /**
   * Lognormal uncertainty of an expression that is a 95 % lognormal deviate, or one of its rate in an exponential law;
   * other uncertain expressions stand for their means.
   */
  uncertainty(expression: XmlElement, path: string): BlockUncertainty | undefined {
    const [first] = parts(expression);
    if (expression.tag === 'exponential' && first !== undefined) {
      const rate = this.uncertainty(first, path);
      return rate === undefined ? undefined : { ...rate, on: 'hazard' };
    }
    let at = expression;
    let where = path;
    let name: string | undefined;
    // A parameter may stand for another; what is reached has been worked out, so there is no circle.
    while (at.tag === 'parameter') {
      const found = this.resolve(at, where);
      if (found?.expression === undefined) return undefined;
      name = this.scope.find(found.name, '') === found ? found.name : `${found.path}.${found.name}`;
      at = found.expression;
      where = found.path;
    }
    const operands = parts(at);
    if (at.tag !== 'lognormal-deviate' || operands.length !== 3) return undefined;
    const errorFactor = this.value(operands[1]!, where);
    const level = this.value(operands[2]!, where);
    if (level !== 0.95 || !(errorFactor >= 1)) return undefined;
    const shared = name === undefined ? {} : { parameter: name };
    return { errorFactor, on: 'unavailability', nominal: 'mean', ...shared };
  }

  /** Works out every parameter an expression depends on, inner ones first, however long the chain. */
  private prepare(expression: XmlElement, path: string): void {
    const stack: { readonly parameter: Parameter; readonly needs: Parameter[] }[] = [];
    const enter = (parameter: Parameter, reference: XmlElement): void => {
      const known = this.values.get(parameter);
      if (typeof known === 'number') return;
      if (known === OPEN) {
        const circle = stack.slice(stack.findIndex((frame) => frame.parameter === parameter));
        const names = [...circle.map((frame) => frame.parameter.name), parameter.name];
        const shown = names.length > 7 ? [...names.slice(0, 6), '…', parameter.name] : names;
        this.report.error(reference, 'cyclic-parameters', `A parameter depends on itself: ${shown.join(' → ')}.`);
        return;
      }
      this.values.set(parameter, OPEN);
      const { expression: own, path: where } = parameter;
      const references = own === undefined ? [] : parameterReferences(own);
      stack.push({ parameter, needs: references.flatMap((each) => this.resolve(each, where) ?? []) });
    };
    for (const reference of parameterReferences(expression)) {
      const start = this.scope.find(reference.attributes.get('name') ?? '', path);
      if (start === undefined) continue;
      enter(start, reference);
      while (stack.length > 0) {
        const { parameter, needs } = stack[stack.length - 1]!;
        const next = needs.pop();
        if (next !== undefined) {
          enter(next, parameter.element);
          continue;
        }
        this.path = parameter.path;
        const value = parameter.expression === undefined ? Number.NaN : evaluate(parameter.expression, this);
        this.values.set(parameter, value);
        stack.pop();
      }
    }
  }
}

/** `<parameter>` elements in an expression, itself included. */
function parameterReferences(expression: XmlElement): XmlElement[] {
  const found: XmlElement[] = [];
  const stack = [expression];
  while (stack.length > 0) {
    const element = stack.pop()!;
    if (element.tag === 'parameter') found.push(element);
    else for (const child of element.children) stack.push(child);
  }
  return found;
}
