import type { SchemeId } from '../model/scenario.ts';

/** What a first scenario is to be about. */
export interface FirstScenarioOptions {
  /** Name of the service, and of the group behind it. Letters, digits and dashes; default `app`. */
  readonly name?: string;
  /** Default `active-standby`. */
  readonly scheme?: SchemeId;
  /** Members of the group, standbys included; default: what the scheme needs, 1 to 3. */
  readonly members?: number;
  /** Compute nodes; default: two more than members, at least 4. */
  readonly nodes?: number;
  /** Nines the service has to reach; default 5. */
  readonly nines?: number;
}

const LEAST_MEMBERS: Readonly<Record<SchemeId, number>> = {
  simplex: 1,
  'active-standby': 2,
  'active-active': 2,
  'load-balanced': 3,
  'n-plus-1': 3,
  'k-of-n': 3,
  'shared-standby': 3,
};

const WHAT_IT_DOES: Readonly<Record<SchemeId, string>> = {
  simplex: 'one instance; when it fails the cloud replaces it',
  'active-standby': 'one member serves, the other takes over when it fails',
  'active-active': 'all members serve, those left carry as much as they can',
  'load-balanced': 'all members serve behind a balancer; the others have room for one that fails',
  'n-plus-1': 'all members serve; the others have room for one that fails',
  'k-of-n': 'all members serve, and so many of them must, or nothing is served',
  'shared-standby': 'one member stands by for all others',
};

/**
 * A commented scenario to begin with: one group on a small cloud, one service, one target. It reads without a warning and
 * runs as it stands; what it does not state comes from the catalogue.
 *
 * @throws RangeError for members the scheme cannot have, or a name that is none
 */
export function firstScenario(options: FirstScenarioOptions = {}): string {
  const { name = 'app', scheme = 'active-standby', nines = 5 } = options;
  const least = LEAST_MEMBERS[scheme];
  const members = options.members ?? least;
  if (!/^[a-z][a-z0-9-]*$/.test(name))
    throw new RangeError(`a name has small letters, digits and dashes, got "${name}"`);
  const most = scheme === 'simplex' ? 1 : Number.POSITIVE_INFINITY;
  if (members < Math.min(2, least) || members > most)
    throw new RangeError(
      scheme === 'simplex'
        ? `a simplex group has one member, got ${members}`
        : `${scheme} needs at least 2 members, got ${members}`,
    );
  const nodes = options.nodes ?? Math.max(4, members + 2);
  if (nodes < members) throw new RangeError(`${members} members on different nodes need as many nodes, got ${nodes}`);
  return `# yaml-language-server: $schema=./scenario.schema.json
#
# ${scheme}: ${WHAT_IT_DOES[scheme]}.
# Whatever is not stated here is an assumption with a source: "carriergrade explain FILE" lists every value.
#
#   carriergrade run FILE
#   carriergrade run FILE -o report.html
#   carriergrade inject FILE --element ${name}-group/1/app
format: carriergrade/scenario/1
name: ${name}
title: A first scenario, ${scheme} on ${nodes} nodes

# Long enough for a first look. More histories, or "--precision 5%", give narrower intervals.
simulation: { seed: first, years: 200, histories: 20 }

# The exit code of "run" is 1 when a target is missed and 3 when the interval still holds it.
targets:
  - { of: ${name}, metric: availability, limit: ${nines} nines }

# The cloud: ${nodes} compute nodes with room for 20 instances each, in two racks.
sites:
  core:
    domains: { rack-a: { kind: rack }, rack-b: { kind: rack } }
    nodes:
      compute: { type: compute-node, count: ${nodes}, slots: 20, domains: [rack-a, rack-b] }

groups:
  ${name}-group:
    scheme: ${scheme}
${scheme === 'simplex' ? '' : `    members: ${members}\n`}${scheme === 'k-of-n' ? `    required: ${members - 1} # members that must serve\n` : ''}    # Each member is an application in a virtual machine. Rates are those of the catalogue; state your own like this one.
    instance:
      guest: { type: vm }
      app: { type: vnf-app, failures: { crash: { rate: 4 / year } } }
    # No two members on one node.
    placement: { pools: [core/compute], antiAffinity: { level: node, hard: true } }
${scheme === 'simplex' ? '    # A ping sees virtual machines, not what runs in them: the health check of the control path sees both.\n' : ''}    # The share of faults that monitoring can see at all. It decides more than the speed of a failover does.
    detection: { ${scheme === 'simplex' ? 'detectors: [mano-health], ' : ''}coverage: 99 % }

services:
  # A pause of up to 50 ms is a hit and no outage; outages over 15 s are reportable.
  ${name}: { uses: [${name}-group], users: 10000, minOutageThreshold: 50 ms, reportableThreshold: 15 s }

# The same with one value changed: "carriergrade run FILE --variant better-detection".
variants:
  better-detection: { groups: { ${name}-group: { detection: { coverage: 99.9 % } } } }
`;
}
