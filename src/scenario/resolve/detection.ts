import { DEFAULTS, type Default } from '../../catalogue/defaults.ts';
import { DETECTOR_BUNDLES } from '../../catalogue/detectors.ts';
import type { Runtime } from '../../model/runtime.ts';
import type { Detection, Detector, SchemeId } from '../../model/scenario.ts';
import type { Section } from './context.ts';
import type { ControlPath } from './control.ts';
import type { Detectors } from './detectors.ts';
import { law } from './law.ts';
import { choice, flag, probability, text, texts } from './parsers.ts';
import { sharesLoad } from './sharing.ts';

const defaults = DEFAULTS.group.detection;

/**
 * How faults of a group's members are noticed; nothing about standbys is an assumption of a group without any.
 * @param confirmed the flow waits until a second detector has noticed the fault too
 */
export function readDetection(
  part: Section,
  scheme: SchemeId,
  {
    confirmed,
    gray,
    runtime,
  }: { readonly confirmed: boolean; readonly gray: boolean; readonly runtime: Runtime | undefined },
  detectors: Detectors,
  control: ControlPath,
): Detection {
  const simplex = scheme === 'simplex';
  const standsBy = !simplex && !sharesLoad(scheme);
  const ids = part.defaulted('detectors', texts, usualDetectors(scheme, runtime));
  const written = part.at('detectors').items();
  const single = ids.flatMap((id, i) =>
    (DETECTOR_BUNDLES[id] ?? [id]).map((each) => [each, written[i] ?? part] as const),
  );
  const items = single.map(([, item]) => item);
  const found = single.flatMap(([id, item]) => detectors.find(id, item) ?? []);
  for (const [i, detector] of found.entries()) {
    if (simplex && detector.needs.includes('peer')) {
      (items[i] ?? part).problem(
        'wrong-detector',
        `detector "${detector.id}" needs a peer, and a simplex group has none`,
      );
    }
  }
  const confirm = readConfirm(part, confirmed, detectors);
  const group = String(part.path.at(-2) ?? '');
  for (const [i, detector] of [...found, ...(confirm === undefined ? [] : [confirm])].entries()) {
    if (!detector.needs.includes(group)) continue;
    (items[i] ?? part.at('confirm')).problem('wrong-detector', `detector "${detector.id}" needs the group it watches`);
  }
  const coverage = part.defaulted('coverage', probability, defaults.coverage);
  const coverageExposed = part.optional('coverageExposed', probability) ?? coverage;
  const stated = part.at('coverage');
  if (!part.has('coverageExposed') && !simplex && stated.exists && coverage < 1) {
    part.derive('coverageExposed', String(stated.tree?.content), 'same as coverage');
  }
  const uncovered = part.at('uncovered');
  const standby = part.at('standby');
  if (standby.exists && sharesLoad(scheme)) {
    const message = `a group of scheme ${scheme} has no standbys: all members carry traffic`;
    standby.problem('useless-value', message, undefined, { part: 'key' });
  }
  const standbyCoverage = standby.defaulted('coverage', probability, defaults.standbyCoverage, standsBy);
  const latency = standby.optional('latency', law);
  const needs = standby.optional('needs', (list) => control.readNeeds(list, ['peer'], true));
  const revealed = standby.optional('revealedByFailover', flag);
  return {
    detectors: found,
    ...(confirm === undefined ? {} : { confirm }),
    coverage,
    coverageExposed,
    uncovered: {
      detect: uncovered.defaulted('detect', law, defaults.uncoveredDetect, coverage < 1 || coverageExposed < 1),
      // biome-ignore lint/suspicious/noThenProperty: the word of the scenario contract
      then: uncovered.defaulted(
        'then',
        choice(['manual', 'flow']),
        defaults.uncoveredThen,
        coverage < 1 || coverageExposed < 1,
      ),
    },
    standby: {
      coverage: standbyCoverage,
      ...(latency === undefined ? {} : { latency }),
      ...(needs === undefined ? {} : { needs: control.resolve(needs) }),
      audit: standby.defaulted('audit', law, defaults.audit, standsBy && standbyCoverage < 1),
      ...(revealed === undefined ? {} : { revealedByFailover: revealed }),
    },
    ...(gray || part.has('gray') ? { gray: readGray(part.at('gray'), gray) } : {}),
    ...(part.has('message') ? { message: part.optional('message', law) ?? { kind: 'never' } } : {}),
    whileExposed: part.defaulted('whileExposed', choice(['normal', 'immediate']), defaults.whileExposed, !simplex),
  };
}

function usualDetectors(scheme: SchemeId, runtime: Runtime | undefined): Default {
  if (scheme === 'simplex') return runtime === 'container' ? defaults.detectorsContainer : defaults.detectorsSimplex;
  if (scheme === 'active-active') return defaults.detectorsActiveActive;
  return sharesLoad(scheme) ? defaults.detectorsBalanced : defaults.detectors;
}

/** The detector that has to notice a fault as well, where the flow waits for it. */
function readConfirm(part: Section, confirmed: boolean, detectors: Detectors): Detector | undefined {
  if (confirmed) {
    const id = part.defaulted('confirm', text, defaults.confirm);
    return detectors.find(id, part.at('confirm'));
  }
  if (part.has('confirm')) {
    const message = 'no step of the flow waits for a second detector';
    part.at('confirm').problem('useless-value', message, 'a step with "confirmed" among its needs, as in FL-08');
  }
  return undefined;
}

/** How faults that leave the member alive are noticed (SEM-27). */
function readGray(part: Section, any: boolean): NonNullable<Detection['gray']> {
  if (!any) {
    part.problem('no-effect', 'no failure mode of the group is gray', 'manifestation: gray', { part: 'key' });
  }
  if (part.has('by') && part.has('latency')) {
    const message = 'the detectors have a latency of their own';
    part.at('latency').problem('conflicting-keys', message, undefined, { part: 'key' });
  }
  return {
    coverage: part.defaulted('coverage', probability, defaults.gray.coverage, any),
    ...(part.optional('by', choice(['detectors'])) === 'detectors'
      ? {}
      : { latency: part.defaulted('latency', law, defaults.gray.latency, any) }),
  };
}
