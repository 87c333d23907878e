import { type Impact, SERVICES, type Service } from '../../catalogue/services.ts';
import type { Table } from '../../model/table.ts';

/** Class that the operation map implies: data path → Critical, any other run-time use → Major, none → Minor (B-74). */
export function derivedImpact(service: Service): Impact {
  const uses = service.operations.map((need) => need.operation).filter((operation) => operation !== 'upgrade');
  if (uses.includes('datapath')) return 'Critical';
  if (uses.length > 0) return 'Major';
  return service.operations.length > 0 ? 'N/A' : 'Minor';
}

/** The service impact mapping (B-79, NC-47) with what needs each service and the class that follows from it. */
export function servicesTable(): Table {
  const count = (key: 'runtime' | 'upgrade', impact: Impact): number =>
    SERVICES.filter((s) => s[key] === impact).length;
  const counts = (key: 'runtime' | 'upgrade'): string =>
    (['Critical', 'Major', 'Minor', 'N/A'] as const)
      .map((impact) => [count(key, impact), impact] as const)
      .filter(([n]) => n > 0)
      .map(([n, impact]) => `${n} ${impact}`)
      .join(', ');
  return {
    format: 'carriergrade/table/1',
    name: 'services',
    title: 'Impact of OpenStack and infrastructure services',
    columns: [
      { name: '#' },
      { name: 'Service' },
      { name: 'Runtime impact' },
      { name: 'Upgrade impact' },
      { name: 'API impact' },
      { name: 'Needed by' },
      { name: 'Derived runtime impact' },
    ],
    rows: SERVICES.map((service, i) => [
      i + 1,
      service.name,
      service.runtime,
      service.upgrade,
      service.apiNote,
      service.operations
        .map(({ operation, condition }) => (condition === undefined ? operation : `${operation} (${condition})`))
        .join(', '),
      derivedImpact(service),
    ]),
    notes: [
      `${SERVICES.length} services; runtime ${counts('runtime')}; upgrade ${counts('upgrade')} (B-79). Names and notes as printed (DX-15).`,
      'Needed by: operation map [EA]. Derived: data path → Critical, any other run-time use → Major, none → Minor; it differs from the printed class where text and table of the source differ (DX-14) and for Glance, whose images spawning needs (DX-15).',
    ],
  };
}
