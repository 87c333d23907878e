import { describe, expect, it } from 'vitest';
import { cheapestConfiguration, type Option } from '../../src/analytic/allocation/configuration.ts';
import { exploreChain } from '../../src/analytic/chain/explore.ts';
import { steadyState } from '../../src/analytic/chain/steady-state.ts';
import { readValidation, validationAvailable } from './available.ts';

/**
 * Service chains P-S-I-H of Di Mauro et al. (arXiv 2104.10135): a node has up to four replicas, each hardware, one
 * guest on it and some containers in that; a fault takes everything above it down at once, repairs go bottom up,
 * containers independently of each other. A node is up while at least three containers are.
 */
const FAULT = 1 / 10_000;
const REPAIR = 1;
const REQUIRED = 3;

/** Probability of 0 … n containers up on one replica with n containers. State: hardware, guest, containers up. */
function containersUp(n: number): Float64Array {
  const next = new Int32Array(3);
  const { chain, vectors } = exploreChain({
    initial: Int32Array.of(1, 1, n),
    successors([hardware, guest, up], emit) {
      const move = (rate: number, ...state: [number, number, number]): void => {
        next.set(state);
        emit(rate, next);
      };
      move(hardware! * FAULT, 0, 0, 0);
      move((1 - hardware!) * REPAIR, 1, 0, 0);
      move(guest! * FAULT, 1, 0, 0);
      move(hardware! * (1 - guest!) * REPAIR, 1, 1, 0);
      move(up! * FAULT, 1, 1, up! - 1);
      move(guest! * (n - up!) * REPAIR, 1, 1, up! + 1);
    },
  });
  const share = new Float64Array(n + 1);
  steadyState(chain).probability.forEach((p, i) => {
    share[vectors[3 * i + 2]!]! += p;
  });
  return share;
}

const REPLICA = [0, 1, 2, 3, 4].map((n) => (n === 0 ? Float64Array.of(1) : containersUp(n)));

/** P(fewer than three containers up over all replicas), by convolution of the independent replicas. */
function nodeUnavailability(replicas: readonly number[]): number {
  let total = Float64Array.of(1);
  for (const n of replicas) {
    const share = REPLICA[n]!;
    const sum = new Float64Array(total.length + share.length - 1);
    total.forEach((a, i) => {
      share.forEach((b, j) => {
        sum[i + j]! += a * b;
      });
    });
    total = sum;
  }
  return total.slice(0, REQUIRED).reduce((a, b) => a + b, 0);
}

const nodeCost = (replicas: readonly number[]): number => replicas.reduce((sum, n) => sum + (n > 0 ? 2 + n : 0), 0);

describe('reference: node unavailabilities of the service chain study', () => {
  // Third column: exact rational elimination. The second was formed as 1 − A in doubles and ends at 1e-16 absolute.
  it.each([
    [[3, 3], 5.839172723e-7, '5.839172720387931e-7'],
    [[4, 4], 2.435316e-7, '2.435316242288665e-7'],
    [[2, 2, 2], 4.798478e-7, '4.798477798318919e-7'],
    [[2, 2, 1], 9.590046e-7, '9.590045856851005e-7'],
    [[4, 4, 4], 1.087322e-10, '1.087323041701903e-10'],
  ])('%j', (replicas, subtracted, exact) => {
    const unavailability = nodeUnavailability(replicas);
    expect(Math.abs(unavailability / Number(exact) - 1)).toBeLessThan(3e-15);
    expect(Math.abs(unavailability - subtracted)).toBeLessThan(5e-14);
  });

  it('finds the cheapest chain for 0.9999 and 0.99999: four nodes of 3 + 3, cost 40', () => {
    const node: Option[] = [];
    for (let a = 1; a <= 4; a++)
      for (let b = 0; b <= a; b++)
        for (let c = 0; c <= b; c++)
          for (let d = 0; d <= c; d++) {
            const replicas = [a, b, c, d];
            node.push({
              name: replicas.join(),
              cost: nodeCost(replicas),
              unavailability: nodeUnavailability(replicas),
            });
          }
    for (const target of [1e-4, 1e-5]) {
      const best = cheapestConfiguration([node, node, node, node], target);
      expect(best.cost).toBe(40);
      expect(best.options.map(({ name }) => name)).toEqual(Array.from({ length: 4 }, () => '3,3,0,0'));
      expect(1 - best.unavailability).toBeCloseTo(0.9999976644020456, 9);
    }
  });
});

const FILES = ['models/hasfc/ca583cd3_sample150.csv', 'models/hasfc/f1390553_0.9999_results.csv'];

if (validationAvailable(FILES[0]!)) {
  describe.each(FILES)('reference: published chains of %s', (file) => {
    const rows = readValidation(file)
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(';'));

    it('gives every availability to the last bit and every cost', () => {
      expect(rows.length).toBe(file === FILES[0] ? 150 : 1);
      for (const row of rows) {
        const nodes = [0, 4, 8, 12].map((from) => row.slice(from, from + 4).map(Number));
        // The published tool prints ten decimals per node; the product is taken in the order H, I, P, S.
        const printed = nodes.map((node) => Number((1 - nodeUnavailability(node)).toFixed(10)));
        const [p, s, i, h] = printed as [number, number, number, number];
        expect(h * i * p * s).toBe(Number(row[16]));
        expect(nodes.reduce((sum, node) => sum + nodeCost(node), 0)).toBe(Number(row[17]));
      }
    });
  });
} else {
  it('the published service chains are absent here', () => {
    expect(validationAvailable(FILES[0]!)).toBe(false);
  });
}
