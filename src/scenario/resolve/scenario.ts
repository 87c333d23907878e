import { ALLOCATION, DEFAULTS } from '../../catalogue/defaults.ts';
import { METHODS, type Scenario, type Simulation } from '../../model/scenario.ts';
import { expand } from '../expand/expand.ts';
import { isDowntime, readAllocation, readCauses } from './causes.ts';
import { readChains } from './chains.ts';
import type { Section } from './context.ts';
import { ControlPath } from './control.ts';
import { Detectors } from './detectors.ts';
import { readElements, readSites } from './elements.ts';
import { readFailures } from './failures.ts';
import { Flavours } from './flavours.ts';
import { Flows } from './flows.ts';
import { readGroups } from './group.ts';
import { divideByCommonCause } from './group-common-cause.ts';
import { reportCyclicParts } from './internal.ts';
import { Loops } from './monitoring.ts';
import { Names } from './names.ts';
import { choice, count, numberAbove, openProbability, positiveTime, text, time } from './parsers.ts';
import { checkPlacement } from './placement.ts';
import { withPlatform } from './platform.ts';
import { readPortChains } from './port-chains.ts';
import { readProofTests } from './proof-tests.ts';
import { Policies } from './repair.ts';
import { readInjections, readServices, readTargets } from './services.ts';
import { checkSpares } from './standby.ts';
import { leavesOf } from './structure.ts';
import { withTopologies } from './topologies.ts';
import { elementTypes, kindIn } from './types.ts';
import { readUpgrades } from './upgrades.ts';
import { Victims } from './victims.ts';

/** A scenario, and the sections it was read from with every repetition written out. */
export interface Resolution {
  readonly scenario: Scenario;
  readonly root: Section;
}

/**
 * The scenario in `written` with every default filled in and every reference checked. Problems, explained values and
 * assumptions go to the section's context; with errors among the problems the result is for nothing but more checks.
 * @param name Name of a scenario that states none.
 */
