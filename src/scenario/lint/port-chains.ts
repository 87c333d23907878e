import type { Scenario } from '../../model/scenario.ts';
import type { Section } from '../resolve/context.ts';

/** Port chains that nobody uses, that stay stale, or whose calls a real controller may refuse (A-62, DX-16). */
export function lintPortChains(root: Section, { services }: Scenario): void {
  const used = new Set(
    root
      .at('services')
      .entries()
      .flatMap((part) => namesIn(part.at('uses').tree).concat(namesIn(part.at('structure').tree))),
  );
  for (const part of root.at('portChains').entries()) {
    const warn = (code: string, at: Section, message: string, hint: string): void => {
      at.problem(code, message, hint, { level: 'warning', part: 'key' });
    };
    if (!used.has(part.key) && Object.keys(services).length > 0)
      warn('unused-chain', part, 'no service uses this port chain', `uses: [${part.key}]`);
    const says = (key: string, value: unknown): boolean => String(part.at(key).tree?.content) === String(value);
    if (says('notify', false)) {
      const message = 'nobody tells the chain of new instances: what has failed once gets no traffic for ever';
      warn('stale-chain', part.at('notify'), message, 'notify: true (A-62)');
    } else if (!part.has('apiEnforcesInUse') && (!part.has('order') || says('order', 'printed'))) {
      const message = 'the printed order deletes a port pair that is still in its group; a controller may refuse that';
      warn('port-pair-in-use', part, message, 'apiEnforcesInUse: true or false, or order: make-before-break (DX-16)');
    }
  }
}

/** All texts somewhere in a tree. */
function namesIn(tree: Section['tree']): string[] {
  const content = tree?.content;
  if (typeof content === 'string') return [content];
  if (Array.isArray(content)) return content.flatMap(namesIn);
  return content instanceof Map ? [...content.values()].flatMap(namesIn) : [];
}
