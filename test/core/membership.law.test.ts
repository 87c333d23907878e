import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inject, readScenario } from '../../src/index.ts';
import type { Injection } from '../../src/model/scenario.ts';

/** A cluster of `active` and `standby` members on nodes that have room for more, none of which fails by itself. */
function cluster(active: number, standby: number, action: string) {
  const roles = `active: { VIM0: ${active} }${standby === 0 ? '' : `, standby: { VIM0: ${standby} }`}`;
  return readScenario(
    `format: carriergrade/scenario/1
sites: { VIM0: { nodes: { nova: { count: 6, slots: 3, capacity: { vcpus: 3 } } } } }
groups:
  web:
    cluster: { roles: { ${roles} }, action: ${action}, loadBalancer: {} }
    failures: { vm: { rate: 4 / year } }
    placement: { pools: [VIM0/nova], flavour: vdu-256m-1g, antiAffinity: { level: none } }
    detection: { coverage: 100 %${standby === 0 ? '' : ', standby: { coverage: 100 % }'} }
    state: { stateful: false }
services: { web: { uses: [web] } }
`,
    { file: 'cluster.yaml' },
  );
}

type Change = readonly [kind: 'fail' | 'add' | 'delete', member: number, at: number];

describe('law: members that fail, come and go', () => {
  test('in the end everybody who should be there is up, nobody else is, and nothing is left behind', () => {
    const changes = fc.array(
      fc.tuple(
        fc.constantFrom('fail' as const, 'fail' as const, 'add' as const, 'delete' as const),
        fc.nat(9),
        fc.nat(400),
      ),
      { minLength: 1, maxLength: 8 },
    );
    const shape = fc.constantFrom([1, 0], [1, 1], [1, 2], [2, 0], [3, 0], [2, 1], [3, 2]);
    fc.assert(
      fc.property(shape, changes, fc.constantFrom('recovery', 'respawn'), ([active, standby], list, action) => {
        // A member at most leaves once, and one stays; with action respawn a shared standby has no flow.
        fc.pre(action === 'recovery' || active === 1 || standby === 0);
        const members = active! + standby!;
        const deleted = new Set<number>();
        const script = list.flatMap(([kind, member, at]: Change): Injection[] => {
          const number = 1 + (member % members);
          if (kind === 'add') return members === 1 ? [] : [{ at, element: 'web', operation: 'clusterMemberAdd' }];
          if (kind === 'fail') return [{ at, element: `web/${number}` }];
          if (number === 1 || deleted.has(number)) return [];
          deleted.add(number);
          return [{ at, element: `web/${number}`, operation: 'clusterMemberDelete' }];
        });
        fc.pre(script.length > 0);
        const added = script.filter(({ operation }) => operation === 'clusterMemberAdd').length;
        const trace = inject(cluster(active!, standby!, action), script);
        const { after } = trace.clusters!['web']!;
        expect(after.members).toHaveLength(members + added - deleted.size);
        expect(new Set(after.members.map(({ id }) => id)).size).toBe(after.members.length);
        expect(after.record.status).toBe('ACTIVE');
        expect(after.members.filter(({ lb_member_id }) => lb_member_id !== '').length).toBeGreaterThan(0);
        // Whoever was told to be created and not to be gone is in the table, and nobody else.
        const told = (step: string) => trace.steps.filter((each) => each.step === step).map(({ outcome }) => outcome);
        const created = [...trace.clusters!['web']!.before.members.map(({ id }) => id), ...told('member-created')];
        const left = created.filter((id) => !told('member-deleted').includes(id));
        expect(after.members.map(({ id }) => id).sort()).toEqual(left.sort());
        const starts = told('recovery-start').length;
        expect(told('recovery-completed').length).toBeLessThanOrEqual(starts);
      }),
      { numRuns: 250, seed: 7 },
    );
  });
});
