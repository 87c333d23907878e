import type { Block, Gate, Structure } from '../../src/model/structure.ts';
/** Small deterministic generator for test data (mulberry32): uniform on [0, 1). */
export declare function testRandom(seed: number): () => number;
/** Whether the structure's top is true when exactly the blocks of `down` have failed; follows the definitions only. */
export declare function evaluate(structure: Structure, down: (block: number) => boolean): boolean;
export declare function block(name: string, unavailability: number, frequencyPerHour?: number): Block;
/** A structure of the given blocks whose last gate is the top. */
export declare function structureOf(blocks: readonly Block[], gates: readonly Gate[]): Structure;
/** Undirected k×k grid whose links fail with probability q, from corner to corner (methods 7.1). */
export declare function gridNetwork(k: number, q: number, directed?: boolean): Structure;
/**
 * Ring of methods 7.1: service s runs on hosts s mod H and (s + 1) mod H, H = services/5, with a VM of its own on each;
 * the top is "some service is down"; everything fails with probability q.
 */
export declare function serviceRing(services: number, q: number): Structure;
