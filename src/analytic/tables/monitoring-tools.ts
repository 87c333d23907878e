import { MONITORING_TOOLS } from '../../catalogue/monitoring-tools.ts';
import type { Table } from '../../model/table.ts';

/** Comparison of monitoring tools, as printed. */
export function monitoringToolsTable(): Table {
  return {
    format: 'carriergrade/table/1',
    name: 'monitoring-tools',
    title: 'Comparison of monitoring tools',
    columns: [
      { name: 'Monitoring tool' },
      { name: 'Plugins' },
      { name: 'Trigger/Alerts' },
      { name: 'WebApp' },
      { name: 'Service monitoring' },
      { name: 'API' },
    ],
    rows: MONITORING_TOOLS.map((tool) => [
      tool.name,
      tool.plugins,
      tool.triggers,
      tool.webApp,
      tool.serviceMonitoring,
      tool.api,
    ]),
    notes: ['[A] A-29. A tool without service monitoring does not cover faults of applications.'],
  };
}
