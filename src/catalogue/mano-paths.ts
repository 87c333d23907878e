import type { Operation } from './services.ts';

/** One station of an operation of the control path. */
export interface ManoHop {
  /** Part of the control path; Tacker's are those of figures 37 to 39. */
  readonly part: string;
  readonly does: string;
  /** Operations of the map this hop calls; what they need is in `SERVICES`. Absent: no call leaves the part. */
  readonly calls?: readonly Operation[];
  /** The call does not go through the API of the cloud: what every such call needs is not needed. */
  readonly direct?: true;
  /** `[A]`, `[B]` printed, `[U]` upstream project, `[EA]` assumption. */
  readonly source: string;
}

export interface ManoPath {
  readonly operation: string;
  readonly hops: readonly ManoHop[];
}

const SPAWN: readonly Operation[] = ['spawn', 'guest-boot'];

const updateChain = (calls: string, source: string): readonly ManoHop[] => [
  { part: 'vnffg-ha engine', does: 'finds the forwarding graphs concerned', source: '[A] A-62' },
  { part: 'NFVO plugin', does: 'updates the graph with the new ports', source: '[A] A-62' },
  { part: 'networking-sfc driver', does: calls, calls: ['chain-update'], source },
];

const alarm: ManoHop = {
  part: 'alarm driver',
  does: 'sees the average cross its threshold',
  calls: ['alarm', 'coordination'],
  source: '[A] A-65',
};

/**
 * Operations of the control path as ordered hops. The Tacker hops are the document's; the OpenStack services
 * behind a hop come from the operation map (B-79, assumption).
 */
export const MANO_PATHS: readonly ManoPath[] = [
  {
    operation: 'create a VNF',
    hops: [
      { part: 'Tacker API', does: 'takes the request', source: '[A] A-61' },
      { part: 'VNFM plugin', does: 'sets up management and monitoring', source: '[A] A-61' },
      { part: 'Heat driver', does: 'translates the descriptor, launches the VNF', calls: SPAWN, source: '[A] A-61' },
    ],
  },
  {
    operation: 'create a chain',
    hops: [
      { part: 'VNFM plugin', does: 'hands over the ids of the Neutron ports', source: '[A] A-61' },
      { part: 'NFVO plugin', does: 'creates the forwarding graph', source: '[A] A-61' },
      {
        part: 'networking-sfc driver',
        does: 'creates the port chain',
        calls: ['chain-update'],
        source: '[A] A-61',
      },
    ],
  },
  {
    operation: 'remap a connection point',
    hops: [
      { part: 'standby or new active', does: 'becomes active, informs MANO', source: '[A] A-13, A-15' },
      { part: 'VNFM', does: 'takes the request', source: '[A] A-13; which function of MANO [EA]' },
      { part: 'VIM', does: 'maps the external to another internal port', calls: ['cp-remap'], source: '[A] A-13' },
    ],
  },
  {
    operation: 'respawn a VNF',
    hops: [
      { part: 'VNFM plugin', does: 'monitoring reports the failure', source: '[A] A-68' },
      {
        part: 'Heat driver',
        does: 'deletes the stack, creates a new one',
        calls: SPAWN,
        source: '[A] A-68; stack [U]',
      },
      { part: 'VNFM plugin', does: 'configures, monitors again, notifies', source: '[A] A-68; order [U]' },
      ...updateChain('deletes the old port pair, creates the new one, updates its group', '[A] A-66'),
    ],
  },
  {
    operation: 'scale out',
    hops: [
      alarm,
      { part: 'VNFM plugin', does: 'applies the scaling policy', source: '[A] A-65' },
      { part: 'Heat driver', does: 'launches one more instance', calls: SPAWN, source: '[A] A-61' },
      ...updateChain('creates the port pair, updates its group', '[A] A-63'),
    ],
  },
  {
    operation: 'scale in',
    hops: [
      alarm,
      { part: 'VNFM plugin', does: 'applies the scaling policy', source: '[A] A-65' },
      ...updateChain('updates the group, deletes the port pair', '[A] A-64'),
    ],
  },
  {
    operation: 'recover a cluster member',
    hops: [
      { part: 'VNFM plugin', does: 'ping fails, action recovery', source: '[A] A-37, A-38' },
      {
        part: 'Tacker database',
        does: 'lb_info and role_config are queried',
        calls: ['api-call'],
        direct: true,
        source: '[A] A-41; which services [EA]',
      },
      {
        part: 'NFVO plugin',
        does: 'makes the standby active in the load balancer',
        calls: ['lb-member-update'],
        source: '[A] A-38; order [U]',
      },
      { part: 'Heat driver', does: 'creates the new member', calls: SPAWN, source: '[A] A-38; order [U]' },
      { part: 'VNFM plugin', does: 'deletes the failed member', source: '[A] A-38; order [U]' },
    ],
  },
  {
    operation: 'notify a fault (Doctor)',
    hops: [
      { part: 'Monitor', does: 'reports the raw fault', source: '[A] A-27' },
      { part: 'Inspector', does: 'finds the resources concerned', source: '[A] A-27, A-28' },
      { part: 'Controller', does: 'updates their state', source: '[A] A-27, A-28' },
      { part: 'Notifier', does: 'notifies the consumer', calls: ['notify'], source: '[A] A-27' },
    ],
  },
  {
    operation: 'fence a node',
    hops: [{ part: 'VIM', does: 'takes the node out', calls: ['fence'], source: '[B] B-61; path [EA]' }],
  },
  {
    operation: 'migrate a guest',
    hops: [{ part: 'VIM', does: 'moves it to another node', calls: ['migrate'], source: '[B] B-82; path [EA]' }],
  },
  {
    operation: 'return a node to the pool',
    hops: [{ part: 'VIM', does: 'deploys the repaired node', calls: ['node-repool'], source: '[B] B-68; path [EA]' }],
  },
  {
    operation: 'upgrade the control plane',
    hops: [
      {
        part: 'installer',
        does: 'replaces one node after the other',
        calls: ['upgrade'],
        source: '[B] B-81; path [EA]',
      },
    ],
  },
  {
    operation: 'reroute in the fabric',
    hops: [
      { part: 'SDN controller', does: 'computes the new paths', calls: ['reroute'], direct: true, source: '[EA]' },
      { part: 'switches', does: 'install them', calls: ['fabric-config'], direct: true, source: '[EA]' },
    ],
  },
];

/** Operations that every call into the cloud needs besides its own. */
export const EVERY_CALL: readonly Operation[] = ['api-call', 'mano-call', 'auth-cache'];

/**
 * Order in which one call reaches the services: front end, identity, the services asked, data base and messages, agents.
 * `[EA]`.
 */
export const CALL_ORDER: readonly string[] = [
  'Virtual-IPs',
  'HAProxy',
  'Keystone',
  'memcached',
  'Ceilometer',
  'Gnocchi',
  'Mongodb',
  'Redis',
  'Aodh',
  'Heat',
  'Glance',
  'Swift',
  'Cinder-Volume',
  'Manilla',
  'Nova',
  'Ironic (Overcloud)',
  'Ironic (Undercloud)',
  'LBaaS-API',
  'Neutron API',
  'SDN Controller (ODL)',
  'Switch API',
  'Galera (MariaDB)',
  'RabbitMQ',
  'Neutron-ovs-agent',
  'Neutron-dhcp-agent',
  'Neutron-metadata-agent',
];
