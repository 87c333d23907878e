import type { Gate } from '../../model/structure.ts';
import type { XmlElement } from '../xml/document.ts';
import type { EventDefinition } from './events.ts';
import type { Parameter } from './parameters.ts';
import { type Definition, parts, type Report, Scope } from './scope.ts';

/** An element defined inside a container. */
export interface Placed {
  readonly element: XmlElement;
  readonly path: string;
}

/** Everything the files define, by kind, before any formula or expression is read. */
export interface Definitions {
  readonly events: Scope<EventDefinition>;
  readonly parameters: Scope<Parameter>;
  readonly commonCauses: Placed[];
  readonly eventTrees: Scope<Definition>;
  readonly rules: Scope<Definition>;
  readonly initiatingEvents: XmlElement[];
  readonly substitutions: XmlElement[];
}

const TOP_LEVEL = [
  'model-data',
  'define-fault-tree',
  'define-CCF-group',
  'define-event-tree',
  'define-initiating-event',
  'define-rule',
  'define-substitution',
  'define-parameter',
  'define-basic-event',
  'define-house-event',
  'define-gate',
];

/**
 * Walks the files once. Gates and house events get a place in `gates` each (filled in later), basic events a number in
 * order of definition.
 */
export function collect(roots: readonly XmlElement[], gates: Gate[], report: Report): Definitions {
  const found: Definitions = {
    events: new Scope('Event'),
    parameters: new Scope('Parameter'),
    commonCauses: [],
    eventTrees: new Scope('Event tree'),
    rules: new Scope('Rule'),
    initiatingEvents: [],
    substitutions: [],
  };
  let basicEvents = 0;
  const named = (element: XmlElement): string | undefined => report.attribute(element, 'name');

  const define = (element: XmlElement, path: string, isPrivate: boolean): boolean => {
    const { tag } = element;
    if (tag === 'define-CCF-group') {
      found.commonCauses.push({ element, path });
      // Members named by the group are defined by it.
      const members = parts(element).find((part) => part.tag === 'members');
      for (const member of members === undefined ? [] : parts(members)) {
        const name = named(member);
        if (name === undefined || found.events.find(name, path) !== undefined) continue;
        found.events.define(
          { kind: 'basic-event', name, path, element: member, ref: basicEvents++ },
          isPrivate,
          report,
        );
      }
      return true;
    }
    const kind = KINDS[tag];
    if (kind === undefined) return false;
    const name = named(element);
    if (name === undefined) return true;
    if (kind === 'parameter') {
      found.parameters.define({ name, path, element, expression: parts(element)[0] }, isPrivate, report);
      return true;
    }
    const full = path === '' ? name : `${path}.${name}`;
    const ref =
      kind === 'basic-event'
        ? basicEvents++
        : ~(gates.push({ kind: 'constant', value: false, inputs: [], name: isPrivate ? full : name }) - 1);
    found.events.define({ kind, name, path, element, ref }, isPrivate, report);
    return true;
  };

  /** Groups wait for the end: their members may be defined after them. */
  const groups: { element: XmlElement; path: string; isPrivate: boolean }[] = [];
  const container = (element: XmlElement, path: string, isPrivate: boolean): void => {
    const stack = [{ element, content: parts(element), next: 0, path, isPrivate }];
    while (stack.length > 0) {
      const at = stack[stack.length - 1]!;
      const part = at.content[at.next++];
      if (part === undefined) {
        stack.pop();
        continue;
      }
      const role = part.attributes.get('role');
      if (role !== undefined && role !== 'private' && role !== 'public') {
        report.error(part, 'bad-role', `role="${role.slice(0, 40)}" is neither private nor public.`);
      }
      const own = role === undefined ? at.isPrivate : role === 'private';
      if (part.tag === 'define-component' || part.tag === 'define-fault-tree') {
        const name = named(part);
        if (name === undefined) continue;
        const inner = at.path === '' ? name : `${at.path}.${name}`;
        stack.push({ element: part, content: parts(part), next: 0, path: inner, isPrivate: own });
      } else if (part.tag === 'define-CCF-group') groups.push({ element: part, path: at.path, isPrivate: own });
      else if (!define(part, at.path, own)) {
        report.error(part, 'unknown-element', `<${part.tag}> has no meaning inside <${at.element.tag}>.`);
      }
    }
  };

  for (const root of roots) {
    if (root.tag !== 'opsa-mef' && root.tag !== 'open-psa') {
      report.error(root, 'not-open-psa', `The root element is <${root.tag}>, not <opsa-mef>.`);
      continue;
    }
    for (const part of parts(root)) {
      const { tag } = part;
      if (tag === 'define-fault-tree')
        container(part, part.attributes.get('name') ?? '', part.attributes.get('role') === 'private');
      else if (tag === 'model-data') container(part, '', false);
      else if (tag === 'define-CCF-group') groups.push({ element: part, path: '', isPrivate: false });
      else if (tag === 'define-initiating-event') found.initiatingEvents.push(part);
      else if (tag === 'define-substitution') found.substitutions.push(part);
      else if (tag === 'define-event-tree' || tag === 'define-rule') {
        const name = named(part);
        const scope = tag === 'define-rule' ? found.rules : found.eventTrees;
        if (name !== undefined) scope.define({ name, path: '', element: part }, false, report);
      } else if (UNSUPPORTED.has(tag)) report.unsupported(part, `<${tag}> is not read.`);
      else if (!define(part, '', false)) {
        const message = `<${tag}> has no meaning here; known are ${TOP_LEVEL.join(', ')}.`;
        report.error(part, 'unknown-element', message);
      }
    }
  }
  for (const { element, path, isPrivate } of groups) define(element, path, isPrivate);
  return found;
}

const KINDS: Readonly<Record<string, EventDefinition['kind'] | 'parameter' | undefined>> = {
  'define-gate': 'gate',
  'define-house-event': 'house-event',
  'define-basic-event': 'basic-event',
  'define-parameter': 'parameter',
};

const UNSUPPORTED = new Set(['define-alignment', 'define-extern-library', 'define-extern-function']);
