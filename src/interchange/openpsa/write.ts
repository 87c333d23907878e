import { InputError } from '../../model/problem.ts';
import type { CommonCauseGroup, Gate, Ref, Structure } from '../../model/structure.ts';

const MODELS: Readonly<Record<CommonCauseGroup['model'], string>> = {
  'beta-factor': 'beta-factor',
  mgl: 'MGL',
  'alpha-factor': 'alpha-factor',
  'phi-factor': 'phi-factor',
};

/**
 * Writes a structure as one fault tree in the Open-PSA model exchange format. Names are kept where the format allows
 * them; others are made fit and their own name becomes the label. Probabilities keep all digits. Frequencies and
 * uncertainties have no place in the format and are left out.
 *
 * @throws InputError `unsupported` for networks, which the format has no gate for
 */
export function writeOpenPsa(structure: Structure): string {
  const { blocks, gates } = structure;
  const names = new Names();
  const blockNames = blocks.map(({ name }) => names.take(name));
  const gateNames = gates.map(({ name }, gate) => names.take(name ?? `gate-${gate + 1}`));
  const grouped = new Map<number, CommonCauseGroup>();
  for (const group of structure.commonCauses ?? []) for (const member of group.members) grouped.set(member, group);
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opsa-mef>'];
  lines.push(`  <define-fault-tree name="${names.take(structure.name ?? 'structure')}">`);
  const used = usedGates(structure);
  const reference = (ref: Ref): string =>
    ref >= 0 ? `<basic-event name="${blockNames[ref]}"/>` : `<gate name="${gateNames[~ref]}"/>`;
  if (structure.top >= 0) {
    lines.push(
      `    <define-gate name="${names.take('top')}">`,
      `      ${reference(structure.top)}`,
      '    </define-gate>',
    );
  }
  for (const gate of used) {
    const label = labelOf(gates[gate]!.name, gateNames[gate]!);
    lines.push(`    <define-gate name="${gateNames[gate]}">`, ...label, ...formula(gates[gate]!, reference));
    lines.push('    </define-gate>');
  }
  blocks.forEach(({ name, unavailability }, block) => {
    if (grouped.has(block)) return;
    lines.push(`    <define-basic-event name="${blockNames[block]}">`, ...labelOf(name, blockNames[block]!));
    lines.push(`      <float value="${unavailability}"/>`, '    </define-basic-event>');
  });
  lines.push('  </define-fault-tree>');
  for (const group of structure.commonCauses ?? []) lines.push(...commonCause(group, structure, blockNames, names));
  lines.push('</opsa-mef>', '');
  return lines.join('\n');
}

/** Gates the top depends on, the top first. */
function usedGates({ gates, top }: Structure): number[] {
  if (top >= 0) return [];
  const seen = new Set([~top]);
  const order = [~top];
  for (let i = 0; i < order.length; i++) {
    for (const input of gates[order[i]!]!.inputs) {
      if (input >= 0 || seen.has(~input)) continue;
      seen.add(~input);
      order.push(~input);
    }
  }
  return order;
}

function formula(gate: Gate, reference: (ref: Ref) => string): string[] {
  const inputs = gate.inputs.map((input) => `        ${reference(input)}`);
  switch (gate.kind) {
    case 'constant':
      return [`      <constant value="${gate.value}"/>`];
    case 'atleast':
      return [`      <atleast min="${gate.minimum}">`, ...inputs, '      </atleast>'];
    case 'cardinality':
      return [`      <cardinality min="${gate.minimum}" max="${gate.maximum}">`, ...inputs, '      </cardinality>'];
    case 'disconnected': {
      const message = `Gate "${gate.name ?? ''}" is a network, which fault tree files have no gate for.`;
      throw new InputError([{ level: 'unsupported', code: 'unsupported', message }]);
    }
    default:
      return [`      <${gate.kind}>`, ...inputs, `      </${gate.kind}>`];
  }
}

function commonCause(
  group: CommonCauseGroup,
  { blocks }: Structure,
  blockNames: readonly string[],
  names: Names,
): string[] {
  const { model, members, factors } = group;
  const first = model === 'beta-factor' ? members.length : model === 'mgl' ? 2 : 1;
  return [
    `  <define-CCF-group name="${names.take(group.name)}" model="${MODELS[model]}">`,
    '    <members>',
    ...members.map((member) => `      <basic-event name="${blockNames[member]}"/>`),
    '    </members>',
    '    <distribution>',
    `      <float value="${group.unavailability ?? blocks[members[0]!]!.unavailability}"/>`,
    '    </distribution>',
    '    <factors>',
    ...factors.map((factor, i) => `      <factor level="${first + i}"><float value="${factor}"/></factor>`),
    '    </factors>',
    '  </define-CCF-group>',
  ];
}

function labelOf(name: string | undefined, written: string): string[] {
  return name === undefined || name === written || name.trim() === '' ? [] : [`      <label>${escaped(name)}</label>`];
}

function escaped(text: string): string {
  const visible = text.replace(/\p{Cc}+/gu, ' ');
  return visible.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Hands out names that the format allows (letters, digits, `_` and single `-` inside) and no two of which are equal. */
class Names {
  private readonly taken = new Set<string>();

  take(wanted: string): string {
    const fit = wanted
      .replace(/[^A-Za-z0-9_-]+/g, '_')
      .replace(/-{2,}/g, '-')
      .replace(/^-+|-+$/g, '');
    const base = /^[A-Za-z_]/.test(fit) ? fit : `_${fit}`;
    let name = base;
    for (let i = 2; this.taken.has(name); i++) name = `${base}_${i}`;
    this.taken.add(name);
    return name;
  }
}
