import { type CompiledModel, TRACK } from '../compile/model.ts';
import { type Blame, blameSignal } from '../dynamics/blame.ts';
import type { StepOutcome } from '../dynamics/observer.ts';
import { isExposedByUpgrade } from '../dynamics/upgrades.ts';
import type { World } from '../dynamics/world.ts';
import { PHASES } from '../model/flow.ts';
import { groupsOf } from './groups-of.ts';

const MIGRATION = PHASES.indexOf('migration');

/**
 * What upgrades cost beside downtime that counts anyway (B-76, B-78): redundancy that is missing because of them,
 * degraded performance while guests are copied, and faults that strike meanwhile.
 */
export class UpgradeBooks {
  /** Per group: 1 while redundancy is missing for an upgrade. */
  readonly exposed: Uint8Array;
  /** Per group: 1 while it serves nothing because of one. */
  readonly down: Uint8Array;
  private readonly blame: Blame = { mode: -1, phase: 0 };
  private readonly model: CompiledModel;
  private readonly world: World;
  private readonly groups: readonly (readonly number[])[];
  /** Per campaign: since when a guest is being copied, µs. */
  private readonly copySince: Float64Array;

  constructor(model: CompiledModel, world: World) {
    this.model = model;
    this.world = world;
    this.exposed = new Uint8Array(model.groups.count);
    this.down = new Uint8Array(model.groups.count);
    this.groups = model.names.services.map((_, service) => groupsOf(model, service));
    this.copySince = new Float64Array(model.upgrades.count);
  }

  /** The group may have lost or got back a member. */
  groupChanged(group: number): void {
    this.exposed[group] = isExposedByUpgrade(this.world, group) ? 1 : 0;
    this.down[group] = this.isDownForUpgrade(this.model.elements.count + group) ? 1 : 0;
  }

  private isDownForUpgrade(signal: number): boolean {
    if (this.world.served[signal] !== 0) return false;
    this.blame.mode = -1;
    blameSignal(this.world, signal, this.blame);
    return this.isUpgrade(this.blame.mode);
  }

  /** The root (mode) of a loss is a campaign. */
  isUpgrade(mode: number): boolean {
    const { campaignOf, rootOf } = this.model.upgrades;
    return mode >= 0 && campaignOf[rootOf[mode]!]! >= 0;
  }

  /** A group that the service stands on lacks redundancy for an upgrade (SEM-29). */
  isExposed(service: number): boolean {
    const { world } = this;
    return this.groups[service]!.some((group) => isExposedByUpgrade(world, group));
  }

  /** Time that a guest has been copied, weighted by what its performance lacks, and whose group; undefined for any other step. */
  copied(
    now: number,
    track: number,
    step: number,
    outcome: StepOutcome,
  ): { readonly group: number; readonly time: number } | undefined {
    const { tracks, steps, upgrades, seats } = this.model;
    if (tracks.kind[track] !== TRACK.upgrade || steps.phase[step] !== MIGRATION) return undefined;
    const campaign = tracks.owner[track]!;
    if (outcome === 'started') this.copySince[campaign] = now;
    if (outcome !== 'done' && outcome !== 'failed') return undefined;
    const guest = this.world.upgradeGuest[campaign]! - 1;
    const time = (now - this.copySince[campaign]!) * upgrades.degradation[campaign]!;
    return { group: seats.group[guest]!, time };
  }
}
