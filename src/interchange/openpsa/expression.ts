import type { XmlElement } from '../xml/document.ts';
import { fullTest, instantRepair, instantTest, type PeriodicTest } from './periodic-test.ts';
import { parts, type Report } from './scope.ts';

/** What an expression may refer to. Values that could not be worked out are NaN, their problem has been reported. */
export interface Environment {
  readonly report: Report;
  readonly missionTime: number;
  parameter(element: XmlElement): number;
  /** Value of a `test-functional-event` or `test-initiating-event`; undefined outside event trees. */
  readonly test?: (element: XmlElement) => boolean;
}

/** Tests up to which a component is followed. */
const MOST_TESTS = 1e6;

type Operation = (values: readonly number[]) => number;

/** Operations by tag with the least and largest number of operands. */
const OPERATIONS: Readonly<Record<string, readonly [Operation, number, number]>> = {
  neg: [([a]) => -a!, 1, 1],
  add: [(v) => v.reduce((a, b) => a + b), 1, Infinity],
  sub: [(v) => v.reduce((a, b) => a - b), 1, Infinity],
  mul: [(v) => v.reduce((a, b) => a * b), 1, Infinity],
  div: [(v) => v.reduce((a, b) => a / b), 1, Infinity],
  pi: [() => Math.PI, 0, 0],
  abs: [([a]) => Math.abs(a!), 1, 1],
  acos: [([a]) => Math.acos(a!), 1, 1],
  asin: [([a]) => Math.asin(a!), 1, 1],
  atan: [([a]) => Math.atan(a!), 1, 1],
  cos: [([a]) => Math.cos(a!), 1, 1],
  cosh: [([a]) => Math.cosh(a!), 1, 1],
  exp: [([a]) => Math.exp(a!), 1, 1],
  log: [([a]) => Math.log(a!), 1, 1],
  log10: [([a]) => Math.log10(a!), 1, 1],
  mod: [([a, b]) => Math.trunc(a!) % Math.trunc(b!), 2, 2],
  pow: [([a, b]) => a! ** b!, 2, 2],
  sin: [([a]) => Math.sin(a!), 1, 1],
  sinh: [([a]) => Math.sinh(a!), 1, 1],
  tan: [([a]) => Math.tan(a!), 1, 1],
  tanh: [([a]) => Math.tanh(a!), 1, 1],
  sqrt: [([a]) => Math.sqrt(a!), 1, 1],
  ceil: [([a]) => Math.ceil(a!), 1, 1],
  floor: [([a]) => Math.floor(a!), 1, 1],
  min: [(v) => v.reduce((a, b) => Math.min(a, b)), 1, Infinity],
  max: [(v) => v.reduce((a, b) => Math.max(a, b)), 1, Infinity],
  mean: [(v) => v.reduce((a, b) => a + b) / v.length, 1, Infinity],
  not: [([a]) => Number(a === 0), 1, 1],
  and: [(v) => Number(v.every((a) => a !== 0)), 1, Infinity],
  or: [(v) => Number(v.some((a) => a !== 0)), 1, Infinity],
  eq: [([a, b]) => Number(a === b), 2, 2],
  df: [([a, b]) => Number(a !== b), 2, 2],
  lt: [([a, b]) => Number(a! < b!), 2, 2],
  gt: [([a, b]) => Number(a! > b!), 2, 2],
  leq: [([a, b]) => Number(a! <= b!), 2, 2],
  geq: [([a, b]) => Number(a! >= b!), 2, 2],
  ite: [([a, b, c]) => (a !== 0 ? b! : c!), 3, 3],
  exponential: [([rate, t]) => -Math.expm1(-rate! * t!), 2, 2],
  GLM: [
    ([gamma, lambda, mu, t]) => {
      const sum = lambda! + mu!;
      return lambda! / sum - (lambda! / sum - gamma!) * Math.exp(-sum * t!);
    },
    4,
    4,
  ],
  Weibull: [([scale, shape, from, t]) => (t! <= from! ? 0 : -Math.expm1(-(((t! - from!) / scale!) ** shape!))), 4, 4],
  // Random deviates stand for their means.
  'uniform-deviate': [([low, high]) => (low! + high!) / 2, 2, 2],
  'normal-deviate': [([mean]) => mean!, 2, 2],
  'lognormal-deviate': [(v) => (v.length === 3 ? v[0]! : Math.exp(v[0]! + v[1]! ** 2 / 2)), 2, 3],
  'gamma-deviate': [([shape, scale]) => shape! * scale!, 2, 2],
  'beta-deviate': [([alpha, beta]) => alpha! / (alpha! + beta!), 2, 2],
};

/**
 * Value of an expression; NaN when something in it has been reported. Nesting is bounded by the XML reader's limit.
 */
