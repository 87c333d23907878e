/** One tool of the comparison of monitoring tools; cells as printed. */
export interface MonitoringTool {
  readonly name: string;
  readonly plugins: 'Yes' | 'No';
  readonly triggers: 'Yes' | 'No';
  readonly webApp: 'Full Control' | 'Viewing';
  readonly serviceMonitoring: 'Yes' | 'No';
  readonly api: string;
  readonly source: '[A] A-29';
}

export const MONITORING_TOOLS: readonly MonitoringTool[] = [
  {
    name: 'Zabbix',
    plugins: 'Yes',
    triggers: 'Yes',
    webApp: 'Full Control',
    serviceMonitoring: 'Yes',
    api: 'Yes',
    source: '[A] A-29',
  },
  {
    name: 'Nagios',
    plugins: 'Yes',
    triggers: 'Yes',
    webApp: 'Viewing',
    serviceMonitoring: 'Yes',
    api: 'Yes Or Via Plugin',
    source: '[A] A-29',
  },
  {
    name: 'Ceilometer',
    plugins: 'No',
    triggers: 'Yes',
    webApp: 'Full Control',
    serviceMonitoring: 'No',
    api: 'Yes',
    source: '[A] A-29',
  },
];
