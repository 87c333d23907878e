import type { FailureMode, Group, Manifestation } from '../model/scenario.ts';

/**
 * What monitoring and prediction get wrong about a healthy member, as modes of its innermost layer that damage nothing
 * (SEM-19c, B-59): their clocks, streams and attribution are those of any other mode. One mode for all detectors of the
 * group, one for all predictions.
 */
export function falseModes(group: Group): readonly FailureMode[] {
  const alarms = group.detection.detectors.reduce((sum, { falsePositives = 0 }) => sum + falsePositives, 0);
  const predictions = group.instance
    .flatMap(({ failures }) => failures)
    .reduce((sum, { prediction }) => sum + (prediction?.falsePositives ?? 0), 0);
  return [...falseMode('false-alarm', alarms), ...falseMode('false-prediction', predictions)];
}

/** `rate` per second. The monitoring belongs to the infrastructure (B-44: ISW≤VIM). */
function falseMode(manifestation: Manifestation, rate: number): readonly FailureMode[] {
  if (rate === 0) return [];
  return [
    {
      id: manifestation,
      timeToFailure: { kind: 'exponential', mean: 1 / rate },
      cause: 'sw',
      bucket: 'ISW<=VIM',
      party: 'ISW<=VIM',
      restore: { by: 'replacement' },
      manifestation,
    },
  ];
}
