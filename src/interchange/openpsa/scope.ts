import type { Problem } from '../../model/problem.ts';
import { didYouMean } from '../../scenario/read/suggest.ts';
import type { XmlElement } from '../xml/document.ts';

/** Problems are collected up to this many; a broken file of 100 000 lines is not repeated line by line. */
const MOST_PROBLEMS = 100;

/** Collects problems while reading goes on; the same problem of the same place is told once. */
export class Report {
  readonly problems: Problem[] = [];
  private readonly told = new Set<string>();

  error(element: XmlElement, code: string, message: string, hint?: string): undefined {
    return this.add(element.source.problem(element.offset, code, message, hint));
  }

  unsupported(element: XmlElement, message: string, hint?: string): undefined {
    return this.add(element.source.problem(element.offset, 'unsupported', message, hint, 'unsupported'));
  }

  add(problem: Problem): undefined {
    const { place, code } = problem;
    const key = `${code} ${place?.file} ${place?.line} ${place?.column}`;
    if (this.problems.length < MOST_PROBLEMS && !this.told.has(key)) {
      this.told.add(key);
      this.problems.push(problem);
    }
    return undefined;
  }

  /** Attribute that must be there; undefined when a problem was reported. */
  attribute(element: XmlElement, name: string): string | undefined {
    const value = element.attributes.get(name)?.trim();
    if (value !== undefined && value !== '') return value;
    return this.error(element, 'missing-attribute', `<${element.tag}> needs the attribute "${name}".`);
  }
}

/** Something with a name: where it is defined and the container path its references start from. */
export interface Definition {
  readonly name: string;
  /** Containers from the fault tree inwards, joined by dots; empty at the top level. */
  readonly path: string;
  readonly element: XmlElement;
}

/**
 * Names of one kind of thing. Public names are known everywhere; private ones inside their container, and everywhere by
 * their full path (Open-PSA MEF §II.4).
 */
export class Scope<T extends Definition> {
  private readonly what: string;
  private readonly byName = new Map<string, T>();
  private readonly byPath = new Map<string, T>();
  readonly all: T[] = [];

  constructor(what: string) {
    this.what = what;
  }

  define(definition: T, isPrivate: boolean, report: Report): void {
    const { name, path, element } = definition;
    const full = path === '' ? name : `${path}.${name}`;
    const clash = this.byPath.get(full) ?? (isPrivate ? undefined : this.byName.get(name));
    if (clash !== undefined) {
      const { file, line } = clash.element.source.place(clash.element.offset);
      const message = `${this.what} "${name}" is defined twice.`;
      report.error(element, 'duplicate-name', message, `the first one is at ${file}:${line}`);
      return;
    }
    this.byPath.set(full, definition);
    if (!isPrivate) this.byName.set(name, definition);
    this.all.push(definition);
  }

  /** What `reference` names when it is used inside `path`. */
  find(reference: string, path: string): T | undefined {
    for (let scope = path; scope !== ''; scope = scope.slice(0, Math.max(0, scope.lastIndexOf('.')))) {
      const local = this.byPath.get(`${scope}.${reference}`);
      if (local !== undefined) return local;
    }
    return this.byName.get(reference) ?? this.byPath.get(reference);
  }

  suggestion(reference: string): string | undefined {
    return didYouMean(reference, [...this.byName.keys()]);
  }
}

/** Elements that describe and do not define. */
const DESCRIPTIONS = new Set(['label', 'attributes']);

/** Children that mean something. */
export function parts(element: XmlElement): readonly XmlElement[] {
  return element.children.filter(({ tag }) => !DESCRIPTIONS.has(tag));
}
