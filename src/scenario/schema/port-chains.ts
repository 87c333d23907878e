import { z } from 'zod';
import { DEFAULTS } from '../../catalogue/defaults.ts';
import { UPDATE_ORDERS } from '../../model/port-chain.ts';
import { key, mapOf, probability } from './words.ts';

const { portChain: defaults } = DEFAULTS;

export const portChain = z
  .strictObject({
    hops: z
      .array(z.string())
      .min(1)
      .meta({
        description: 'Groups in the order of the path; members of a group are the port pairs of one hop.',
        examples: [['firewall', 'inspection']],
      }),
    classifiers: key(
      mapOf(probability),
      'Share of the traffic each flow classifier sends into the chain; the rest goes past it. Default: all of it.',
      undefined,
      { web: '40 %' },
    ),
    sticky: key(
      z.boolean(),
      'Sessions stay on their members: hops lose the same users, and scaling moves none.',
      defaults.sticky,
    ),
    symmetricReturn: key(
      z.boolean(),
      'Whether what comes back crosses the same members; false: it is balanced anew, and a session needs both ways.',
      defaults.symmetricReturn,
    ),
    notify: key(
      z.boolean(),
      'Whether the VNFM tells the NFVO of a new instance; false: the chain keeps leading to the old ports for ever.',
      defaults.notify,
    ),
    order: key(
      z.enum(UPDATE_ORDERS),
      'printed: pp-delete, pp-create, ppg-update; make-before-break: pp-create, ppg-update, pp-delete.',
      defaults.order,
    ),
    detachOnFailure: key(
      z.boolean(),
      'A dead port pair leaves its group when the fault is noticed, before its instance is created again.',
      defaults.detachOnFailure,
    ),
    apiEnforcesInUse: key(
      z.boolean(),
      'A port pair that is still in a group cannot be deleted: the printed order is refused.',
      defaults.apiEnforcesInUse,
    ),
    agents: key(
      z.array(z.string()),
      'Elements: agents of the switches on all nodes of the path; flows are installed only while all of them are up.',
      undefined,
      ['ovs-agent'],
    ),
  })
  .meta({
    id: 'portChain',
    description: 'A service function chain: a path through groups, used by services like a group.',
  });
