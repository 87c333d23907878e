/** Small seeded generator (sfc32) with the laws the statistical tests draw from. Tests own it: they must not depend on the kernel. */
export declare class Random {
    #private;
    constructor(seed: number);
    /** In (0, 1), 53 bits. */
    uniform(): number;
    /** 0 … n − 1. */
    integer(n: number): number;
    exponential(mean: number): number;
    normal(): number;
    /** Lognormal with the given mean and coefficient of variation. */
    lognormal(mean: number, cv: number): number;
    /** Poisson count by unit exponentials. */
    poisson(mean: number): number;
}
