import { DEFAULTS } from '../../catalogue/defaults.ts';
import type { FaultLayer, MonitoringLoop } from '../../model/monitoring.ts';
import type { Detector, FailureMode, Group } from '../../model/scenario.ts';
import { didYouMean } from '../read/suggest.ts';
import type { Section } from './context.ts';
import type { ControlPath } from './control.ts';
import { count, text, time } from './parsers.ts';

/** One loop as the file writes it, in the control path of one region. */
interface Loop {
  readonly part: Section;
  readonly in: string;
  readonly sleep: number;
  readonly others: number;
  /** Stated healthy probe of one of the others. */
  readonly probe: number | undefined;
}

/**
 * The loops of section `monitoring`. How long a round takes depends on who is probed in it, so that detectors of a loop
 * get their latency when all groups are known (SEM-17).
 */
export class Loops {
  readonly #root: Section;
  readonly #control: ControlPath;
  readonly #loops = new Map<string, Loop>();
  /** Ids of those that some group's detectors probe in. */
  readonly #used = new Set<string>();

  constructor(root: Section, control: ControlPath) {
    this.#root = root.at('monitoring');
    this.#control = control;
  }

  /** The loop `id` as the present group uses it: its full name and the function that runs it. */
  find(id: string, from: Section): { readonly id: string; readonly in: string } | undefined {
    const part = this.#root.at(id);
    if (!part.exists) {
      const known = this.#root.entries().map((each) => each.key);
      return from.problem('dangling-reference', `there is no monitoring loop "${id}"`, didYouMean(id, known, 'loops'));
    }
    const name = this.#control.nameHere(id);
    let loop = this.#loops.get(name);
    if (loop === undefined) {
      loop = this.#read(part);
      this.#loops.set(name, loop);
    }
    return { id: name, in: loop.in };
  }

  /** Loops of the file that no detector of a group probes in. */
  reportUnused(): void {
    for (const part of this.#root.entries()) {
      if (this.#used.has(part.key)) continue;
      part.problem('unused-loop', 'no detector of a group probes in this loop', 'a detector with "loop"', {
        part: 'key',
        level: 'warning',
      });
      this.#read(part.muted);
    }
  }

  /** The loops with everybody who is probed in them, and the groups with the latencies that follow. */
  settle(groups: Readonly<Record<string, Group>>): {
    readonly groups: Readonly<Record<string, Group>>;
    readonly monitoring: Readonly<Record<string, MonitoringLoop>>;
  } {
    const monitoring: Record<string, MonitoringLoop> = {};
    for (const [id, loop] of this.#loops) {
      const probes = Object.values(groups).flatMap((group) =>
        probing(group, id).flatMap((probe) => Array<number>(targetsOf(group)).fill(probe)),
      );
      if (probes.length === 0) continue;
      this.#used.add(loop.part.key);
      const other = loop.probe ?? Math.max(...probes);
      const period = clean(loop.sleep + probes.reduce((sum, probe) => sum + probe, 0) + loop.others * other);
      monitoring[id] = { in: loop.in, sleep: loop.sleep, members: probes.length, others: loop.others, period };
      loop.part.derive('targets', String(probes.length + loop.others), sourceOf(probes.length, groups, id));
      loop.part.derive('period', `${period} s`, '[A] SEM-17: the pause and a healthy probe of every target');
    }
    const settled = Object.entries(groups).map(([id, group]) => [id, inLoops(group, monitoring)] as const);
    return { groups: Object.fromEntries(settled), monitoring };
  }

  #read(part: Section): Loop {
    const written = part.required('in', text, '');
    const known = written !== '' && this.#control.isKnown(written);
    if (written !== '' && !known) {
      const hint = didYouMean(written, Object.keys(this.#control.functions), 'control functions');
      part.at('in').problem('dangling-reference', `there is no control function "${written}"`, hint);
    }
    const { sleep, others, probe } = DEFAULTS.monitoring;
    const more = part.defaulted('others', count(0), others);
    return {
      part,
      in: known ? this.#control.resolve([written])[0]! : written,
      sleep: part.defaulted('sleep', time, sleep),
      others: more,
      probe: part.has('probe') ? part.defaulted('probe', time, probe) : undefined,
    };
  }
}

/** Healthy probes one member of the group costs the loop, one for each of its detectors there. */
function probing({ detection }: Group, loop: string): number[] {
  const all = [...detection.detectors, ...(detection.confirm === undefined ? [] : [detection.confirm])];
  return all.flatMap((detector) => (detector.loop?.id === loop ? [detector.loop.probe] : []));
}

const sourceOf = (count: number, groups: Readonly<Record<string, Group>>, loop: string): string => {
  const clustered = Object.values(groups).some(
    (group) => group.cluster !== undefined && probing(group, loop).length > 0,
  );
  return `${count} members of groups${clustered ? '; a cluster counts once (S-06)' : ''}`;
};

/** Places that a group takes in a round: the members of a cluster are probed side by side (S-06 [EA]). */
const targetsOf = ({ cluster, members }: Group): number => (cluster === undefined ? members : 1);

function inLoops(group: Group, loops: Readonly<Record<string, MonitoringLoop>>): Group {
  const settle = (detector: Detector): Detector => {
    const loop = detector.loop === undefined ? undefined : loops[detector.loop.id];
    const { latency } = detector;
    if (loop === undefined || latency.kind !== 'probe') return detector;
    if (loop.period === 0) return { ...detector, latency: { kind: 'deterministic', value: latency.low } };
    return { ...detector, latency: { kind: 'probe', low: latency.low, high: clean(latency.low + loop.period) } };
  };
  const { detection } = group;
  if (!detection.detectors.some(({ loop }) => loop !== undefined) && detection.confirm?.loop === undefined)
    return group;
  const confirm = detection.confirm === undefined ? {} : { confirm: settle(detection.confirm) };
  return { ...group, detection: { ...detection, detectors: detection.detectors.map(settle), ...confirm } };
}

const clean = (seconds: number): number => Number(seconds.toFixed(12));

/** What can be wrong with a member for those who watch it: layers of failure modes, of hosting and of the network. */
export function faultLayers(
  instance: Group['instance'],
  options: { readonly layered: boolean; readonly placed: boolean; readonly agent: boolean; readonly gray: boolean },
): readonly FaultLayer[] {
  const found = new Set<FaultLayer>();
  for (const { kind, failures } of instance) {
    for (const mode of failures)
      if (mode.manifestation !== 'gray' || options.gray) found.add(layerOf(mode, kind, options.layered));
  }
  if (options.placed && options.layered) found.add('node').add('network');
  if (options.agent) found.add('agent');
  return [...found];
}

const layerOf = (mode: FailureMode, kind: 'guest' | 'app', layered: boolean): FaultLayer =>
  mode.layer ?? (layered ? kind : 'instance');
