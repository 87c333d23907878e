import type { Bucket, CauseClass, ElementKind } from '../../model/scenario.ts';

/**
 * Where the downtime of a failure mode goes when the file does not say (B-14, B-44): hardware to HW, the software of
 * hosts, switches, stores and the VIM to ISW<=VIM, VNFM and NFVO to ISW>VIM, guests and applications to APP, people and
 * the outside world to OPER.
 */

const SOFTWARE: readonly ElementKind[] = ['guest', 'app', 'control', 'load-balancer'];
const SOFTWARE_MODES: readonly string[] = ['sw', 'os', 'crash', 'software', 'service', 'services', 'runtime'];
const ABOVE_VIM: readonly string[] = ['vnfm', 'nfvo', 'mano'];

/** Cause class by kind, then by how the element comes back (what is repaired is hardware), then by the mode's id. */
export function defaultCause(kind: ElementKind, mode: string, restore: 'restart' | 'repair' | undefined): CauseClass {
  if (kind === 'site') return 'environmental';
  if (SOFTWARE.includes(kind)) return 'sw';
  if (restore !== undefined) return restore === 'repair' ? 'hw' : 'sw';
  return SOFTWARE_MODES.includes(mode) ? 'sw' : 'hw';
}

/** Bucket of a cause in an element of `kind`; `name` is the id of a control function. */
export function defaultBucket(kind: ElementKind, cause: CauseClass, name: string): Bucket {
  if (cause === 'hw') return 'HW';
  if (cause === 'procedural' || cause === 'security' || cause === 'environmental') return 'OPER';
  if (kind === 'guest' || kind === 'app' || kind === 'unit') return 'APP';
  return kind === 'control' && ABOVE_VIM.includes(name) ? 'ISW>VIM' : 'ISW<=VIM';
}
