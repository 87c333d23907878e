/** One category of the incidents reported for 2015, as the source document uses them (B-45). */
export interface IncidentCategory {
  readonly name: string;
  /** Share of all incidents, percent. */
  readonly percent: number;
  /** Average number of subscribers affected, thousands. */
  readonly thousandSubscribers: number;
  readonly mttrHours: number;
  /** Risk priority number and its share in percent, as printed. */
  readonly printedRpn: string;
  readonly printedRpnPercent: string;
  readonly source: '[B] B-45';
}

function category(
  name: string,
  percent: number,
  thousandSubscribers: number,
  mttrHours: number,
  printedRpn: string,
  printedRpnPercent: string,
): IncidentCategory {
  return { name, percent, thousandSubscribers, mttrHours, printedRpn, printedRpnPercent, source: '[B] B-45' };
}

export const INCIDENTS_2015: readonly IncidentCategory[] = [
  category('System Failure', 68.8, 1600, 25, '27520', '80.61'),
  category('Human Error', 21.7, 1400, 9, '2734', '8.01'),
  category('Malicious Act', 8, 1000, 47, '3760', '11.01'),
  category('Natural Phenom', 1.5, 200, 42, '126', '0.37'),
];

/** Printed totals of the same table. */
export const INCIDENTS_2015_TOTAL = { printedRpn: '34140', printedRpnPercent: '100', source: '[B] B-45' } as const;
