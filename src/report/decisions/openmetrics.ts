import { Gauge, type OpenMetricsContentType, Registry } from 'prom-client';
import type { CheckReport } from '../../model/check.ts';

const VALUES = { pass: 1, fail: 0, undecided: -1 } as const;

/**
 * The report in the OpenMetrics text format, ready for a push gateway or a textfile collector: what was measured with its
 * interval, the limits, the verdicts (1 met, 0 missed, −1 undecided) and the ratios against the baseline.
 */
export async function checkOpenMetrics({ scenarios, version }: CheckReport): Promise<string> {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[]): Gauge<L> =>
    new Gauge({ name: `carriergrade_${name}`, help, labelNames, registers: [registry] });
  const target = ['scenario', 'of', 'metric'] as const;
  const value = gauge('target_value', 'What was measured; for availability the unavailability.', [...target, 'bound']);
  const limit = gauge('target_limit', 'What it must keep; for availability the unavailability.', target);
  const verdict = gauge('target_met', '1 met, 0 missed, -1 undecided.', [...target, 'level']);
  const ratio = gauge('downtime_ratio', 'Downtime against the baseline.', ['scenario', 'service', 'bound']);
  const regression = gauge('regression_free', '1 no regression, 0 regression, -1 undecided.', ['scenario', 'service']);
  const histories = gauge('histories', 'Histories simulated until everything was certain.', ['scenario']);
  gauge('info', 'Always 1.', ['version']).set({ version }, 1);
  for (const { label: scenario, targets, regressions, run } of scenarios) {
    histories.set({ scenario }, run.histories);
    for (const { of, metric, estimate, level, ...gate } of targets) {
      limit.set({ scenario, of, metric }, gate.limit);
      verdict.set({ scenario, of, metric, level }, VALUES[gate.verdict]);
      if (estimate === null) continue;
      for (const bound of ['value', 'lo', 'hi'] as const) value.set({ scenario, of, metric, bound }, estimate[bound]);
    }
    for (const { service, ratio: times, verdict: found } of regressions) {
      regression.set({ scenario, service }, VALUES[found]);
      if (times === null) continue;
      for (const bound of ['value', 'lo', 'hi'] as const) ratio.set({ scenario, service, bound }, times[bound]);
    }
  }
  return registry.metrics();
}
