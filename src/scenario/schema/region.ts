import { z } from 'zod';
import { REGION_ROLES } from '../../model/scenario.ts';
import { controlFunction, element, site } from './elements.ts';
import { group } from './group.ts';
import { count, key, mapOf } from './words.ts';

const regionControl = z.strictObject({
  functions: key(mapOf(controlFunction), 'Control functions of this region by id: nfvo, vnfm, vim, …'),
  shared: key(z.string(), 'Region whose control functions this one uses, instead of functions.', undefined, 'core'),
});

/** A region whose chains have the shape `chain`. */
export function regionOf(chain: z.ZodType) {
  return z
    .strictObject({
      base: key(z.string(), 'Region or template (catalogue.regions) to start from.', undefined, 'cloud'),
      count: key(count, 'Number of equal regions named <id>-1, <id>-2, … Default: 1.'),
      role: key(z.enum(REGION_ROLES), 'What the cloud is for; edge clouds belong at the ends of a chain.'),
      elements: key(mapOf(element), 'Elements of the region.'),
      sites: key(mapOf(site), 'Sites of the region.'),
      control: key(
        z.union([z.literal('shared'), regionControl]),
        'Its own control functions, or "shared": those of the scenario. Absent: its own, which never fail.',
        undefined,
        'shared',
      ),
      groups: key(mapOf(group), 'Groups of the region; they ask the control functions of the region.'),
      chains: key(mapOf(chain), 'Chains of the region, for chains of the scenario to go through.'),
    })
    .meta({ id: 'region', description: 'One cloud with everything in it.' });
}
