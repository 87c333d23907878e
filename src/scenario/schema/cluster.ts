import { z } from 'zod';
import { DEFAULTS } from '../../catalogue/defaults.ts';
import { CLUSTER_ACTIONS, HEARTBEAT_SOURCES } from '../../model/cluster.ts';
import { count, duration, key, mapOf } from './words.ts';

const defaults = DEFAULTS.cluster;

const size = z.union([z.string(), z.number()]).meta({
  id: 'size',
  description: 'A size with its unit: MB, GB, TB (decimal), MiB, GiB, TiB.',
  examples: ['256 MB', '20 GB'],
});

const resources = {
  vcpus: key(count, 'Virtual CPUs.'),
  memory: key(size, 'Memory.'),
  disk: key(size, 'Disk.'),
};

export const flavour = z.strictObject({
  base: key(z.string(), 'Flavour to start from.', undefined, 'm1.small'),
  ...resources,
  bootPerGb: key(
    duration,
    'Added to the time to spawn for each GB of disk beyond the first.',
    DEFAULTS.flavour.bootPerGb,
  ),
});

export const nodeCapacity = key(
  z.strictObject(resources),
  'What one node has for instances with a flavour; what is absent is never short.',
  undefined,
  { vcpus: 16, memory: '64 GB', disk: '500 GB' },
);

const members = key(
  mapOf(count),
  'Members by VIM: a site, or a region, in which there are pools of the group.',
  undefined,
  {
    VIM0: 1,
  },
);

const loadBalancer = z.strictObject({
  element: key(z.string(), 'Element that fails for the load balancer; absent: it never fails.', undefined, 'web-lb'),
  method: key(z.string(), 'How it shares the load.', defaults.loadBalancer.method),
  protocol: key(z.string(), 'Protocol of its pool and its address.', defaults.loadBalancer.protocol),
  port: key(count, 'Port of its pool and its address.', defaults.loadBalancer.port),
  subnet: key(z.string(), 'Subnet of its pool and its address.', defaults.loadBalancer.subnet),
  target: key(z.string(), 'Connection point of the members in its pool.', defaults.loadBalancer.target),
});

export const cluster = key(
  z.strictObject({
    vnfd: key(z.string(), 'Descriptor that all members are made from; default: the id of the group.'),
    tenant: key(z.string(), 'Whose cluster it is.', defaults.tenant),
    description: key(z.string(), 'What it is for; shown in its record.'),
    roles: key(
      z.strictObject({ active: members, standby: members }),
      'Members by role and VIM; scheme, members and standbys of the group follow from it.',
    ),
    loadBalancer: key(loadBalancer, 'The load balancer in front of the members.'),
    action: key(
      z.enum(CLUSTER_ACTIONS),
      'What is done about a failed member. recovery: FL-11; respawn: it is created again, and nobody takes over meanwhile.',
      defaults.action,
    ),
    heartbeatSource: key(
      z.enum(HEARTBEAT_SOURCES),
      'Who sends the heartbeats: stated, it takes the place of peer, VNFM and NFVO among the needs of the detectors.',
      defaults.heartbeatSource,
    ),
  }),
  'The group is a cluster of VNFs, with a record and records of its members.',
  undefined,
  { roles: { active: { VIM0: 1 }, standby: { VIM0: 1 } } },
);
