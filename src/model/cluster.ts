/** A cluster of VNFs behind a load balancer (A-33 … A-42): what it is besides a protection group. */

export const CLUSTER_ROLES = ['active', 'standby'] as const;
export type ClusterRole = (typeof CLUSTER_ROLES)[number];
/** What the policy does about a failed member. */
export const CLUSTER_ACTIONS = ['recovery', 'respawn'] as const;
export type ClusterAction = (typeof CLUSTER_ACTIONS)[number];
/** Who sends the heartbeats that notice a failed member. */
export const HEARTBEAT_SOURCES = ['peer', 'nfvo', 'vnfm'] as const;
export type HeartbeatSource = (typeof HEARTBEAT_SOURCES)[number];

export interface Cluster {
  /** Descriptor that every member is made from. */
  readonly vnfd: string;
  readonly tenant: string;
  readonly description: string;
  /** Members by role and VIM, in the order of the file. */
  readonly roles: Readonly<Record<ClusterRole, Readonly<Record<string, number>>>>;
  readonly loadBalancer?: LoadBalancer;
  readonly action: ClusterAction;
  readonly heartbeatSource: HeartbeatSource;
}

/** The Neutron load balancer in front of the members. */
export interface LoadBalancer {
  /** Element of the scenario that fails for it; absent: it never fails. */
  readonly element?: string;
  readonly method: string;
  readonly protocol: string;
  readonly port: number;
  readonly subnet: string;
  /** Connection point of the members that is in its pool. */
  readonly target: string;
}

export const CLUSTER_STATUSES = ['ACTIVE', 'PENDING_UPDATE', 'ERROR'] as const;
/** ERROR: recovery does not go on by itself, nobody has a free place for it or hands are needed. */
export type ClusterStatus = (typeof CLUSTER_STATUSES)[number];

/** One row of the clusters table; `lb_info` and `role_config` are JSON. */
export interface ClusterRecord {
  readonly id: string;
  readonly tenant_id: string;
  readonly name: string;
  readonly description: string;
  readonly status: ClusterStatus;
  readonly vnfd_id: string;
  readonly lb_info: string;
  readonly role_config: string;
}

/** One row of the clustermembers table; empty: none. */
export interface MemberRecord {
  readonly id: string;
  readonly tenant_id: string;
  readonly name: string;
  readonly cluster_id: string;
  readonly vnf_id: string;
  readonly mgmt_url: string;
  readonly role: 'ACTIVE' | 'STANDBY';
  readonly lb_member_id: string;
  readonly placement_attr: string;
}

/** VIMs of the members in the order of the group's members: those that are active at the start, then the standbys. */
export function vimsOf({ roles }: Pick<Cluster, 'roles'>): readonly string[] {
  return CLUSTER_ROLES.flatMap((role) =>
    Object.entries(roles[role]).flatMap(([vim, count]) => Array.from({ length: count }, () => vim)),
  );
}

/** Whether a pool `<site>/<pool>` is managed by a VIM: a site, or the region of the pool. */
export function isUnder(pool: string, vim: string, region: string): boolean {
  const site = pool.slice(0, Math.max(0, pool.lastIndexOf('/')));
  return region === vim || site === vim || site.endsWith(`/${vim}`);
}
