import type { Place, Problem } from './problem.ts';

/** `carriergrade/import/1`: what became of every key of descriptors that were turned into a scenario. */
export interface ImportReport {
  readonly format: 'carriergrade/import/1';
  readonly files: readonly ImportedFile[];
  /** Protection groups of the scenario, in its order. */
  readonly groups: readonly ImportedGroup[];
  /** Services and chains of the scenario by name, each with what it consists of. */
  readonly services: readonly { readonly id: string; readonly kind: 'service' | 'chain'; readonly of: string }[];
  /** Keys that decide something in the scenario. */
  readonly taken: readonly KeyVerdict[];
  /** Keys that only a part of could be said, or that are said in the nearest words there are. */
  readonly approximated: readonly KeyVerdict[];
  /** Keys without influence, each with the reason. A key stands for the `below` keys inside it. */
  readonly ignored: readonly KeyVerdict[];
  /** Values of the scenario that the descriptors do not state. */
  readonly assumed: readonly ImportAssumption[];
  /** Defects of the files, and what is dangerous in what they ask for; in the order of the files. */
  readonly findings: readonly Problem[];
}

/** A descriptor file, and what became of its keys in numbers. */
export interface ImportedFile {
  readonly file: string;
  /** What the documents of the file are, for example `VNFD (Tacker)`. */
  readonly kind: string;
  /** Keys of all maps; the three figures after it add up to it. */
  readonly keys: number;
  readonly taken: number;
  readonly approximated: number;
  readonly ignored: number;
  readonly findings: number;
}

/** A protection group made of descriptors, in their words. */
export interface ImportedGroup {
  readonly id: string;
  readonly scheme: string;
  readonly members: number;
  /** What watches its members, for example `ping every 1 s × 3`. */
  readonly monitors: readonly string[];
  /** What happens then, and what the placement and scaling policies say. */
  readonly rules: readonly string[];
}

/** What became of one key of a descriptor. */
export interface KeyVerdict {
  readonly place: Place;
  /** Path of the key in its document. */
  readonly key: string;
  /** As written, shortened; secrets are not repeated. */
  readonly value: string;
  /** What it has become, or why it has no influence. */
  readonly as: string;
  /** Further keys inside this one with the same verdict; absent: none. */
  readonly below?: number;
}

/** A value that the scenario needs and the descriptors leave open. */
export interface ImportAssumption {
  /** Path in the scenario. */
  readonly path: string;
  readonly value: string;
  readonly why: string;
  /** Source tag as of the defaults of scenarios. */
  readonly source: string;
}

/** What a key has become that has no meaning of its own. */
export const HOLDS = 'holds what is taken';
