import { RUNTIMES, type Runtime } from '../../model/runtime.ts';
import type { Section } from './context.ts';
import { choice, text } from './parsers.ts';
import type { Entries } from './types.ts';

/** The element types that say what an instance runs in. */
const isRuntime = (type: string): type is Runtime => (RUNTIMES as readonly string[]).includes(type);

/**
 * What the members of a group run in (B-05): as stated, or as the types of their layers say. Undefined: virtual machines.
 */
export function readRuntime(part: Section, types: Entries): Runtime | undefined {
  const layers = part.has('instance') ? part.at('instance').entries() : [];
  const typed = layers.map((layer) => runtimeOf(layer.read('type', text), types)).find((found) => found !== undefined);
  const stated = part.optional('runtime', choice(RUNTIMES));
  if (stated !== undefined && typed !== undefined && stated !== typed) {
    const message = `the instance is of type ${typed}, which is another runtime than ${stated}`;
    part.at('runtime').problem('conflicting-keys', message, `runtime: ${typed}`);
  }
  if (stated === undefined && typed === 'container')
    part.derive('runtime', typed, '[B] B-05: the type of its instance');
  // Virtual machines are what groups have anyway.
  return (stated ?? typed) === 'container' ? 'container' : undefined;
}

/** The runtime an own type stands for, through all that it starts from. */
function runtimeOf(type: string | undefined, types: Entries): Runtime | undefined {
  const seen = new Set<string>();
  for (let id = type; id !== undefined && !seen.has(id); ) {
    if (isRuntime(id)) return id;
    seen.add(id);
    id = types.own.find(({ key }) => key === id)?.read('base', text);
  }
  return undefined;
}
