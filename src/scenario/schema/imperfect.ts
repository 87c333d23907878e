import { z } from 'zod';
import { DEFAULTS } from '../../catalogue/defaults.ts';
import { count, duration, key, law, probability } from './words.ts';

const { notification, fencing, fencingAttempt, fencingOnFailure, splitBrain, containment, failFast, layering } =
  DEFAULTS.group;

/** Keys of a group about fault management that is not perfect. */
export const imperfect = {
  notification: key(
    z.strictObject({
      path: key(
        z.enum(['direct', 'doctor', 'hierarchical', 'escalating']),
        'direct: over the bus; doctor: Monitor, Inspector, Controller, Notifier, consumer; hierarchical: VIM, VNFM, NFVO and ' +
          'back; escalating: VIM, then VNFM, then NFVO until one answers.',
      ),
      hops: key(
        z.array(
          z.strictObject({
            by: key(z.string(), 'Who passes it on.'),
            takes: key(z.string(), 'A time, or "bus": the time of its copy.', undefined, '50 ms', 'bus'),
            needs: key(z.array(z.string()), 'Control functions it cannot do without.'),
          }),
        ),
        'Hops one after the other, instead of a path.',
      ),
      recipient: key(count, 'Which of the copies on the bus it is.', notification.recipient),
      stale: key(probability, 'Chance that the map does not know the resource.', notification.stale),
      refresh: key(law, 'Until a stale map knows it.', notification.refresh),
      call: key(law, 'escalating: one call to a scope.', notification.call),
      timeout: key(law, 'escalating: how long an answer is waited for.', notification.timeout),
    }),
    'How whoever acts is told of a detected fault, hop by hop; absent: at once.',
  ),
  fencing: key(
    z.strictObject({
      required: key(z.boolean(), 'Nobody takes over before the failed member is isolated.', fencing),
      attempt: key(z.boolean(), 'Isolation is tried; not required, the failover goes on without it.', fencingAttempt),
      onFailure: key(
        z.enum(['manual', 'retry']),
        'A required isolation that is not confirmed: by hand, or again and again.',
        fencingOnFailure,
      ),
      needs: key(
        z.array(z.string()),
        'Control functions or elements without which it fails: the path to the management controller.',
        undefined,
        ['bmc-path'],
      ),
      splitBrain: key(
        z.strictObject({
          impact: key(
            probability,
            `Share not served while two members are active. Default: ${splitBrain.impactStateful.value} with state, ` +
              `${splitBrain.impactStateless.value} without ${splitBrain.impactStateless.source}.`,
          ),
          resolve: key(law, 'Until one of the two is stopped by hand.', splitBrain.resolve),
        }),
        'A member that lives and is not isolated when another takes over.',
      ),
    }),
    'Isolation of the failed member; times fence and fenceTimeout, probability fence.',
  ),
  localisation: key(
    z.strictObject({
      siblings: key(z.array(z.string()), 'Groups that are failed over in error; default: those on the same pools.'),
    }),
    'Localisation that may err, before anything else; times and probabilities localise and relocalise.',
  ),
  containment: key(
    z.strictObject({
      probability: key(probability, 'Faults that stay where they are.', containment.probability),
      neighbour: key(
        z.string(),
        'What else fails: peer (another member), host (a member on the same node) or a group (its active member).',
        containment.neighbour,
      ),
    }),
    'How far a fault spreads; absent: nowhere.',
  ),
  failFast: key(
    z.strictObject({
      time: key(law, 'Noticed to stopped.', failFast.time),
      success: key(probability, 'Chance that it stops itself; else the flow isolates it.', failFast.success),
    }),
    'A member with a gray fault stops itself: the good remainder is given up for a quick failover.',
  ),
  layering: key(
    z.strictObject({
      holdOff: key(duration, 'The group waits so long for lower layers, after it has noticed.', layering.holdOff),
      raceLoss: key(
        duration,
        'Interruption when a lower layer brings the member back after the failover.',
        layering.raceLoss,
      ),
    }),
    'Other layers act on the same faults; absent: they never collide.',
  ),
};