export function resolveScenario(written: Section, name: string): Resolution {
  const { root: expanded, regions, sets } = expand(written);
  const root = withPlatform(withTopologies(expanded));
  const names = new Names(root, sets, Object.keys(regions));
  const types = elementTypes(root);
  const ownName = root.optional('name', text) ?? name;
  const title = root.optional('title', text) ?? ownName;
  const simulation = readSimulation(root.at('simulation'));
  const policies = new Policies(root.at('repair'));
  const around = { names, types, policies };
  const elements = readElements(root.at('elements'), around);
  const sites = readSites(root.at('sites'), around);
  reportCyclicParts(root, { elements, sites });
  const control = new ControlPath(root, around, regions);
  const loops = new Loops(root, control);
  const detectors = new Detectors(root, control, loops);
  const flows = new Flows(root, control);
  const flavours = new Flavours(root);
  for (const { fabric } of Object.values(sites)) if (fabric !== undefined) flows.useForFabric(fabric);
  const paths = readPortChains(root.at('portChains'), names);
  const whole = readGroups(root.at('groups'), { ...around, flows, detectors, flavours, control, paths });
  const { groups: watched, monitoring } = loops.settle(whole);
  const { groups, shocks: common } = divideByCommonCause(root.at('groups'), watched);
  const chains = readChains(root.at('chains'), names);
  const services = { ...readServices(root.at('services'), names), ...chains };
  checkServiceNames(root, chains);
  checkSpares(
    root.at('elements'),
    elements,
    services,
    Object.values(elements).map(({ internal }) => internal),
  );
  if (!root.has('services') && !root.has('chains'))
    root.problem(
      'missing-key',
      'a scenario needs "services" or "chains": what users see',
      'services: {voice: {uses: [sbc]}}',
    );
  const targets = readTargets(root.at('targets'), {
    services,
    groups,
    regions: { ...regions, ...recoveryRegionsOf(sites) },
  });
  const hasBudget = targets.some(isDowntime) || root.has('causes');
  const allocation = root.defaulted('allocation', readAllocation, ALLOCATION, hasBudget);
  const causes = readCauses(root.at('causes'), {
    victims: new Victims(names, { elements, sites, control: control.functions, groups }),
    policies,
    targets,
    allocation,
    leavesOf: (id) => (services[id] === undefined ? [] : leavesOf(services[id].structure)),
  });
  const upgrades = readUpgrades(root.at('upgrades'), { names, groups, control: control.functions });
  const proofTests = readProofTests(root, names, { elements, sites, control: control.functions });
  checkPlacement(root.at('groups'), { groups, sites });
  detectors.checkUnused();
  flavours.checkUnused();
  loops.reportUnused();
  control.checkBus();
  for (const own of types.own) {
    const typed = own.muted.with(types.find(own.key, own));
    const kind = kindIn(typed.tree);
    if (kind === undefined && !own.has('base'))
      own.problem('missing-key', 'an element type needs a kind or a base', undefined, { part: 'key' });
    readFailures(
      typed,
      { kind: 'unit', layer: kind === 'guest' || kind === 'app', inSite: false, name: own.key },
      policies,
    );
  }
  const scenario: Scenario = {
    name: ownName,
    title,
    simulation,
    targets,
    elements,
    sites,
    control: control.functions,
    ...(Object.keys(control.operations).length === 0 ? {} : { operations: control.operations }),
    ...(control.cleanup === undefined ? {} : { orphanCleanup: control.cleanup }),
    controlTreatment: control.treatment,
    repair: policies.resolved,
    flows: flows.used,
    groups,
    services,
    shocks: { ...common, ...causes },
    allocation,
    injections: readInjections(root.at('injections'), names, {
      flows: flows.used,
      elements,
      sites,
      control: control.functions,
      groups,
      shocks: { ...common, ...causes },
      upgrades,
      proofTests,
    }),
    assumptions: root.context.assumptions,
    ...(Object.keys(monitoring).length === 0 ? {} : { monitoring }),
    ...(Object.keys(regions).length === 0 ? {} : { regions }),
    ...(Object.keys(upgrades).length === 0 ? {} : { upgrades }),
    ...(Object.keys(proofTests).length === 0 ? {} : { proofTests }),
  };
  return { scenario, root };
}

/** Recovery regions of fabrics by the name by which they are measured, `<site>/<id>`. */
function recoveryRegionsOf(sites: Scenario['sites']): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(sites).flatMap(([site, { fabric }]) =>
      fabric?.kind === 'leaf-spine'
        ? Object.entries(fabric.recoveryRegions ?? {}).map(([id, region]) => [`${site}/${id}`, region])
        : [],
    ),
  );
}

/** Services and chains are reported side by side. */
function checkServiceNames(root: Section, chains: Scenario['services']): void {
  for (const part of root.at('services').entries()) {
    if (!Object.hasOwn(chains, part.key)) continue;
    part.problem('duplicate-name', `"${part.key}" is a chain already`, 'rename one of them', { part: 'key' });
  }
}

function readSimulation(part: Section): Simulation {
  const defaults = DEFAULTS.simulation;
  const precision = part.optional('precision', openProbability);
  const maxTime = part.optional('maxTime', positiveTime);
  const method = part.optional('method', choice(METHODS));
  return {
    seed: part.defaulted('seed', text, defaults.seed),
    years: part.defaulted('years', numberAbove(0), defaults.years),
    histories: part.defaulted('histories', count(2), defaults.histories),
    warmUp: part.defaulted('warmUp', time, defaults.warmUp),
    confidence: part.defaulted('confidence', openProbability, defaults.confidence),
    ...(precision === undefined ? {} : { precision }),
    ...(maxTime === undefined ? {} : { maxTime }),
    ...(method === undefined ? {} : { method }),
  };
}
