/** Impact classes of B-74: immediate guest outage, outage only when asked for, none. */
export type Impact = 'Critical' | 'Major' | 'Minor' | 'N/A';

/** What a control or shared service is needed for: the operations of the model that fail or wait without it. */
export type Operation =
  | 'notify'
  | 'alarm'
  | 'spawn'
  | 'migrate'
  | 'fence'
  | 'datapath'
  | 'node-repool'
  | 'upgrade'
  | 'mano-call'
  | 'api-call'
  | 'cp-remap'
  | 'chain-update'
  | 'reroute'
  | 'fabric-config'
  | 'guest-boot'
  | 'lb-member-update'
  | 'coordination'
  | 'auth-cache';

export interface OperationNeed {
  readonly operation: Operation;
  /** When or for whom, in words. */
  readonly condition?: string;
}

/** One row of the service impact mapping. */
export interface Service {
  readonly name: string;
  readonly runtime: Impact;
  readonly upgrade: Impact;
  /** Note of the source, its spelling kept. */
  readonly apiNote: string;
  /** Source of the three above. */
  readonly source: '[B] B-79';
  readonly operations: readonly OperationNeed[];
  readonly operationsSource: '[EA] B-79';
}

function service(
  name: string,
  runtime: Impact,
  upgrade: Impact,
  needs: readonly (Operation | readonly [Operation, string])[],
  apiNote = '',
): Service {
  return {
    name,
    runtime,
    upgrade,
    apiNote,
    source: '[B] B-79',
    operations: needs.map((need) =>
      typeof need === 'string' ? { operation: need } : { operation: need[0], condition: need[1] },
    ),
    operationsSource: '[EA] B-79',
  };
}

const NETWORK_CHANGES = 'Failure recovery mechanisms may rely on network changes.';

/**
 * The 33 services of the impact mapping in the order and spelling of the source (B-79, DX-15), each with the operations
 * that need it (domain model). The classes are the source's; what the operation map implies stands beside them in the
 * `services` table (DX-14).
 */
export const SERVICES: readonly Service[] = [
  service('Aodh', 'Major', 'Major', [['notify', 'Doctor'], 'alarm']),
  service('Ceilometer', 'Major', 'Major', ['alarm']),
  service('Nova', 'Major', 'Major', ['spawn', 'migrate', 'fence']),
  service('Ceph Monitor', 'Critical', 'Critical', [['datapath', 'shared storage users']]),
  service('Cinder-Volume', 'Critical', 'Critical', [
    ['datapath', 'volume users'],
    ['spawn', 'from volume'],
  ]),
  service('Cinder-Backup', 'Major', 'Minor', []),
  service('Glance', 'Minor', 'Minor', ['spawn']),
  service('Gnocchi', 'Major', 'Major', ['alarm']),
  service('Heat', 'Major', 'Major', [['spawn', 'Tacker respawn/cluster']]),
  service('Horizon', 'Minor', 'Minor', []),
  service('Ironic (Overcloud)', 'Major', 'Major', ['node-repool']),
  service('Ironic (Undercloud)', 'N/A', 'Critical', ['upgrade']),
  service('Keystone', 'Major', 'Major', ['mano-call']),
  service(
    'Manilla',
    'Major',
    'Major',
    [['datapath', 'share users'], 'spawn'],
    'Is this for NFV? How widely used in general? How is it used?',
  ),
  service('Neutron API', 'Critical', 'Critical', ['cp-remap', 'spawn', 'chain-update'], NETWORK_CHANGES),
  service('Sahara', 'Minor', 'Minor', []),
  service('Switch API', 'Critical', 'Critical', ['fabric-config', ['cp-remap', 'on HW VTEP']]),
  service(
    'Neutron-dhcp-agent',
    'Major',
    'Major',
    ['guest-boot', 'spawn'],
    'VMs with dhcp addresses may reboot at any time. However, critical user services should have HA mechanisms.',
  ),
  service(
    'Neutron-l3-agent',
    'Critical',
    'Critical',
    [['datapath', 'SNAT users']],
    'The L3 agent provides data path functionality for applications that require SNAT functionality.',
  ),
  service(
    'Neutron-metadata-agent',
    'Major',
    'Major',
    ['guest-boot'],
    'VMs may reboot during failure. However, critical user services should have HA mechanisms.',
  ),
  service(
    'Neutron-ovs-agent',
    'Critical',
    'Critical',
    ['cp-remap', 'chain-update', ['spawn', 'on that node']],
    NETWORK_CHANGES,
  ),
  service(
    'SDN Controller (ODL)',
    'Critical',
    'Critical',
    [
      ['cp-remap', 'if in control path'],
      ['reroute', 'if in control path'],
    ],
    'If in control path...',
  ),
  service('LBaaS-API', 'Major', 'Major', [['lb-member-update', 'cluster recovery']]),
  service(
    'LBaaS-Service',
    'Critical',
    'Critical',
    [['datapath', 'LB users']],
    'Our responsibility for HAProxy version.',
  ),
  service('Swift', 'Critical', 'Critical', [
    ['datapath', 'object users'],
    ['spawn', 'image store'],
  ]),
  service('Manila-share', 'Major', 'Major', [['datapath', 'share users']]),
  service('Mongodb', 'Major', 'Major', [['alarm', 'if used']], 'If used..see Gnocchi'),
  service('HAProxy', 'Critical', 'Critical', ['api-call']),
  service('Galera (MariaDB)', 'Critical', 'Critical', ['api-call']),
  service('RabbitMQ', 'Critical', 'Critical', ['api-call']),
  service('Redis', 'Critical', 'Critical', ['alarm', 'coordination']),
  service('Virtual-IPs', 'Critical', 'Critical', ['api-call']),
  service('memcached', 'Critical', 'Critical', ['auth-cache']),
];
