import { describe, expect, it } from 'vitest';
import { eventLog, listPlacement, render } from '../../src/index.ts';
import { CLUSTER_EVENTS, type LoggedEvent } from '../../src/model/events.ts';
import { InputError, type Problem } from '../../src/model/problem.ts';
import { readTextFile } from '../../src/scenario/read/files.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { readExample } from '../core/support/files.ts';
import { asked, shortRun, stepNames, trace } from './support.ts';

const FILE = 'tacker-cluster';

/** Warnings and problems of the scenario with `set`. */
function found(variant: string | undefined, ...set: readonly string[]): string[] {
  const options = { readFile: readTextFile, set, ...(variant === undefined ? {} : { variant }) };
  try {
    const { warnings } = readScenario({ file: `scenarios/${FILE}.yaml` }, options);
    return warnings.map(print);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map(print);
  }
}

const print = ({ code, message, hint }: Problem): string => `${code}: ${message}; ${hint ?? ''}`;

const log = (variant?: string): LoggedEvent[] =>
  eventLog(readExample(FILE, variant), { years: 2 })
    .trim()
    .split('\n')
    .slice(1)
    .map((text) => JSON.parse(text));

const cluster = (variant: string | undefined, script: string) => trace(FILE, variant, script).clusters!['web']!;

