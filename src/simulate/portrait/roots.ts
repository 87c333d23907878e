import type { CompiledModel } from '../../compile/model.ts';
import type { PictureRoot } from '../../model/picture.ts';
import { classOf } from './collapse.ts';

/** Equal elements of which more are one root, and roots kept of a service. */
const MOST_ALIKE = 4;
const MOST_ROOTS = 12;

/** Largest roots of a service's downtime, many equal elements as one; `caused` is the downtime by mode, s/year. */
export function rootsOf({ modes, names }: CompiledModel, caused: (mode: number) => number): readonly PictureRoot[] {
  const classes = new Map<string, { name: string; seconds: number }[]>();
  for (let mode = 0; mode < modes.count; mode++) {
    const seconds = caused(mode);
    if (seconds <= 0) continue;
    const element = names.elements[modes.element[mode]!]!;
    const key = `${classOf(element)}:${names.modes[mode]}`;
    const known = classes.get(key) ?? [];
    known.push({ name: `${element}:${names.modes[mode]}`, seconds });
    classes.set(key, known);
  }
  const roots = [...classes].flatMap(([key, members]): readonly PictureRoot[] => {
    if (members.length <= MOST_ALIKE) return members.map(({ name, seconds }) => ({ name, count: 1, seconds }));
    return [{ name: key, count: members.length, seconds: members.reduce((sum, { seconds }) => sum + seconds, 0) }];
  });
  return roots.sort((a, b) => b.seconds - a.seconds || (a.name < b.name ? -1 : 1)).slice(0, MOST_ROOTS);
}
