import type { CompiledModel } from '../compile/model.ts';
import { type RunTotals, sumLists } from '../measures/run-totals.ts';
import { scale } from '../measures/service-result.ts';
import { unavailabilityInterval } from '../measures/statistics/rate.ts';
import { type PrecisionRule, precisionReached } from '../measures/statistics/stopping.ts';
import type { Estimate } from '../model/estimate.ts';
import { MICROSECONDS_PER_SECOND, SECONDS_PER_YEAR } from '../model/time.ts';
import { hasDowntime } from './cycles/run-cycles.ts';
import { longestOutage } from './longest-outage.ts';
import type { MethodChoice } from './method.ts';

/** Outages that a relative half-width of 1 takes, roughly: (1.96)² and as much again for the spread of their lengths. */
const OUTAGES_PER_UNIT = 8;

/** What the histories absorbed so far say of the services' downtime, for those who decide how to go on. */
export class KnownSoFar {
  private readonly model: CompiledModel;
  private readonly totals: RunTotals;
  private readonly confidence: number;
  private readonly longest: readonly number[];

  constructor(model: CompiledModel, totals: RunTotals, confidence: number) {
    this.model = model;
    this.totals = totals;
    this.confidence = confidence;
    this.longest = Array.from({ length: model.services.visible }, (_, service) => longestOutage(model, service));
  }

  /**
   * Services known less precisely than `rule` asks, but those whose downtime does not come from histories, and those in which
   * neither histories nor cycles have met any: there is no width relative to it, whatever the histories.
   */
  imprecise(rule: PrecisionRule, choiceOf: (service: number) => MethodChoice | undefined): number[] {
    const services: number[] = [];
    for (let service = 0; service < this.longest.length; service++) {
      const { method = 'histories', cycles } = choiceOf(service) ?? {};
      if (method !== 'histories') continue;
      const unavailability = this.unavailability(service);
      if (unavailability.value === 0 && cycles !== undefined && !hasDowntime(cycles)) continue;
      const { count } = this.totals.outageEvents[service]!;
      if (precisionReached(unavailability, count, rule) === 'continue') services.push(service);
    }
    return services;
  }

  /** Events of histories, in all, after which the service's downtime may be known to a relative half-width. */
  eventsTo(service: number, relative: number): number {
    const { count } = this.totals.outageEvents[service]!;
    const { value, lo, hi } = this.unavailability(service);
    // The lower side narrows with the root of the work, the outage not yet seen on the upper one with the work itself.
    const byWidth = value > 0 ? Math.max(((value - lo) / value / relative) ** 2, (hi - value) / value / relative) : 0;
    const byCount = OUTAGES_PER_UNIT / relative ** 2 / Math.max(1, count);
    return this.totals.events * (count < 3 ? byCount : byWidth);
  }

  /** Histories, in all, after which each of the services may be known to a relative half-width. */
  historiesTo(services: readonly number[], relative: number): number {
    const { events, histories } = this.totals;
    const most = Math.max(0, ...services.map((each) => this.eventsTo(each, relative)));
    return Math.ceil((most * histories) / Math.max(1, events));
  }

  /** The service whose interval is widest for its value, with its downtime, s/year. */
  worst(): { readonly service: string; readonly downtime: Estimate } | undefined {
    let worst: { readonly service: string; readonly downtime: Estimate } | undefined;
    let widest = -1;
    for (let service = 0; service < this.longest.length; service++) {
      const unavailability = this.unavailability(service);
      const { value, lo, hi } = unavailability;
      const width = value > 0 ? (hi - lo) / value : Number.MAX_VALUE;
      if (width <= widest) continue;
      widest = width;
      worst = { service: this.model.names.services[service]!, downtime: scale(unavailability, SECONDS_PER_YEAR) };
    }
    return worst;
  }

  private unavailability(service: number): Estimate {
    const { totals, confidence, longest } = this;
    const seconds = (amounts: readonly number[]): number[] => amounts.map((amount) => amount / MICROSECONDS_PER_SECOND);
    const downtime = sumLists(totals.service(service, 'totalTime'), totals.service(service, 'partialWeighted'));
    return unavailabilityInterval(seconds(downtime), seconds(totals.horizons), confidence, {
      outages: totals.outageEvents[service]!,
      longestOutage: longest[service]!,
    });
  }
}
