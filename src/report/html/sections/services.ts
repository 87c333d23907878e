import type { Estimate } from '../../../model/estimate.ts';
import type { ServiceResult } from '../../../model/result.ts';
import { type Cell, table } from '../../document/document.ts';
import {
  printAvailability,
  printCount,
  printEstimate,
  printNines,
  printNumber,
  printRatio,
  printShare,
} from '../../format.ts';
import { intervalTitle } from '../../result/row.ts';
import { tableHtml } from '../blocks.ts';
import { budgetChart } from '../charts/budget.ts';
import { type Html, html } from '../markup.ts';
import { budgetOf, type Context } from './context.ts';

/** All services side by side: downtime against budget, nines, outages, reportable share, chance of a bad year. */
export function servicesSection({ result, figures, detailed }: Context): Html {
  const { services, targets, analytic, run } = result;
  const rows = Object.entries(services).map(([id, service]): readonly Cell[] => {
    const { all } = service.dpm;
    const budget = budgetOf(id, targets);
    const printed = printEstimate(all);
    return [
      id,
      printed.value,
      printed.interval,
      budget === undefined ? '–' : printNumber(budget, 5),
      budget === undefined ? '–' : printShare(all.value, budget),
      printAvailability(service.unavailability).value,
      printNines(service.nines).value,
      printEstimate(service.ofm.all).value,
      reportableShare(service),
      worstMiss(service),
    ];
  });
  const titles = [
    'service~',
    '>downtime, s/year',
    `>${intervalTitle(run.confidence)}`,
    '>budget',
    '>used',
    '>availability',
    '>nines',
    '>outages/year',
    '>reportable',
    '>bad years',
  ];
  const drawn = detailed.flatMap((id) => {
    const { dpm } = services[id]!;
    const budget = budgetOf(id, targets);
    const exact = analytic.services[id]?.dpm;
    const { value, lo, hi } = dpm.all;
    const text = `${printEstimate(dpm.all, 's/year').value} (${printEstimate(dpm.all).interval})`;
    return value > 0
      ? [
          {
            service: id,
            value,
            lo,
            hi,
            text,
            ...(budget === undefined ? {} : { budget }),
            ...(exact === undefined ? {} : { exact }),
          },
        ]
      : [];
  });
  const chart =
    drawn.length === 0
      ? html`<p class="note">No service was down in the simulated time, so there is nothing to draw.</p>`
      : figures.place(
          { id: 'budget', kind: 'chart', spec: budgetChart(drawn), zooms: true },
          {
            title: 'Downtime against budget',
            alt: `Downtime in seconds a year of ${drawn.map(({ service, text }) => `${service} ${text}`).join('; ')}.`,
            legend: [
              { key: 'dot', text: 'simulated' },
              { key: 'band', text: intervalTitle(run.confidence) },
              ...(drawn.some(({ budget }) => budget !== undefined) ? [{ key: 'tick', text: 'budget' }] : []),
              ...(drawn.some(({ exact }) => exact !== undefined) ? [{ key: 'diamond', text: 'calculated' }] : []),
            ],
          },
        );
  return html`<section id="services" aria-labelledby="services-title"><h2 id="services-title">Services</h2>
${chart}
${tableHtml(table(titles, rows), 'Services')}
<p class="note">Downtime is total loss plus partial loss weighted by the share lost (DPM). “Reportable” is the part of the outages that last longer than the service's reportable threshold, “bad years” are the years that miss a downtime target.${rows.length > detailed.length ? ` ${printCount(detailed.length)} services have a section below: those with a target, then those that are down most.` : ''}</p>
</section>`;
}

/** Part of the counted outages that are reportable. */
export function reportableShare({ ofm, reportablePerYear }: ServiceResult): string {
  return ofm.all.value === 0 ? '–' : printShare(reportablePerYear.value, ofm.all.value);
}

function worstMiss({ missProbability }: ServiceResult): string {
  const chances = Object.values(missProbability);
  const worst = chances.reduce<Estimate | undefined>(
    (most, chance) => (most === undefined || chance.value > most.value ? chance : most),
    undefined,
  );
  return worst === undefined ? '–' : printRatio(worst).value;
}
