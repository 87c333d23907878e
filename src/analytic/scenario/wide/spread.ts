import { type CompiledModel, GATE } from '../../../compile/model.ts';
import type { AnalyticResult } from '../../../model/result.ts';
import { PARTIAL_WEIGHTS } from '../../../model/scenario.ts';
import { SECONDS_PER_YEAR } from '../../../model/time.ts';
import { analyseStructure } from '../../structure/analyse.ts';
import { inexactness } from '../elements.ts';
import { notBoolean } from '../fabric.ts';
import { StructureBuilder } from '../structure.ts';

/** Parts of a load that are solved one by one; more would take minutes. */
const MOST_PARTS = 2000;
const DOMINATING = 5;

/**
 * Expected loss of a service that is nothing but a load spread over parts that are up or down: Σ weight · U of each part,
 * exact whatever the parts have in common. Undefined where it is more than that.
 */
export function expectedShare(
  model: CompiledModel,
  service: number,
  treatment: 'conditional' | 'series',
): AnalyticResult | undefined {
  const { services } = model;
  const first = services.termStart[service]!;
  if (services.termStart[service + 1]! - first !== 1 || services.minServiceFraction[service]! > 0) return undefined;
  if (PARTIAL_WEIGHTS[services.partialWeight[service]!] !== 'capacity') return undefined;
  const parts = new Map<number, number>();
  if (!collectParts(model, services.term[first]!, 1, parts) || parts.size > MOST_PARTS) return undefined;
  const contributions: { readonly name: string; readonly unavailability: number }[] = [];
  for (const [signal, weight] of parts) {
    if (notBoolean(model, [signal]) !== undefined) return undefined;
    let holdsGroups = false;
    const builder = new StructureBuilder(model, (below, own) => {
      if (!isGroup(model, below)) return undefined;
      holdsGroups = true;
      return own.any([]);
    });
    const structure = builder.series([signal]);
    if (holdsGroups || builder.elements.some((element) => inexactness(model, element) !== undefined)) return undefined;
    const { top, method } = analyseStructure(structure, { cutSets: false, importance: false });
    if (method === 'bounds') return undefined;
    contributions.push({ name: nameOf(model, signal), unavailability: weight * top.unavailability });
  }
  const unavailability = contributions.reduce((sum, part) => sum + part.unavailability, 0);
  const dominates = contributions
    .filter((part) => part.unavailability > 0)
    .sort((a, b) => b.unavailability - a.unavailability || (a.name < b.name ? -1 : 1))
    .slice(0, DOMINATING)
    .map(({ name }) => name);
  return { unavailability, dpm: unavailability * SECONDS_PER_YEAR, treatment, dominates, method: 'structure' };
}

/** Adds up the weights of the parts below `signal`; false where it is no weighted gate. */
function collectParts(model: CompiledModel, signal: number, weight: number, parts: Map<number, number>): boolean {
  const { elements, groups, gates } = model;
  const gate = signal - elements.count - groups.count;
  if (gate < 0 || gates.kind[gate] !== GATE.weighted || gates.spare[gate]! > 0) return false;
  for (let i = gates.inputStart[gate]!; i < gates.inputStart[gate + 1]!; i++) {
    const input = gates.input[i]!;
    const part = (weight * gates.weight[i]!) / gates.total[gate]!;
    if (!collectParts(model, input, part, parts)) parts.set(input, (parts.get(input) ?? 0) + part);
  }
  return true;
}

const isGroup = ({ elements, groups }: CompiledModel, signal: number): boolean =>
  signal >= elements.count && signal < elements.count + groups.count;

function nameOf({ elements, groups, names }: CompiledModel, signal: number): string {
  return signal < elements.count ? names.elements[signal]! : names.gates[signal - elements.count - groups.count]!;
}
