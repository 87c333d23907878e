/** Asserts that `value` rounds to `printed` at the last printed digit (or is off by rounding of doubles only). */
export declare function agreesTo(value: number, printed: string): void;
/** Value of one unit in the last place of a decimal text such as 2.8774e-5, 0.99 or 1000. */
export declare function lastDigit(printed: string): number;
