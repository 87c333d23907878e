import { printNumber, printShare } from '../../format.ts';

/** A text between the quotes of a graph description. */
export function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
}

/** Shade of a box by its share of the downtime: 0 for none, 1 … 5. */
export function heat(part: number, whole: number): string {
  if (part <= 0 || whole <= 0) return 'heat-0';
  const share = part / whole;
  const steps = [0.01, 0.05, 0.2, 0.5];
  return `heat-${1 + steps.filter((step) => share >= step).length}`;
}

/** `12.3 s/year, 4.5 %`; empty for nothing. */
export function contribution(part: number, whole: number): string {
  return part <= 0 ? '' : `${printNumber(part, 3)} s/year · ${printShare(part, whole)}`;
}

/** What all graphs of the report have in common; colours come from classes of the page. */
export const COMMON =
  'bgcolor=transparent; fontname="Helvetica"; fontsize=11; node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=10, height=0.3, margin="0.12,0.06"]; edge [fontname="Helvetica", fontsize=9, arrowhead=none];';
