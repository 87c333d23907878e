import type { CommonCauseGroup } from '../../model/structure.ts';
import type { XmlElement } from '../xml/document.ts';
import type { Placed } from './collect.ts';
import type { Formulas } from './events.ts';
import type { Parameters } from './parameters.ts';
import { parts, type Report } from './scope.ts';

const MODELS: Readonly<Record<string, CommonCauseGroup['model']>> = {
  'beta-factor': 'beta-factor',
  MGL: 'mgl',
  'alpha-factor': 'alpha-factor',
  'phi-factor': 'phi-factor',
};

/** A common cause group as written; undefined when a problem was reported. */
export function readCommonCause(
  { element, path }: Placed,
  formulas: Formulas,
  parameters: Parameters,
  report: Report,
): CommonCauseGroup | undefined {
  const name = report.attribute(element, 'name');
  const written = report.attribute(element, 'model');
  const model = written === undefined || !Object.hasOwn(MODELS, written) ? undefined : MODELS[written];
  if (written !== undefined && model === undefined) {
    const known = Object.keys(MODELS).join(', ');
    report.error(element, 'unknown-model', `"${written}" is no common cause model; known are ${known}.`);
  }
  const section = (tag: string): XmlElement | undefined => parts(element).find((part) => part.tag === tag);
  const listed = section('members');
  if (listed === undefined) report.error(element, 'missing-element', '<define-CCF-group> needs <members>.');
  const members: number[] = [];
  for (const member of listed === undefined ? [] : parts(listed)) {
    const event = formulas.event(member, path);
    if (event === undefined) continue;
    if (event.kind !== 'basic-event') report.error(member, 'wrong-kind', `"${event.name}" is a ${event.kind}.`);
    else if (members.includes(event.ref)) report.error(member, 'duplicate-name', `"${event.name}" is listed twice.`);
    else members.push(event.ref);
  }
  const expression = parts(section('distribution') ?? element)[0];
  if (section('distribution') === undefined || expression === undefined) {
    report.error(element, 'missing-element', '<define-CCF-group> needs a <distribution>.');
    return undefined;
  }
  const unavailability = parameters.value(expression, path);
  if (unavailability < 0 || unavailability > 1) {
    report.error(expression, 'impossible-value', `The distribution is ${unavailability}, which is no probability.`);
  }
  const holder = section('factors');
  const factors = parts(holder ?? element).filter((part) => part.tag === 'factor');
  if (name === undefined || model === undefined) return undefined;
  const values = byLevel(factors, model, members.length, element, path, parameters, report);
  if (values === undefined || members.length < 2 || Number.isNaN(unavailability)) {
    if (listed !== undefined && members.length < 2) {
      report.error(listed, 'operand-count', `A common cause group needs 2 members, found ${members.length}.`);
    }
    return undefined;
  }
  return { name, members, model, factors: values, unavailability };
}

/** Factors in the order of their levels; a factor without a level takes the next one. */
function byLevel(
  factors: readonly XmlElement[],
  model: CommonCauseGroup['model'],
  members: number,
  group: XmlElement,
  path: string,
  parameters: Parameters,
  report: Report,
): number[] | undefined {
  const first = model === 'beta-factor' ? members : model === 'mgl' ? 2 : 1;
  const values = new Array<number>(Math.max(0, members - first + 1)).fill(0);
  const given = new Set<number>();
  let level = first;
  for (const factor of factors) {
    const written = factor.attributes.get('level');
    if (written !== undefined) level = /^\d{1,4}$/.test(written) ? Number(written) : Number.NaN;
    const [expression] = parts(factor);
    if (expression === undefined) return report.error(factor, 'missing-element', '<factor> needs an expression.');
    if (!(level >= first && level <= members) || given.has(level)) {
      const range = first === members ? String(first) : `${first} to ${members}`;
      return report.error(factor, 'impossible-value', `Level ${written ?? level} is not one of ${range}, each once.`);
    }
    const value = parameters.value(expression, path);
    if (Number.isNaN(value)) return undefined;
    if (value < 0 || value > 1) {
      return report.error(factor, 'impossible-value', `The factor is ${value}, outside 0 … 1.`);
    }
    given.add(level);
    values[level - first] = value;
    level++;
  }
  if (given.size === 0) return report.error(group, 'missing-element', '<define-CCF-group> needs factors.');
  return values;
}
