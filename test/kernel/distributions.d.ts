import { type Law } from '../../src/model/law.ts';
/** Regularised lower incomplete gamma function P(a, x), by its series; good to 1e-12 for the arguments of tests. */
export declare function gammaP(a: number, x: number): number;
export declare function normalCdf(z: number): number;
/** P(T ≤ t), t in seconds, of the laws that have a density. */
export declare function cdf(law: Law, t: number): number;
/** Kolmogorov–Smirnov statistic √n · sup |F_n − F| of a sample. */
export declare function kolmogorovSmirnov(sample: Float64Array, distribution: (x: number) => number): number;
