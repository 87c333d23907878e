import type { Place } from '../../model/problem.ts';
import type { Draft } from './scenario.ts';

const WIDTH = 118;

export interface Head {
  readonly name: string;
  readonly title: string;
  /** Lines of the comment at the top. */
  readonly comment: readonly string[];
  readonly variants: Readonly<Record<string, unknown>>;
}

/** The scenario as YAML, each group, service and chain with the place it comes from. */
export function writeScenario({ sections, origins }: Draft, head: Head): string {
  const lines = [
    ...head.comment.map((line) => `# ${printable(line)}`.trimEnd()),
    'format: carriergrade/scenario/1',
    `name: ${scalar(head.name)}`,
    `title: ${scalar(head.title)}`,
  ];
  for (const [section, content] of Object.entries({ ...sections, variants: head.variants })) {
    if (Object.keys(content).length === 0) continue;
    lines.push('', `${section}:`);
    for (const [key, value] of Object.entries(content)) {
      const origin = origins.get(`${section}.${key}`);
      if (origin !== undefined) lines.push(`  # ${whereabouts(origin)}`);
      lines.push(...block(key, value, 2));
    }
  }
  return `${lines.join('\n')}\n`;
}

const whereabouts = ({ file, line, column }: Place): string => printable(`${file}:${line}:${column}`);
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029\uFFFD]/gu, '·');

/** One key in one line where it fits, else a line for each key inside. */
function block(key: string, value: unknown, indent: number): readonly string[] {
  const space = ' '.repeat(indent);
  const one = `${space}${scalar(key)}: ${flow(value)}`;
  if (one.length <= WIDTH && (indent > 2 || depth(value) < 2)) return [one];
  if (Array.isArray(value)) {
    if (value.length === 0 || value.every((item) => typeof item !== 'object')) return [one];
    return [`${space}${scalar(key)}:`, ...value.map((item) => `${space}  - ${flow(item)}`)];
  }
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return [one];
  return [`${space}${scalar(key)}:`, ...Object.entries(value).flatMap(([id, inside]) => block(id, inside, indent + 2))];
}

function depth(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depth));
}

function flow(value: unknown): string {
  if (value === null) return '~';
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object') {
    const inside = Object.entries(value).map(([key, each]) => `${scalar(key)}: ${flow(each)}`);
    return inside.length === 0 ? '{}' : `{ ${inside.join(', ')} }`;
  }
  return typeof value === 'string' ? scalar(value) : String(value);
}

/** Plain where every reader takes it for the same text. */
function scalar(text: string): string {
  const plain = /^[A-Za-z0-9_./][A-Za-z0-9_./ %-]*$/.test(text) && !text.endsWith(' ');
  const special = /^(?:true|false|null|yes|no|on|off|[\d._-]+(?:e[+-]?\d+)?|0[xo][\da-f]+|\.(?:inf|nan))$/i.test(text);
  return plain && !special ? text : JSON.stringify(text);
}

/** What has to be laid over `base` to get `other`: changed values, and null for what is not there any more. */
export function difference(base: unknown, other: unknown): unknown {
  if (!isMap(base) || !isMap(other)) return JSON.stringify(base) === JSON.stringify(other) ? undefined : other;
  const changes: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(other)) {
    const change = Object.hasOwn(base, key) ? difference(base[key], value) : value;
    if (change !== undefined) changes[key] = change;
  }
  for (const key of Object.keys(base)) if (!Object.hasOwn(other, key)) changes[key] = null;
  return Object.keys(changes).length === 0 ? undefined : changes;
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
