import { countedNames } from '../../model/element-names.ts';
import type { ElementSpec, Internal, Service, StructureSpec } from '../../model/scenario.ts';
import type { Section } from './context.ts';

/** Reports elements that say how they rest as spares, and are spares of nothing. */
export function checkSpares(
  section: Section,
  elements: Readonly<Record<string, ElementSpec>>,
  services: Readonly<Record<string, Service>>,
  inner: readonly (Internal | undefined)[],
): void {
  const spares = new Set<string>();
  const visit = (spec: StructureSpec, isSpare: boolean): void => {
    if (spec.kind === 'leaf') {
      if (isSpare) spares.add(spec.of);
      return;
    }
    for (const [i, input] of spec.inputs.entries()) visit(input, isSpare || (spec.kind === 'standby' && i > 0));
  };
  for (const { structure, stages = [] } of Object.values(services)) {
    visit(structure, false);
    for (const stage of stages) visit(stage.structure, false);
  }
  for (const internal of inner) if (internal !== undefined) visit(internal.needs, false);
  for (const [id, { count, standbyRate }] of Object.entries(elements)) {
    if (standbyRate === undefined || [id, ...countedNames(id, count)].some((name) => spares.has(name))) continue;
    const message = `no structure has "${id}" among its spares: it never rests`;
    section.at(id).at('standby').problem('no-effect', message, `{standby: [other, ${id}]}`, { part: 'key' });
  }
}
