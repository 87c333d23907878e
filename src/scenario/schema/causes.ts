import { z } from 'zod';
import { DEFAULTS } from '../../catalogue/defaults.ts';
import { type Bucket, ELEMENT_KINDS } from '../../model/scenario.ts';
import { occurrenceKeys } from './failures.ts';
import { key, law, mapOf, probability, rate } from './words.ts';

const strike = z.union([
  z.string(),
  z
    .strictObject({
      of: key(z.array(z.string()), 'Elements, counted elements, pools, domains, sites, control functions, groups.'),
      within: key(z.array(z.string()), 'Every element and node that stands on these domains, sites or elements.'),
      kind: key(z.enum(ELEMENT_KINDS), 'Every element of this kind.'),
      hits: key(z.enum(['all', 'one']), 'All of them, or one, each as likely.', DEFAULTS.shock.hits),
      probability: key(probability, 'Chance that a victim is really struck.', DEFAULTS.shock.probability),
      layer: key(z.string(), 'Layer of the members of a group; default: the innermost one.'),
    })
    .meta({ id: 'strike', description: 'Victims of one occurrence.' }),
]);
const strikes = key(z.array(strike), 'Who is struck at one instant.', undefined, [
  'leaf-1',
  { of: ['sbc'], hits: 'one' },
]);

const event = z.strictObject({ ...occurrenceKeys, strikes }).meta({
  id: 'event',
  description: 'A cause that strikes its victims at one instant; without a way back each has its own.',
});

const { restart, repair, policy, replacement, ...others } = occurrenceKeys;
const { cause, bucket, party, planned } = others;

const impact = z.strictObject({
  share: key(probability, 'Share of the errors with this impact.'),
  strikes,
  restart,
  repair,
  policy,
  replacement,
});

const operator = z.strictObject({
  rate: key(
    rate,
    'Errors; default: as many as spend the share of OPER in the strictest downtime target.',
    undefined,
    '2 / year',
  ),
  restart: key(law, 'How long an error lasts, where its impact does not say.', DEFAULTS.operator.restart),
  cause,
  bucket,
  party,
  planned,
  impact: key(
    mapOf(impact),
    'What the errors hit; the shares sum to 100 %. Default: everything that services with a downtime target use.',
    undefined,
    {
      'one-member': { share: '60 %', strikes: [{ of: ['sbc'], hits: 'one' }] },
      all: { share: '40 %', strikes: ['sbc'] },
    },
  ),
});

export const causes = z.strictObject({
  commonCause: key(mapOf(event), 'Common causes by id: firmware, configuration push, expired certificate, power.'),
  overload: key(mapOf(event), 'Unmanaged overload.'),
  security: key(mapOf(event), 'Attacks.'),
  environmental: key(mapOf(event), 'Flood, fire, storm, cooling.'),
  operator: key(operator, 'Errors of the people who operate the cloud.'),
});

/** Common-cause failures of the members of one group (beta factor). */
export const groupCommonCause = z.strictObject({
  beta: key(probability, "Share of a member's failures that strike all members at once.", undefined, '5 %'),
  modes: key(z.array(z.string()), 'Failure modes it holds for; default: all of cause sw.'),
});

const shareOf = (bucket: Bucket) => key(probability, `Share of ${bucket}; default 0 %.`);

export const allocation = z.strictObject({
  HW: shareOf('HW'),
  'ISW<=VIM': shareOf('ISW<=VIM'),
  'ISW>VIM': shareOf('ISW>VIM'),
  APP: shareOf('APP'),
  OPER: shareOf('OPER'),
});
