import type { CompiledModel } from '../../compile/model.ts';
import { meanRestore } from '../../compile/programs.ts';
import type { Gate, Ref } from '../../model/structure.ts';
import { SECONDS_PER_HOUR } from '../../model/time.ts';
import { longestOfShock, type Reach, shockName, shockRate } from './shocks.ts';

/** Makes the blocks and gates of a structure. */
export interface BlockMaker {
  readonly model: CompiledModel;
  blockNamed(name: string, unavailability: number, frequencyPerHour: number): Ref;
  gate(gate: Gate): Ref;
}

/** How a shock enters the structure for one of its victims. */
export type Strikes = (maker: BlockMaker, reach: Reach) => Ref;

/** Down by the shock: as long as its last victim, and where not all are struck, only with this one's chance. */
export const strikeByChance: Strikes = (maker, reach) => {
  const { model } = maker;
  if (reach.alone) return strikeAlone(maker, reach);
  const { shock, mode, probability } = reach;
  const name = shockName(model, shock);
  const own = meanRestore(model, model.modes.program[mode]!);
  const down = longestOfShock(model, shock);
  const whole = blockOfShock(maker, name, shockRate(model, shock), down);
  if (probability === 1 && own === down) return whole;
  const victim = victimOf(model, mode);
  const hit = maker.blockNamed(`${name} hits ${victim}`, down === 0 ? 0 : (probability * own) / down, 0);
  return maker.gate({ kind: 'and', inputs: [whole, hit] });
};

/** Whoever it may reach is struck: the question is what a shock can do. */
export const certainStrike: Strikes = (maker, reach) => {
  const { model } = maker;
  if (reach.alone) return strikeAlone(maker, reach);
  const { shock } = reach;
  return blockOfShock(maker, shockName(model, shock), shockRate(model, shock), longestOfShock(model, shock));
};

/** No two victims are struck together: to each the shock is a cause of its own. */
function strikeAlone(maker: BlockMaker, { shock, mode, probability }: Reach): Ref {
  const { model } = maker;
  const name = `${shockName(model, shock)} on ${victimOf(model, mode)}`;
  const own = meanRestore(model, model.modes.program[mode]!);
  return blockOfShock(maker, name, shockRate(model, shock) * probability, own);
}

function blockOfShock(maker: BlockMaker, name: string, rate: number, down: number): Ref {
  const load = rate * down;
  const unavailability = load / (1 + load);
  return maker.blockNamed(name, unavailability, down === 0 ? 0 : (unavailability / down) * SECONDS_PER_HOUR);
}

const victimOf = ({ names, modes }: CompiledModel, mode: number): string => names.elements[modes.element[mode]!]!;
