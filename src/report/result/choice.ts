import type { ChoiceFacts, ServiceResult } from '../../model/result.ts';
import { type Block, line } from '../document/document.ts';
import { printEstimate } from '../format.ts';

const SOURCES: Readonly<Record<ChoiceFacts['method'], string>> = {
  histories: 'Downtime is what histories tell',
  cycles: 'Downtime comes from rare-event cycles',
  exact: 'Downtime is the exact number',
};

/** How the downtime was found where histories saw too few outages, and what they say of it. */
export function choiceBlocks({ choice }: ServiceResult): readonly Block[] {
  if (choice === undefined) return [];
  const { method, because, histories } = choice;
  const alone = printEstimate(histories, 's/year');
  const beside = method === 'histories' ? '' : `; histories alone: ${alone.value} (${alone.interval})`;
  return [line(`${SOURCES[method]}: ${because}${beside}.`, method === 'histories' ? 'open' : 'faint')];
}
