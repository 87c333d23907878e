import type { Diagram, DiagramBlock } from '../../../model/picture.ts';
import { printCount } from '../../format.ts';
import { COMMON, contribution, heat, quote } from './dot.ts';

/** Blocks of a series in one row; longer series go on in the next one. */
const ROW = 6;

/** The block diagram of a service, from left to right: in series what must all be up, in parallel what stands in for each other. */
export function blockDiagramGraph(diagram: Diagram): string {
  const whole = causedIn(diagram);
  const text: string[] = [];
  let count = 0;
  const next = (): string => `n${count++}`;
  const joint = (label: string): string => {
    const name = next();
    text.push(
      label === ''
        ? `${name} [shape=point, class="joint", width=0.05];`
        : `${name} [shape=plaintext, style="", class="gate", label=${quote(label)}, height=0.2];`,
    );
    return name;
  };
  /** Draws a part and returns where a line enters and leaves it. */
  const draw = (part: Diagram): readonly [string, string] => {
    if (part.kind === 'block') {
      const name = next();
      text.push(
        `${name} [label=${quote(labelOf(part, whole))}, class="box ${heat(part.causedDpm, whole)}"${part.count > 1 && part.scheme === undefined ? ', peripheries=2' : ''}];`,
      );
      return [name, name];
    }
    const inputs = part.inputs.map(draw);
    if (inputs.length === 1 && part.kind !== 'share') return inputs[0]!;
    if (part.kind === 'all') {
      inputs.slice(1).forEach(([enter], i) => {
        const [, leave] = inputs[i]!;
        text.push(
          `${leave} -> ${enter}${(i + 1) % ROW === 0 && inputs.length > ROW + 2 ? ' [constraint=false]' : ''};`,
        );
      });
      return [inputs[0]![0], inputs.at(-1)![1]];
    }
    const [enter, leave] = [joint(''), joint(gateLabel(part))];
    for (const [from, to] of inputs) text.push(`${enter} -> ${from}; ${to} -> ${leave};`);
    return [enter, leave];
  };
  const [enter, leave] = draw(diagram);
  return `digraph blocks { ${COMMON} rankdir=LR; ranksep=0.3; nodesep=0.14; in [shape=circle, label="", width=0.12, height=0.12, fixedsize=true, class="joint"]; out [shape=circle, label="", width=0.12, height=0.12, fixedsize=true, class="joint"];\n${text.join('\n')}\nin -> ${enter}; ${leave} -> out; }`;
}

function gateLabel(part: Exclude<Diagram, DiagramBlock>): string {
  if (part.kind === 'atLeast')
    return `${part.atLeast} of ${part.inputs.reduce((sum, each) => sum + (each.kind === 'block' ? each.count : 1), 0)}`;
  return part.kind === 'share' ? 'shares' : '';
}

function labelOf({ id, count, scheme, causedDpm }: DiagramBlock, whole: number): string {
  const what = scheme === undefined ? '' : `${scheme}, ${printCount(count)} members`;
  const title = scheme === undefined && count > 1 ? `${id}  × ${printCount(count)}` : id;
  return [title, what, contribution(causedDpm, whole)].filter((line) => line !== '').join('\n');
}

function causedIn(part: Diagram): number {
  return part.kind === 'block' ? part.causedDpm : part.inputs.reduce((sum, each) => sum + causedIn(each), 0);
}

/** Blocks of a diagram, its own and those of its parts. */
export function blockCount(part: Diagram): number {
  return part.kind === 'block' ? 1 : part.inputs.reduce((sum, each) => sum + blockCount(each), 0);
}
