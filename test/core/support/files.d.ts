import { type ReadScenario } from '../../../src/scenario/read-scenario.ts';
/** A scenario of `scenarios/`, read as the command line reads it. */
export declare function readExample(name: string, variant?: string, set?: readonly string[]): ReadScenario;
