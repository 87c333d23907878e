import { create, type FactoryFunctionMap, UnitDependencies } from 'mathjs';

/**
 * Units through mathjs: only its `Unit` class is built, tens of milliseconds instead of a second for the whole library.
 * Reached through a lazy import (`scenario/quantity/expression.ts`); the expression evaluator is not part of it.
 */
export interface Unit {
  multiply(other: Unit): Unit | number;
  divide(other: Unit): Unit | number;
  pow(exponent: number): Unit | number;
  /** Value in the given unit; throws when the dimensions differ. */
  toNumber(unit: string): number;
}

interface UnitClass {
  new (value?: number, name?: string): Unit;
  isValuelessUnit(name: string): boolean;
  createUnit(units: Readonly<Record<string, string>>): unknown;
}

const { Unit } = create({ UnitDependencies } as unknown as FactoryFunctionMap) as unknown as { Unit: UnitClass };
// A year of 365 days, a month of 730 hours; failures in time are counted per 1e9 hours.
Unit.createUnit({ calendaryear: '31536000 s', calendarmonth: '2628000 s', FIT: '1e-9 h^-1' });

const RENAMED: Readonly<Record<string, string>> = { year: 'calendaryear', month: 'calendarmonth', d: 'day' };

/** One of the named unit, or undefined when nobody knows it. */
export function unit(name: string): Unit | undefined {
  const known = RENAMED[name] ?? name.replace(/^([kMGTP]i?)bit$/, '$1b');
  return Unit.isValuelessUnit(known) ? new Unit(1, known) : undefined;
}

/** A dimensionless number as a unit. */
export function plain(value: number): Unit {
  return new Unit(value);
}
