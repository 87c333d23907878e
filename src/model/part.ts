import type { Method, Scenario } from './scenario.ts';

/** Shard `index` (from 1) of `of`. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** What a run was asked for beside its scenario; what is absent is the scenario's. */
export interface PartSettings {
  readonly seed?: string;
  readonly years?: number;
  readonly histories?: number;
  readonly precision?: number;
  readonly method?: Method;
}

/**
 * Pieces of work that are finished, by name: what an interrupted run goes on from, and what the parts of a run bring
 * together. A name says all that the numbers depend on beside scenario, seed, years and version.
 */
export interface FinishedWork {
  /** What was finished before. */
  readonly find: (name: string) => Float64Array | undefined;
  /** Called with each piece that was not known, in the order in which they are needed. */
  readonly keep: (name: string, numbers: Float64Array) => void;
}

/** Pieces of finished work: their names, how many numbers each has, and the numbers as base64 of deflated doubles. */
export interface PackedWork {
  readonly names: readonly string[];
  readonly lengths: readonly number[];
  readonly numbers: string;
}

/** `carriergrade/part/1`: what one machine did of a run, and all that is needed to put the parts together. */
export interface Part {
  readonly format: 'carriergrade/part/1';
  readonly scenario: { readonly name: string; readonly title: string; readonly digest: string };
  readonly version: string;
  readonly shard: Shard;
  readonly settings: PartSettings;
  /** The scenario as it was resolved. */
  readonly source: Scenario;
  /** First history of this part and the end of them. */
  readonly histories: { readonly first: number; readonly end: number };
  readonly work: readonly PackedWork[];
}
