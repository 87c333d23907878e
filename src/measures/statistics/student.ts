import { normalQuantile, studentQuantile } from '../../adapters/special.ts';
import { tail } from './confidence.ts';

/** Two-sided Student factor for `degrees` ≥ 1. */
export function studentFactor(confidence: number, degrees: number): number {
  return -studentQuantile(tail(confidence), degrees);
}

/** (t / z)²: what a variance is multiplied with so that normal-theory limits allow for its having been estimated. */
export function varianceInflation(confidence: number, degrees: number): number {
  return (studentFactor(confidence, degrees) / normalQuantile(tail(confidence))) ** 2;
}
