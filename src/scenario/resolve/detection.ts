import { DEFAULTS } from '../../catalogue/defaults.ts';
import type { Detection } from '../../model/scenario.ts';
import type { Section } from './context.ts';
import type { ControlPath } from './control.ts';
import type { Detectors } from './detectors.ts';
import { law } from './law.ts';
import { choice, flag, probability, texts } from './parsers.ts';

const defaults = DEFAULTS.group.detection;

/** How faults of a group's members are noticed; nothing about standbys is an assumption of a group without any. */
export function readDetection(part: Section, simplex: boolean, detectors: Detectors, control: ControlPath): Detection {
  const ids = part.defaulted('detectors', texts, simplex ? defaults.detectorsSimplex : defaults.detectors);
  const items = part.at('detectors').items();
  const found = ids.flatMap((id, i) => detectors.find(id, items[i] ?? part) ?? []);
  for (const [i, detector] of found.entries()) {
    if (simplex && detector.needs.includes('peer')) {
      (items[i] ?? part).problem(
        'wrong-detector',
        `detector "${detector.id}" needs a peer, and a simplex group has none`,
      );
    }
  }
  const coverage = part.defaulted('coverage', probability, defaults.coverage);
  const coverageExposed = part.optional('coverageExposed', probability) ?? coverage;
  const written = part.at('coverage');
  if (!part.has('coverageExposed') && !simplex && written.exists && coverage < 1) {
    part.derive('coverageExposed', String(written.tree?.content), 'same as coverage');
  }
  const uncovered = part.at('uncovered');
  const standby = part.at('standby');
  const standbyCoverage = standby.defaulted('coverage', probability, defaults.standbyCoverage, !simplex);
  const latency = standby.optional('latency', law);
  const needs = standby.optional('needs', (list) => control.readNeeds(list, ['peer']));
  const revealed = standby.optional('revealedByFailover', flag);
  return {
    detectors: found,
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
      audit: standby.defaulted('audit', law, defaults.audit, !simplex && standbyCoverage < 1),
      ...(revealed === undefined ? {} : { revealedByFailover: revealed }),
    },
    whileExposed: part.defaulted('whileExposed', choice(['normal', 'immediate']), defaults.whileExposed, !simplex),
  };
}
