import type { CompiledModel } from '../compile/model.ts';
import type { World } from '../dynamics/world.ts';
import { layOutFabric } from '../model/fabric-layout.ts';
import { probesOf } from '../model/fabric-probes.ts';
import { localise, type Probe } from '../model/localisation.ts';
import type { Scenario } from '../model/scenario.ts';

/** The path monitor of each site: which probes fail now, and what its aggregation point makes of them (B-95). */
export class PathMonitor {
  private readonly scenario: Scenario;
  private readonly indexOf = new Map<string, number>();
  private readonly probes = new Map<string, readonly Probe[]>();

  constructor(model: CompiledModel, scenario: Scenario) {
    this.scenario = scenario;
    if (!Object.values(scenario.sites).some(({ fabric }) => fabric !== undefined)) return;
    model.names.elements.forEach((name, index) => {
      this.indexOf.set(name, index);
    });
  }

  /** `leaf core/leaf-1` and the like; `nothing` when no probe of the site fails. */
  verdict(w: World, site: string): string {
    const fails = (name: string | undefined): boolean => name !== undefined && w.served[this.indexOf.get(name)!] !== 1;
    const aggregator = this.indexOf.get(`${site}/path-aggregator`);
    const found = localise(
      this.probesOf(site),
      ({ node, link, leaf, uplink, spine }) => [node, link, leaf, uplink, spine].some(fails),
      aggregator === undefined || w.served[aggregator] === 1,
    );
    return found === undefined ? 'nothing' : `${found.region} ${found.name}`;
  }

  private probesOf(site: string): readonly Probe[] {
    let probes = this.probes.get(site);
    if (probes === undefined) {
      const { fabric, nodes } = this.scenario.sites[site]!;
      probes = fabric === undefined ? [] : probesOf(layOutFabric(site, fabric, nodes));
      this.probes.set(site, probes);
    }
    return probes;
  }
}
