import fc from 'fast-check';
import { FABRIC_FLOWS } from '../../../src/catalogue/fabric-flows.ts';
import { type Fabric, HOMINGS, type PathProtection, PLANE_USES } from '../../../src/model/fabric.ts';
import type { Law } from '../../../src/model/law.ts';
import type { FailureMode, Scenario, Service, Site, StructureSpec } from '../../../src/model/scenario.ts';
import * as build from './build.ts';

/** Fabrics for random scenarios: they fail often and reroute slowly, and their parts carry all that stands on nodes. */
const HOUR = 3600;
const law = fc.constantFrom<Law>(build.fixed(0), build.fixed(1), build.fixed(HOUR), build.exponential(60));
const failures = fc
  .record({
    mean: fc.constantFrom(20 * HOUR, 100 * HOUR),
    after: fc.constantFrom(60, HOUR, 5 * HOUR),
    some: fc.boolean(),
  })
  .map(({ mean, after, some }): readonly FailureMode[] =>
    some ? [build.mode(build.exponential(mean), build.itself(build.exponential(after)))] : [],
  );
const homing = fc.constantFrom(...HOMINGS);

const protection = (flow: string): fc.Arbitrary<PathProtection> =>
  fc.record({ reroute: law, path: law, detection: law, coverage: fc.constantFrom(1, 0.5) }).map((plan) => ({
    flow,
    times: { reroute: plan.reroute, bondSwitch: plan.reroute, pathComputation: plan.path, allocation: build.fixed(0) },
    detection: plan.detection,
    coverage: plan.coverage,
    report: build.fixed(HOUR),
    target: 1,
  }));

const common = fc
  .record({
    homing,
    link: failures,
    reroute: protection('FL-17'),
    mlag: protection('bond-mlag'),
    host: protection('bond'),
    guest: protection('bond-guest'),
    plane: fc.option(fc.record({ homing, serves: fc.constantFrom(...PLANE_USES) }), { nil: undefined }),
    bmc: fc.option(fc.record({ redundant: fc.boolean(), failures }), { nil: undefined }),
  })
  .map(({ mlag, host, guest, plane, bmc, ...rest }) => ({
    ...rest,
    bonds: { mlag, 'active-backup': host, 'guest-active-backup': guest },
    planes: plane === undefined ? {} : { second: plane },
    ...(bmc === undefined ? {} : { bmc }),
    cabling: {},
  }));

const leafSpine: fc.Arbitrary<Fabric> = fc
  .record({
    common,
    spines: fc.integer({ min: 1, max: 3 }),
    leaves: fc.integer({ min: 1, max: 4 }),
    linksPerPair: fc.integer({ min: 1, max: 2 }),
    borderLeaves: fc.nat(2),
    uplinkCapacity: fc.constantFrom(1, 2, 5),
    spine: failures,
    leaf: failures,
  })
  .map(({ common, spine, leaf, ...counts }) => ({
    kind: 'leaf-spine',
    ...counts,
    ...common,
    spine: { failures: spine, domains: [] },
    leaf: { failures: leaf, domains: [] },
  }));

/** A ring of switches with one more chord; the first one is the exit. */
const free: fc.Arbitrary<Fabric> = fc
  .record({ common, switches: fc.array(failures, { minLength: 2, maxLength: 5 }), link: failures, chord: fc.nat(4) })
  .map(({ common, switches, link, chord }) => {
    const id = (i: number): string => `w${i % switches.length}`;
    const links = switches.map((_, i) => [
      `k${i}`,
      { between: [id(i), id(i + 1)] as [string, string], failures: link },
    ]);
    const across = [['across', { between: [id(0), id(1 + (chord % (switches.length - 1)))], failures: link }]];
    return {
      kind: 'free',
      switches: Object.fromEntries(switches.map((some, i) => [id(i), some])),
      links: Object.fromEntries([...links, ...across]),
      exits: ['w0'],
      access: switches.map((_, i) => id(i)),
      ...common,
    };
  });

const fabric = fc.oneof({ weight: 2, arbitrary: leafSpine }, free);

/** The scenario with fabrics in its sites, and services that are spread over its nodes. */
export function withFabrics(scenarios: fc.Arbitrary<Scenario>): fc.Arbitrary<Scenario> {
  return scenarios.chain((scenario) =>
    fc
      .record({
        fabrics: fc.tuple(...Object.keys(scenario.sites).map(() => fabric)),
        own: fc.option(homing, { nil: undefined }),
        fraction: fc.constantFrom(1, 0.3),
      })
      .map(({ fabrics, own, fraction }): Scenario => {
        const sites = Object.entries(scenario.sites).map(([id, site], i): [string, Site] => {
          const nodes = Object.entries(site.nodes).map(([pool, spec]) => [
            pool,
            own === undefined ? spec : { ...spec, homing: own },
          ]);
          return [id, { ...site, nodes: Object.fromEntries(nodes), fabric: fabrics[i]! }];
        });
        const inputs = Object.keys(scenario.sites).map((id): StructureSpec => ({ kind: 'leaf', of: `${id}/n` }));
        const spread: Record<string, Service> =
          inputs.length === 0
            ? {}
            : {
                spread: build.service({
                  kind: 'share',
                  fraction,
                  inputs,
                  weights: inputs.map(() => 1),
                  required: inputs.length,
                }),
              };
        return {
          ...scenario,
          sites: Object.fromEntries(sites),
          services: { ...scenario.services, ...spread },
          flows: { ...scenario.flows, ...FABRIC_FLOWS },
        };
      }),
  );
}