/** Rows by their own statements of acceptance. */
describe('acceptance: clusters', () => {
  it('A-33: the placement report lists node, zone and free slots', () => {
    const { columns, rows } = listPlacement(readExample(FILE));
    expect(columns.map(({ name }) => name).slice(0, 4)).toEqual(['Node', 'Zone', 'Slots', 'Free slots']);
    expect(rows.map((row) => row.slice(0, 4))).toEqual([
      ['VIM0/nova-1', 'VIM0/az-1', 4, 3],
      ['VIM0/nova-2', 'VIM0/az-2', 4, 3],
      ['VIM0/nova-3', 'VIM0/az-1', 4, 4],
      ['VIM0/nova-4', 'VIM0/az-2', 4, 4],
    ]);
  });

  it('A-33: who sends the heartbeats says whose outage hides a fault', () => {
    const needs = (variant?: string): readonly string[] =>
      readExample(FILE, variant).scenario.groups['web']!.detection.detectors.flatMap((detector) => detector.needs);
    expect([needs(), needs('from-nfvo'), needs('peers')]).toEqual([['vnfm'], ['nfvo'], ['peer']]);
    const down = (element: string) => [
      { at: -60, element, until: 300 },
      { at: 0, element: 'web/active' },
    ];
    const noticed = (variant: string | undefined, element: string): number | null =>
      trace(FILE, variant, down(element)).marks.detected;
    expect(noticed(undefined, 'vnfm')).toBeGreaterThan(300);
    expect(noticed(undefined, 'nfvo')).toBeLessThanOrEqual(16);
    expect(noticed('from-nfvo', 'vnfm')).toBeLessThanOrEqual(16);
    expect(noticed('from-nfvo', 'nfvo')).toBeGreaterThan(300);
    expect(noticed('peers', 'vnfm')).toBeLessThan(1);
    expect(noticed('peers', 'nfvo')).toBeLessThan(1);
  });

  it('A-34: an added member carries traffic one boot and one update of the pool later, a deleted one no more', () => {
    const run = trace(FILE, 'all-active', 'shrink-and-grow');
    const lost = run.steps.filter(({ step }) => step === 'service').map(({ t, outcome }) => [t, outcome]);
    expect(lost).toEqual([
      [0, 'lost 0.5'],
      [100 + 70 + 1, 'lost 0'],
    ]);
    const { before, after } = run.clusters!['web']!;
    expect(before.members.map(({ id }) => id)).toEqual(['web-1', 'web-2']);
    expect(after.members.map(({ id }) => id)).toEqual(['web-1', 'web-3']);
    expect(cluster(undefined, 'member-add').after.members.map(({ role }) => role)).toEqual([
      'ACTIVE',
      'STANDBY',
      'STANDBY',
    ]);
    expect(cluster(undefined, 'member-delete').after.members.map(({ id }) => id)).toEqual(['web-1']);
  });

  it('A-34: a member that takes over and is then deleted, and the active one of a pair: the other serves', () => {
    const run = trace(FILE, undefined, [{ at: 0, element: 'web/active', operation: 'clusterMemberDelete' }]);
    expect(run.services['web']!.outageSeconds).toBe(0);
    expect(run.clusters!['web']!.after.members).toMatchObject([
      { id: 'web-2', role: 'ACTIVE', lb_member_id: 'lb-web-2' },
    ]);
  });

  it('A-34: a member of another VNFD is rejected where it is written', () => {
    const [problem] = found(undefined, 'injections.member-add.0.vnfd=other');
    expect(problem).toContain('wrong-vnfd');
    expect(problem).toContain('cannot join cluster "web": all of its members are made from "web-cluster"');
    const script = [{ at: 0, element: 'web', operation: 'clusterMemberAdd', vnfd: 'other' }] as const;
    expect(() => trace(FILE, undefined, script)).toThrow('made from "other"');
  });

  it('A-35: the policy makes one active and one standby member behind one load balancer', () => {
    const { groups } = readExample(FILE).scenario;
    expect(groups['web']).toMatchObject({ scheme: 'active-standby', members: 2, flow: 'FL-11' });
    const { members, record } = cluster(undefined, 'active-fails').before;
    expect(members.map(({ role }) => role)).toEqual(['ACTIVE', 'STANDBY']);
    expect(JSON.parse(record.lb_info)).toEqual({
      id: 'web-lb',
      method: 'ROUND_ROBIN',
      protocol: 'HTTP',
      port: 80,
      subnet: 'subnet_mgmt',
      target: 'CP1',
    });
  });

  it('A-36: roles under two VIMs are flagged, unless the file allows it; members stay under theirs', () => {
    const message = 'members may run in VIM0 and VIM1, under different VIMs';
    expect(found('two-vims').join()).toContain(message);
    expect(found('two-vims', 'groups.web.placement.acrossRegions=true')).toEqual([]);
    const placement = listPlacement(readExample(FILE, 'two-vims')).rows.filter((row) => row.at(-1) !== '');
    expect(placement.map((row) => [row[0], row.at(-1)])).toEqual([
      ['VIM0/nova-1', 'web/1'],
      ['VIM1/nova-1', 'web/2'],
    ]);
    const { after } = cluster('two-vims', 'standby-fails');
    expect(after.members.map(({ placement_attr }) => JSON.parse(placement_attr).vim)).toEqual(['VIM0', 'VIM1']);
  });

  it('A-37: ping 45/3/1/2 is noticed within (4, 16] s, 10 s on average, (4, 6] s without rest; blind for 45 s', () => {
    const detector = (variant?: string) => readExample(FILE, variant).scenario.groups['web']!.detection.detectors[0]!;
    expect(detector().latency).toEqual({ kind: 'probe', low: 4, high: 16 });
    expect(detector('no-rest').latency).toEqual({ kind: 'probe', low: 4, high: 6 });
    expect(detector().delay).toEqual({ kind: 'deterministic', value: 45 });
    // 20 s after the start, and 20 s after the replacement was there.
    expect(trace(FILE, undefined, 'while-blind').marks.detected).toBe(45 + 16);
    const again = [
      { at: 0, element: 'web/standby' },
      { at: 16 + 70 + 20, element: 'web/standby' },
    ];
    const noticed = trace(FILE, undefined, again).steps.filter(({ step }) => step === 'detected');
    expect(noticed.map(({ t }) => t)).toEqual([16, 16 + 70 + 45 + 16]);
  });

  it('B-22: which share of the outages is longer than 15 s is printed, 2 of 12', async () => {
    const result = await shortRun(FILE, undefined, 10);
    const { attempts, reasons } = result.groups['web']!;
    const share = reasons.deadline! / attempts;
    expect(Math.abs(share - 2 / 12)).toBeLessThan(4 * Math.sqrt(((2 / 12) * (10 / 12)) / attempts));
    expect(render(result, { format: 'table' })).toMatch(/failed: deadline +\d+ {2}1\d\.\d % of attempts/);
  });

  it('A-38: the three cases of recovery: a standby takes over, a standby is replaced, a new member is the active one', () => {
    const active = stepNames(trace(FILE, undefined, 'active-fails'));
    expect(active).toEqual([
      ...['ask-recovery', 'promote', 'join-pool'],
      ...['ask-member', 'create-member', 'configure', 'rejoin', 'delete-failed'],
    ]);
    const standby = trace(FILE, undefined, 'standby-fails');
    expect(stepNames(standby)).toEqual(['ask-member', 'create-member', 'configure', 'rejoin', 'delete-failed']);
    expect(standby.services['web']!.outageSeconds).toBe(0);
    const alone = trace(FILE, 'alone', 'active-fails');
    expect(stepNames(alone)).not.toContain('promote');
    // Restored only when the new member is there, before the failed one is deleted.
    expect(alone.marks.restored).toBe(16 + 70);
    const none = trace(FILE, undefined, 'no-standby');
    expect(none.steps.filter(({ step }) => step === 'failover').map(({ outcome }) => outcome)).toEqual([
      'no-healthy-standby',
    ]);
    for (const run of [trace(FILE, undefined, 'active-fails'), alone]) {
      const whom = new Set(asked(run).flatMap(({ needs }) => needs));
      for (const each of ['vnfm', 'nfvo', 'vim']) expect(whom).toContain(each);
    }
  });

  it('A-38, A-68: the action respawn leaves the standby idle, and the outage lasts until the member is created again', () => {
    const run = trace(FILE, 'respawn', 'active-fails');
    expect(stepNames(run)).not.toContain('promote');
    expect(run.services['web']!.outageSeconds).toBe(16 + 5 + 70);
  });

  it('A-39: the event log shows the record of a cluster with its eight columns', () => {
    const [created] = log();
    expect(created!.event).toBe('cluster-created');
    expect(Object.keys(created!.record!)).toEqual([
      'id',
      'tenant_id',
      'name',
      'description',
      'status',
      'vnfd_id',
      'lb_info',
      'role_config',
    ]);
    expect(created!.record).toMatchObject({ name: 'web', status: 'ACTIVE', vnfd_id: 'web-cluster' });
    expect(JSON.parse(created!.record!.role_config)).toEqual({ active: { VIM0: 1 }, standby: { VIM0: 1 } });
  });

  it('A-39: ACTIVE, PENDING_UPDATE until the failed member is deleted, ERROR while nobody has a free place', () => {
    const statuses = (variant: string | undefined, script: Parameters<typeof trace>[2]) =>
      trace(FILE, variant, script)
        .steps.filter(({ step }) => step === 'cluster-status')
        .map(({ t, outcome }) => [t, outcome]);
    expect(statuses(undefined, 'active-fails')).toEqual([
      [16, 'PENDING_UPDATE'],
      [16 + 1 + 70 + 5, 'ACTIVE'],
    ]);
    expect(statuses('full', [{ at: 0, element: 'VIM0/nova-1', mode: 'hw' }])).toEqual([
      [16, 'PENDING_UPDATE'],
      [17, 'ERROR'],
      // There is a place again; the member is asked for at the next retry.
      [4 * 3600, 'PENDING_UPDATE'],
      [4 * 3600 + 1 + 70, 'ACTIVE'],
    ]);
  });

  it('A-40: nine columns; after a recovery the roles have swapped, there is a new id, and the failed one is gone', () => {
    const { before, after } = cluster(undefined, 'active-fails');
    expect(Object.keys(before.members[0]!)).toEqual([
      'id',
      'tenant_id',
      'name',
      'cluster_id',
      'vnf_id',
      'mgmt_url',
      'role',
      'lb_member_id',
      'placement_attr',
    ]);
    const roles = (state: typeof before) => state.members.map(({ id, role, lb_member_id }) => [id, role, lb_member_id]);
    expect(roles(before)).toEqual([
      ['web-1', 'ACTIVE', 'lb-web-1'],
      ['web-2', 'STANDBY', ''],
    ]);
    expect(roles(after)).toEqual([
      ['web-2', 'ACTIVE', 'lb-web-2'],
      ['web-3', 'STANDBY', ''],
    ]);
    expect(after.members.every(({ cluster_id }) => cluster_id === 'web')).toBe(true);
  });

  it('A-41: while the database of the NFVO is down the recovery is blocked, and the outage lasts until it is back', () => {
    const run = trace(FILE, undefined, 'nfvo-db-down');
    expect(run.marks.detected).toBe(16);
    expect(run.services['web']!.outageSeconds).toBeGreaterThanOrEqual(301);
    expect(run.services['web']!.outageSeconds).toBeLessThanOrEqual(302);
  });

  it('A-42: created, ping failure, recovery start, recovery completed, in this order', () => {
    const events = log().filter(({ event }) => (CLUSTER_EVENTS as readonly string[]).includes(event));
    const order = ['ping-failure', 'recovery-start', 'member-created', 'member-deleted', 'recovery-completed'];
    const first = events.findIndex(({ event }) => event === 'ping-failure');
    const names = events.slice(first).map(({ event }) => event as string);
    expect(events[0]!.event).toBe('cluster-created');
    expect(order.map((event) => names.indexOf(event))).toEqual(
      order.map((event) => names.indexOf(event)).sort((a, b) => a - b),
    );
    const completed = events.find(({ event }) => event === 'recovery-completed')!;
    expect(completed.members!.map(({ id }) => id)).toEqual(['web-2', 'web-3']);
    // Each follows from the fault of the member.
    expect(events.slice(1).every(({ event, parent }) => event === 'cluster-status' || parent !== null)).toBe(true);
  });

  it('A-69: a flavour takes vCPUs, memory and disk of its node; a larger disk boots longer', () => {
    const { rows } = listPlacement(readExample(FILE));
    expect(rows[0]!.slice(4, 7)).toEqual([3, 16_000 - 256, 100_000 - 1000]);
    const created = (variant?: string): number =>
      trace(FILE, variant, 'standby-fails').steps.find(({ step }) => step === 'member-created')!.t;
    expect(created('big-disk') - created()).toBe(19);
  });

  it('A-69: a replacement waits while no node has a free place of the flavour, and the downtime is that of capacity', async () => {
    const alone = ['groups.web.cluster.roles.standby=null', 'groups.web.times.poolUpdate=null'];
    const scripts = ['standby-fails', 'no-standby', 'member-add', 'member-delete'].map((id) => `injections.${id}=null`);
    const one = ['sites.VIM0.nodes.nova.count=1', ...alone, ...scripts];
    const run = trace(FILE, 'full', [{ at: 0, element: 'VIM0/nova', mode: 'hw' }], ...one);
    // The request is repeated every second.
    const waiting = run.steps.find(({ step, outcome }) => step === 'create-member' && outcome === 'waiting')!;
    const started = run.steps.find(({ step, outcome }) => step === 'create-member' && outcome === 'started')!;
    expect([waiting.t, started.t, started.waited]).toEqual([16, 4 * 3600 + 1, 4 * 3600 + 1 - 16]);
    const { attribution, dpm } = (await shortRun(FILE, 'full', 20, ...one)).services['web']!;
    expect(attribution.phase.capacity! / dpm.all.value).toBeGreaterThan(0.5);
    // With slots enough and no vCPU: flavours, not slots, are what is short.
    expect(found('full', 'sites.VIM0.nodes.nova.count=1').join()).toContain('no-capacity');
  });

  it('A-69: flavours and sizes that make no sense are problems, located', () => {
    expect(found(undefined, 'groups.web.placement.flavour=m1.smal').join()).toContain('did you mean');
    expect(found(undefined, 'catalogue.flavours.own.vcpus=1').join()).toContain('missing-key');
    expect(found(undefined, 'sites.VIM0.nodes.nova.capacity.memory=16').join()).toContain('missing-unit');
    expect(found(undefined, 'groups.web.placement.flavour=null').join()).toContain('no-effect');
    expect(found(undefined, 'groups.web.members=3').join()).toContain('conflicting-keys');
    expect(found(undefined, 'groups.web.cluster.roles.active.VIM7=1').join()).toContain('no pool of the group');
  });
});
