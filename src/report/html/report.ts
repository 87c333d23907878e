import type { Result } from '../../model/result.ts';
import type { Document } from '../document/document.ts';
import { blocksHtml } from './blocks.ts';
import { type Drawings, type Figure, Figures } from './figure.ts';
import { html } from './markup.ts';
import { type NavEntry, renderPage } from './page/page.ts';
import { agreementSection } from './sections/agreement.ts';
import { cloudSection } from './sections/cloud.ts';
import { contextOf } from './sections/context.ts';
import { assumptionsSection, elementsSection, runSection, sheetSection } from './sections/facts.ts';
import { failoversSection } from './sections/failovers.ts';
import { serviceSection } from './sections/service.ts';
import { servicesSection } from './sections/services.ts';
import { verdictSection } from './sections/verdict.ts';

export interface HtmlOptions {
  readonly allElements: boolean;
  /** What was drawn of `resultFigures`; absent: the page says in words what its figures would show. */
  readonly drawings?: Drawings;
}

/** The charts and graphs a report of this result has room for. */
export function resultFigures(result: Result, { allElements }: Pick<HtmlOptions, 'allElements'>): readonly Figure[] {
  const figures = new Figures();
  sectionsOf(result, figures, allElements);
  return figures.wanted;
}

/** The report of a run as one HTML file: the verdict first, then why. */
export function resultPage(result: Result, { allElements, drawings }: HtmlOptions): string {
  const figures = new Figures(drawings);
  const { content, nav } = sectionsOf(result, figures, allElements);
  return renderPage({
    title: `${result.scenario.title} · carriergrade`,
    nav,
    content,
    ...(drawings?.interactive === undefined ? {} : { interactive: drawings.interactive }),
  });
}

/** Any other output: its document on a page of the same style. */
export function documentPage(document: Document): string {
  const title = document.find((block) => block.kind === 'heading')?.text ?? 'carriergrade';
  return renderPage({ title: `${title} · carriergrade`, nav: [], content: blocksHtml(document) });
}

function sectionsOf(result: Result, figures: Figures, allElements: boolean) {
  const context = contextOf(result, figures, allElements);
  const services = context.detailed;
  const inside = services.map((id): NavEntry => ({ id: context.anchors.get(id)!, text: id }));
  const parts = [
    { id: 'verdict', text: 'Verdict', html: verdictSection(context) },
    { id: 'services', text: 'Services', html: servicesSection(context), inside },
    { id: '', text: '', html: html`${services.map((id) => serviceSection(context, id))}` },
    { id: 'failovers', text: 'Failovers', html: failoversSection(context) },
    { id: 'cloud', text: 'Cloud and diagrams', html: cloudSection(context) },
    { id: 'agreement', text: 'Exact against simulated', html: agreementSection(context) },
    { id: 'elements', text: 'Elements', html: elementsSection(context) },
    { id: 'sheet', text: 'Engineering targets', html: sheetSection(context) },
    { id: 'assumptions', text: 'Assumptions', html: assumptionsSection(context) },
    { id: 'run', text: 'Run', html: runSection(context) },
  ];
  const nav = parts
    .filter((part) => part.id !== '' && part.html.html !== '')
    .map(({ id, text, inside: more }): NavEntry => ({ id, text, ...(more === undefined ? {} : { inside: more }) }));
  return { nav, content: html`${parts.map((part) => part.html)}` };
}
