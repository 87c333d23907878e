import { z } from 'zod';
import { DEFAULTS } from '../../catalogue/defaults.ts';
import { IMPACTS } from '../../model/control.ts';
import { BUCKETS } from '../../model/scenario.ts';
import { DESTINATIONS, UPGRADE_MODES, UPGRADE_ORDERS } from '../../model/upgrade.ts';
import { count, key, law, number, probability } from './words.ts';

const defaults = DEFAULTS.upgrade;

const versions = z.strictObject({
  from: key(z.union([z.string(), z.number()]), 'Version before.', undefined, '16.2'),
  to: key(z.union([z.string(), z.number()]), 'Version after.', undefined, '17.1'),
  compatible: key(z.array(z.string()), 'Pairs of versions that work side by side.', undefined, ['16.2 17.1']),
});

const constraint = z.strictObject({
  upgrade: key(z.string(), 'Target that has to wait, as named in "targets".'),
  after: key(z.string(), 'Target that has to run the new version before.'),
});

export const upgrade = z
  .strictObject({
    targets: key(
      z.array(z.string()),
      'Node pools, nodes, control functions, groups, members or elements; their order is that of order: listed.',
      undefined,
      ['core/compute'],
    ),
    mode: key(
      z.enum(UPGRADE_MODES),
      'What happens to guests: live migration; make before break; handed over and down with their node; handed over, deleted and built elsewhere; or the node is switched off like a fault.',
      defaults.mode,
    ),
    fallback: key(
      z.enum(['graceful', 'forced', 'none']),
      'For guests that cannot be moved; none: a file with such guests is refused.',
      defaults.fallback,
    ),
    order: key(
      z.enum(UPGRADE_ORDERS),
      'Which target is next: by the traffic on it, as listed, or any.',
      defaults.order,
    ),
    batch: key(count, 'Targets taken out at a time.', defaults.batch),
    waits: key(
      z.enum(['redundancy', 'targets']),
      'The next batch waits until the groups concerned are whole, or only until its predecessor is back.',
      defaults.waits,
    ),
    perYear: key(number, 'Campaigns a year.', defaults.perYear),
    start: key(
      z.enum(['periodic', 'random']),
      'At equal distances from a random instant on, or at random with this mean rate.',
      defaults.start,
    ),
    nodeTime: key(law, 'How long a target is out.', defaults.nodeTime),
    copy: key(law, 'Live migration: copying while the guest works.', defaults.copy),
    copyDegradation: key(probability, 'Performance missing meanwhile; no downtime.', defaults.copyDegradation),
    pause: key(law, 'Live migration: the guest stands still.', defaults.pause),
    build: key(law, 'Make before break: building and synchronising the successor.', defaults.build),
    grace: key(law, 'Graceful switchover: nobody is served.', defaults.grace),
    destination: key(z.enum(DESTINATIONS), 'Where guests go.', defaults.destination),
    versions: key(versions, 'Versions before and after, and which work side by side.'),
    constraints: key(z.array(constraint), 'Which target has to be upgraded after which.'),
    force: key(
      z.boolean(),
      'Run an order that contradicts the constraints: what lacks a version is out.',
      defaults.force,
    ),
    impact: key(z.enum(IMPACTS), 'Class of the budget; default: that of the control services, else Critical.'),
    storage: key(z.boolean(), 'Databases and persistent storage have a longer redundancy budget.', defaults.storage),
    bucket: key(z.enum(BUCKETS), 'Allocation bucket; default: ISW<=VIM, APP for members of groups.'),
  })
  .meta({ id: 'upgrade', description: 'A campaign that upgrades its targets one after the other.' });
