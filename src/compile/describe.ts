import { EFFECTS, MARKS } from '../model/flow.ts';
import type { Law } from '../model/law.ts';
import { MODEL_KINDS } from '../model/scenario.ts';
import { type CompiledModel, GATE, NEED } from './model.ts';
import { rowOf } from './rows.ts';

/** A table of the compiled model, as `explain` prints it. */
export interface ModelTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** What stands in place of a number of inputs, by code. */
const GATE_NAMES = Object.keys(GATE);
const NEED_NAMES = new Map<number, string>(Object.entries(NEED).map(([name, code]) => [code, name]));

/** What the scenario was compiled to: sizes, elements, gates, services, steps of every flow, laws. */
export function describeModel(model: CompiledModel): readonly ModelTable[] {
  const { names } = model;
  const signal = (index: number): string => signalName(model, index);
  const tests = testRows(model);
  return [
    {
      title: 'sizes',
      columns: ['table', 'rows'],
      rows: [
        ['elements', model.elements.count],
        ['failure modes', model.modes.count],
        ['groups', model.groups.count],
        ['seats', model.seats.count],
        ['gates', model.gates.count],
        ['services', model.services.count],
        ['steps', model.steps.count],
        ['tracks', model.tracks.count],
        ['timer slots', model.slots.count],
        ['laws', model.laws.length],
      ],
    },
    {
      title: 'elements',
      columns: ['element', 'kind', 'on', 'needs', 'failure modes'],
      rows: names.elements.map((name, e) => {
        const host = hostOf(model, e);
        const inner = model.elements.inner[e]!;
        const modes = names.modes.slice(model.elements.modeStart[e]!, model.elements.modeStart[e + 1]!);
        const kind = MODEL_KINDS[model.elements.kind[e]!]!;
        const on = host < 0 ? '' : names.elements[host]!;
        return [name, kind, on, inner < 0 ? '' : signal(inner), modes.join(', ')];
      }),
    },
    {
      title: 'gates',
      columns: ['gate', 'up while at least', 'of'],
      rows: names.gates.map((name, gate) => [
        name,
        model.gates.kind[gate] === GATE.threshold ? model.gates.threshold[gate]! : GATE_NAMES[model.gates.kind[gate]!]!,
        rowOf(model.gates.inputStart, model.gates.input, gate).map(signal).join(', '),
      ]),
    },
    {
      title: 'shocks',
      columns: ['shock', 'strikes', 'victims', 'with chance'],
      rows: strikeRows(model),
    },
    ...(tests.length === 0
      ? []
      : [{ title: 'proof tests', columns: ['test', 'every', 'looks at', 'renews'], rows: tests }]),
    {
      title: 'services',
      columns: ['service', 'terms'],
      rows: names.services.map((name, service) => [
        name,
        rowOf(model.services.termStart, model.services.term, service).map(signal).join(', '),
      ]),
    },
    {
      title: 'steps',
      columns: ['flow', 'step', 'by', 'takes', 'needs', 'success', 'effects', 'mark'],
      rows: names.steps.map((step, i) => [
        step.flow,
        step.id,
        step.by,
        describeLaw(model.laws[model.steps.law[i]!]!),
        rowOf(model.steps.needStart, model.steps.need, i)
          .map((need) => NEED_NAMES.get(need) ?? signal(need))
          .join(', '),
        model.steps.success[i]!,
        EFFECTS.filter((_, effect) => (model.steps.effects[i]! >>> effect) & 1).join(', '),
        model.steps.mark[i]! < 0 ? '' : MARKS[model.steps.mark[i]!]!,
      ]),
    },
  ];
}

/** What each mode of each shock strikes. */
function strikeRows({ strikes, modes, names }: CompiledModel): (readonly (string | number)[])[] {
  const rows: (readonly (string | number)[])[] = [];
  for (let mode = 0; mode < modes.count; mode++) {
    for (let strike = strikes.start[mode]!; strike < strikes.start[mode + 1]!; strike++) {
      const victims = rowOf(strikes.victimStart, strikes.victim, strike);
      rows.push([
        `${names.elements[modes.element[mode]!]}:${names.modes[mode]}`,
        strikes.one[strike] === 1 ? 'one of' : 'all of',
        victims.map((victim) => names.elements[modes.element[victim]!]!).join(', '),
        strikes.probability[strike]!,
      ]);
    }
  }
  return rows;
}

function testRows({ proofTests, modes, laws, names }: CompiledModel): (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  for (let mode = 0; mode < modes.count; mode++) {
    const looked = rowOf(proofTests.elementStart, proofTests.element, mode);
    if (looked.length === 0) continue;
    rows.push([
      names.elements[modes.element[mode]!]!,
      describeLaw(laws[modes.law[mode]!]!),
      looked.map((element) => names.elements[element]!).join(', '),
      proofTests.renewsAll[mode] === 1 ? 'all' : 'failed',
    ]);
  }
  return rows;
}

function hostOf(model: CompiledModel, element: number): number {
  const { elements, seats } = model;
  if (elements.host[element]! >= 0) return elements.host[element]!;
  const seat = elements.seat[element]!;
  return seat < 0 ? -1 : seats.home[seat]!;
}

function signalName(model: CompiledModel, signal: number): string {
  const { elements, groups, names } = model;
  if (signal < elements.count) return names.elements[signal]!;
  if (signal < elements.count + groups.count) return names.groups[signal - elements.count]!;
  return names.gates[signal - elements.count - groups.count]!;
}

function describeLaw(law: Law): string {
  const parameters = Object.entries(law)
    .filter(([key]) => key !== 'kind')
    .map(([key, value]) => `${key} ${typeof value === 'object' ? JSON.stringify(value) : value}`);
  return [law.kind, ...parameters].join(' ');
}
