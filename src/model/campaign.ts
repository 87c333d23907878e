/** `carriergrade/campaign/1`: many scripted faults, one injection after the other, each with its verdict (B-32, B-33). */
export interface Campaign {
  readonly format: 'carriergrade/campaign/1';
  readonly scenario: { readonly name: string; readonly title: string; readonly digest: string };
  readonly campaign: CampaignFacts;
  /** Worst first: verdict, then lost share × time, then name. Injections alike in everything are one row. */
  readonly rows: readonly CampaignRow[];
  readonly services: Readonly<Record<string, CampaignSummary>>;
  /** Failovers by region of the group; absent without regions (B-48). */
  readonly regions?: Readonly<Record<string, FailoverSummary>>;
}

/** Which faults a campaign injects, and how many of all there are. */
export interface CampaignFacts {
  readonly kind: 'single' | 'pairs' | 'random';
  /** Faults of one injection. */
  readonly faultsPerInjection: number;
  readonly injections: number;
  /** All there are; more than `injections` when a limit cut them or they were drawn at random. */
  readonly possible: number;
  /** Second fault after the first: at a fixed time, or half-way through the exposure that the first one leaves. */
  readonly gap?: 'exposure' | { readonly seconds: number };
  readonly order?: 'both' | 'given';
  readonly seed?: string;
  /** Faults of a random injection strike within this time of each other. */
  readonly withinSeconds?: number;
}

export const CAMPAIGN_VERDICTS = ['up', 'hit', 'partial', 'down'] as const;
/** `hit`: interrupted, never longer than the service's outage threshold; `down`: at some time nobody was served. */
export type CampaignVerdict = (typeof CAMPAIGN_VERDICTS)[number];

/** An injection, or several that came out alike. */
export interface CampaignRow {
  readonly faults: readonly CampaignFault[];
  /** Injections this row stands for. */
  readonly injections: number;
  /** How often a year one of them happens: single faults only. */
  readonly perYear?: number;
  readonly services: Readonly<Record<string, CampaignOutcome>>;
  readonly failovers: FailoverSummary;
  /** What is broken: `<service>.faultsTolerated`, `<service>.reportable`, target ids, `<group>.failoverTarget`. */
  readonly breaks: readonly string[];
}

/** A fault of an injection: failure mode `mode` of an element, `atSeconds` after the start. */
export interface CampaignFault {
  /** First of the elements that are alike. */
  readonly element: string;
  readonly mode: string;
  readonly atSeconds: number;
}

/** What an injection did to one service. */
export interface CampaignOutcome {
  readonly verdict: CampaignVerdict;
  /** Time with any loss, and of the longest outage without a break. */
  readonly outageSeconds: number;
  readonly longestSeconds: number;
  /** Time of total loss. */
  readonly downSeconds: number;
  readonly worstLostShare: number;
  /** Loss integrated over time: share × seconds. */
  readonly lostShareSeconds: number;
  /** False: still lost a year later, which the seconds are counted to. */
  readonly restored: boolean;
  /** Once failovers have ended and before anything is repaired, rebuilt or done by hand: what the structure alone gives. */
  readonly unrepaired: 'up' | 'partial' | 'down';
}

/** Automatic failovers and how they ended; `slowestSeconds` is null where none succeeded. */
export interface FailoverSummary {
  readonly attempts: number;
  readonly successes: number;
  /** Successes within the target of their group. */
  readonly withinTarget: number;
  readonly slowestSeconds: number | null;
  /** Reasons of the others, each once, in alphabetical order. */
  readonly reasons: readonly string[];
}

/** All injections as one service saw them. */
export interface CampaignSummary {
  /** Injections by verdict. */
  readonly up: number;
  readonly hit: number;
  readonly partial: number;
  readonly down: number;
  readonly longestSeconds: number;
  /** Rates times lost shares of single faults: downtime without any second fault, s/year (2.12). */
  readonly singleFaultDpm?: number;
  /** The promise of the service and whether it was kept, where it gives one for so many faults. */
  readonly faultsTolerated?: { readonly promised: number; readonly kept: boolean };
}
