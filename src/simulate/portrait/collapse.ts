/** Boxes above which equal ones are drawn as one; equal ones of which more are always one, and without any downtime. */
const MOST_BOXES = 40;
const MOST_ALIKE = 4;
const MOST_SILENT = 2;

/** What is to be drawn, before equal things become one. */
export interface Part {
  readonly name: string;
  readonly kind: string;
  readonly place: string;
  /** Downtime that begins there. */
  readonly caused: number;
}

/** `core/compute-12` → `core/compute-*`; a name without a number is its own. */
export function classOf(name: string): string {
  return name.replace(/-\d+$/, '-*');
}

/**
 * Box of each part, so that a picture has some forty of them: numbered parts of one name become one box, the most
 * numerous first, then parts of a kind in a place, and in the end all parts of a kind.
 */
export function collapse(parts: readonly Part[]): readonly string[] {
  const classes = countBy(parts, ({ name }) => classOf(name));
  const bySize = [...classes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const merged = new Set<string>();
  const loud = new Set(parts.filter(({ caused }) => caused > 0).map(({ name }) => classOf(name)));
  let boxes = parts.length;
  for (const [name, size] of bySize) {
    const most = boxes > MOST_BOXES ? 1 : loud.has(name) ? MOST_ALIKE : MOST_SILENT;
    if (size <= most) continue;
    merged.add(name);
    boxes -= size - 1;
  }
  const ids = parts.map(({ name }) => (merged.has(classOf(name)) ? classOf(name) : name));
  if (boxes <= MOST_BOXES) return ids;
  const inPlace = ({ place, kind }: Part): string => (place === '' ? `${kind} *` : `${place}/${kind} *`);
  const places = new Set(parts.map(inPlace)).size;
  return parts.map((part) => (places <= MOST_BOXES ? inPlace(part) : `${part.kind} *`));
}

function countBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}