export function evaluate(element: XmlElement, environment: Environment): number {
  const { report } = environment;
  const { tag } = element;
  const operands = parts(element);
  switch (tag) {
    case 'float':
    case 'int':
    case 'bool':
      return literal(element, report);
    case 'parameter':
      return environment.parameter(element);
    case 'system-mission-time':
      return environment.missionTime;
    case 'periodic-test':
      return periodicTest(element, operands, environment);
    case 'histogram':
      return histogramMean(element, operands, environment);
    case 'switch':
      return switched(element, operands, environment);
    case 'test-functional-event':
    case 'test-initiating-event':
      if (environment.test !== undefined) return Number(environment.test(element));
      report.error(element, 'misplaced-test', `<${tag}> has a meaning in event trees only.`);
      return Number.NaN;
    case 'extern-function':
      report.unsupported(element, 'External functions are not called.', 'write the value in place of the call');
      return Number.NaN;
  }
  const operation = Object.hasOwn(OPERATIONS, tag) ? OPERATIONS[tag] : undefined;
  if (operation === undefined) {
    report.error(element, 'unknown-expression', `<${tag}> is no expression.`);
    return Number.NaN;
  }
  const [apply, least, most] = operation;
  if (operands.length < least || operands.length > most) {
    const wanted = least === most ? `${least}` : most === Infinity ? `at least ${least}` : `${least} to ${most}`;
    report.error(element, 'operand-count', `<${tag}> takes ${wanted} operand(s), found ${operands.length}.`);
    return Number.NaN;
  }
  const values = operands.map((operand) => evaluate(operand, environment));
  if (values.some(Number.isNaN)) return Number.NaN;
  return defined(element, apply(values), report);
}

/** The value, or NaN with a problem when it is no finite number. */
function defined(element: XmlElement, value: number, report: Report): number {
  if (Number.isFinite(value)) return value;
  report.error(element, 'undefined-value', `<${element.tag}> has no finite value here.`);
  return Number.NaN;
}

function literal(element: XmlElement, report: Report): number {
  const written = report.attribute(element, 'value');
  if (written === undefined) return Number.NaN;
  if (element.tag === 'bool' && (written === 'true' || written === 'false')) return Number(written === 'true');
  const pattern = element.tag === 'float' ? /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/ : /^[+-]?\d+$/;
  const value = pattern.test(written) ? Number(written) : Number.NaN;
  if (!Number.isFinite(value)) {
    report.error(element, 'bad-number', `"${written.slice(0, 40)}" is no ${element.tag} value.`);
    return Number.NaN;
  }
  return value;
}

function periodicTest(element: XmlElement, operands: readonly XmlElement[], environment: Environment): number {
  const { report } = environment;
  const values = operands.map((operand) => evaluate(operand, environment));
  if (values.some(Number.isNaN)) return Number.NaN;
  if (values.length !== 4 && values.length !== 5 && values.length !== 11) {
    report.error(element, 'operand-count', `<periodic-test> takes 4, 5 or 11 operands, found ${values.length}.`);
    return Number.NaN;
  }
  const tau = values[values.length === 11 ? 3 : values.length - 3]!;
  if (!(tau > 0) || values.some((value) => value < 0)) {
    report.error(element, 'impossible-value', '<periodic-test> needs a positive interval and no negative operands.');
    return Number.NaN;
  }
  // Every test is a step of its own.
  if (values[values.length - 1]! / tau > MOST_TESTS) {
    report.error(element, 'impossible-value', `<periodic-test> has more than ${MOST_TESTS} tests.`);
    return Number.NaN;
  }
  if (values.length === 11) return allOperands(element, values, report);
  if (values.length === 4) return instantRepair(...(values as [number, number, number, number]));
  return instantTest(...(values as [number, number, number, number, number]));
}

function allOperands(element: XmlElement, values: readonly number[], report: Report): number {
  const [lambda, lambdaTest, mu, tau, theta, gamma, pi, x, sigma, omega, t] = values as number[] & { length: 11 };
  if ([gamma, x, sigma, omega].some((share) => share! > 1) || pi! > tau!) {
    const message = '<periodic-test> needs probabilities up to 1 and tests shorter than their interval.';
    report.error(element, 'impossible-value', message);
    return Number.NaN;
  }
  const component = { lambda, lambdaTest, mu, tau, theta, gamma, pi, x, sigma, omega } as PeriodicTest;
  return fullTest(component, t!);
}

/** Mean of a histogram: bins are (upper bound, weight) after the lower bound of the first. */
function histogramMean(element: XmlElement, operands: readonly XmlElement[], environment: Environment): number {
  const { report } = environment;
  if (operands.length < 2 || operands.slice(1).some((bin) => bin.tag !== 'bin' || parts(bin).length !== 2)) {
    report.error(
      element,
      'operand-count',
      '<histogram> takes a lower bound and <bin>s of an upper bound and a weight.',
    );
    return Number.NaN;
  }
  let low = evaluate(operands[0]!, environment);
  let sum = 0;
  let weights = 0;
  for (const bin of operands.slice(1)) {
    const [upper, weight] = parts(bin).map((operand) => evaluate(operand, environment)) as [number, number];
    sum += (weight * (low + upper)) / 2;
    weights += weight;
    low = upper;
  }
  return Number.isNaN(sum) ? Number.NaN : defined(element, sum / weights, report);
}

/** `switch`: the value of the first case whose condition holds, else of the last operand. */
function switched(element: XmlElement, operands: readonly XmlElement[], environment: Environment): number {
  const { report } = environment;
  const otherwise = operands[operands.length - 1];
  const cases = operands.slice(0, -1);
  if (
    otherwise === undefined ||
    otherwise.tag === 'case' ||
    cases.some((c) => c.tag !== 'case' || parts(c).length !== 2)
  ) {
    report.error(element, 'operand-count', '<switch> takes <case>s of a condition and a value, then a default.');
    return Number.NaN;
  }
  for (const each of cases) {
    const [condition, value] = parts(each);
    const holds = evaluate(condition!, environment);
    if (Number.isNaN(holds)) return Number.NaN;
    if (holds !== 0) return evaluate(value!, environment);
  }
  return evaluate(otherwise, environment);
}
