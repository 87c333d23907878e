import type { CompiledModel } from '../compile/model.ts';

/** Groups among the signals the service stands on, through its gates. */
export function groupsOf(model: CompiledModel, service: number): number[] {
  const { services, elements, groups, gates } = model;
  const found = new Set<number>();
  const visit = (signal: number): void => {
    if (signal < elements.count) return;
    if (signal < elements.count + groups.count) {
      found.add(signal - elements.count);
      return;
    }
    const gate = signal - elements.count - groups.count;
    for (let i = gates.inputStart[gate]!; i < gates.inputStart[gate + 1]!; i++) visit(gates.input[i]!);
  };
  for (let i = services.termStart[service]!; i < services.termStart[service + 1]!; i++) visit(services.term[i]!);
  return [...found].sort((a, b) => a - b);
}
