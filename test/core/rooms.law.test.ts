import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SPREAD_LEVELS } from '../../src/compile/model.ts';
import { NodeChoice } from '../../src/compile/placement.ts';
import { emptyRooms, listRooms, setFree } from '../../src/compile/rooms.ts';

/** Nodes with their slots used, whether they work, and the rack they stand in. */
const node = fc.record({
  slots: fc.integer({ min: 0, max: 4 }),
  used: fc.integer({ min: 0, max: 4 }),
  up: fc.boolean(),
  rack: fc.integer({ min: 0, max: 2 }),
});
const question = fc.record({
  nodes: fc.array(node, { minLength: 1, maxLength: 40 }),
  needed: fc.integer({ min: 1, max: 3 }),
  others: fc.array(fc.nat(100), { maxLength: 3 }),
  spread: fc.constantFrom(-1, SPREAD_LEVELS.indexOf('rack')),
  hard: fc.boolean(),
  home: fc.option(fc.nat(100), { nil: -1 }),
});

describe('law: the choice of a node by the tree of free slots', () => {
  test('is that of a look at every node: without a conflict first, then most free slots, then the order', () => {
    fc.assert(
      fc.property(question, ({ nodes, needed, others, spread, hard, home }) => {
        const capacity = nodes.map(({ slots }) => slots);
        // The room has the nodes in reverse, so that order in it and in the model differ; a second room shares them.
        const room = nodes.map((_, i) => nodes.length - 1 - i);
        const rooms = listRooms([room.slice(1), room], capacity);
        const free = new Int32Array(rooms.treeStart.at(-1)!);
        emptyRooms(rooms, capacity, free);
        const left = nodes.map(({ slots, used }) => Math.max(0, slots - used));
        for (const [i, slots] of left.entries()) {
          setFree(rooms, free, i, slots, (place, value) => {
            free[place] = value;
          });
        }
        const hosts = others.map((each) => each % nodes.length);
        const at = home < 0 ? -1 : home % nodes.length;
        const domains = new Int32Array(nodes.length * SPREAD_LEVELS.length);
        nodes.forEach(({ rack }, i) => {
          domains.fill(rack, i * SPREAD_LEVELS.length, (i + 1) * SPREAD_LEVELS.length);
        });
        const model = {
          rooms,
          elements: { domains, reach: new Int32Array(nodes.length).fill(-1) },
          groups: {
            room: Int32Array.of(1),
            slotsPerMember: Int32Array.of(needed),
            demand: new Int32Array(0),
            spreadLevel: Int8Array.of(spread),
            spreadHard: Uint8Array.of(hard ? 1 : 0),
            withinLevel: Int8Array.of(SPREAD_LEVELS.indexOf('recovery-region')),
            seatStart: Int32Array.of(0, hosts.length + 1),
          },
        };
        const choice = new NodeChoice(model as never, {
          free,
          seatHost: [0, ...hosts.map((host) => host + 1)],
          served: nodes.map(({ up }) => (up ? 1 : 0)),
          resourcesUsed: [],
        });
        let best = -1;
        let bestMeets = true;
        for (const each of room) {
          if (left[each]! < needed || !nodes[each]!.up) continue;
          if (at >= 0 && nodes[each]!.rack !== nodes[at]!.rack) continue;
          const meets = spread >= 0 && hosts.some((host) => nodes[host]!.rack === nodes[each]!.rack);
          if (meets && hard) continue;
          if (best < 0 || (bestMeets && !meets) || (bestMeets === meets && left[each]! > left[best]!)) {
            best = each;
            bestMeets = meets;
          }
        }
        expect(choice.choose(0, 0, at)).toBe(best);
      }),
      { seed: 5, numRuns: 3000 },
    );
  });
});
