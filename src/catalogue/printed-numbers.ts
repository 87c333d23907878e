/**
 * Numbers printed in the running text of the source documents, by numeric check of the domain model. `printed` keeps
 * the form of the source, so that a computed value can be shown to the same digits.
 */
export interface PrintedNumber {
  readonly check: string;
  readonly place: string;
  readonly printed: string;
  readonly source: string;
}

const from = (check: string, place: string, printed: string): PrintedNumber => ({
  check,
  place,
  printed,
  source: `[B] ${check}`,
});

export const PRINTED_NUMBERS = {
  fiveNinesDpm: from('NC-01', 'targets: "DPM target of ~315 sec/NE/year"', '315'),
  allocationTotal: from('NC-02', 'allocation table, DPM-Tot of 0.99999', '315.3599999986'),
  seriesAvailability: from('NC-03', 'first block diagram: ".99999^3=.99997"', '.99997'),
  seriesDpm: from('NC-03', 'first block diagram: "1-A * 31536000 sec/y = 946 sec/y"', '946'),
  pairAvailability: from('NC-05', 'second block diagram: "1-(1-.999)^2 = 0.999999"', '0.999999'),
  chainAvailability: from('NC-06', 'second block diagram: ".999999 x .999999 x .999999 = .999997"', '.999997'),
  downtimeTarget: from('NC-07', 'engineering targets: "31.5 seconds per year"', '31.5'),
} as const;
