import type { CompiledModel } from '../compile/model.ts';
import type { ServiceResult, StageResult } from '../model/result.ts';
import type { Stage } from '../model/scenario.ts';

/** The services that measure the stages of chain `service`, in order. */
export function stagesOf({ services }: CompiledModel, service: number): readonly number[] {
  const found: number[] = [];
  services.chainOf.forEach((chain, stage) => {
    if (chain === service) found.push(stage);
  });
  return found;
}

/** Stages of a chain with their part of all stages' downtime; `services` are the figures of every measured service. */
export function stageResults(
  stages: readonly Stage[],
  indices: readonly number[],
  services: readonly ServiceResult[],
): readonly StageResult[] {
  const figures = indices.map((index) => services[index]!);
  const downtimes = figures.map(({ dpm }) => dpm.all.value);
  const all = downtimes.reduce((sum, dpm) => sum + dpm, 0);
  const most = Math.max(...downtimes);
  return figures.map(({ availability, unavailability, nines, dpm }, i) => ({
    id: stages[i]!.id,
    availability,
    unavailability,
    nines,
    dpm: dpm.all,
    share: all === 0 ? 0 : dpm.all.value / all,
    weakest: all > 0 && dpm.all.value === most,
  }));
}
