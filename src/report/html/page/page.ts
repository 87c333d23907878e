import type { Drawings } from '../figure.ts';
import { type Html, html, raw } from '../markup.ts';
import { PAGE_SCRIPT, THEME_SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

export interface NavEntry {
  readonly id: string;
  readonly text: string;
  readonly inside?: readonly NavEntry[];
}

export interface Page {
  readonly title: string;
  readonly nav: readonly NavEntry[];
  readonly content: Html;
  readonly interactive?: NonNullable<Drawings['interactive']>;
}

/** One HTML file with everything in it: no other file, no network, no clock. */
export function renderPage({ title, nav, content, interactive }: Page): string {
  return html`<!doctype html>
<html lang="en" data-theme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="carriergrade">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${raw(STYLE.trim())}</style>
<script>${raw(THEME_SCRIPT)}</script>
</head>
<body>
<a class="skip" href="#content">Skip to the report</a>
<div class="frame">
<nav aria-label="Contents"><p>carriergrade</p>${navList(nav)}<button type="button" id="theme">Theme</button></nav>
<main id="content">
${content}
</main>
</div>
${interactive === undefined ? '' : interaction(interactive)}
<script>${raw(PAGE_SCRIPT)}</script>
</body>
</html>
`.html;
}

function navList(entries: readonly NavEntry[]): Html {
  const inside = ({ inside: more = [] }: NavEntry): Html | string => (more.length === 0 ? '' : navList(more));
  return html`<ul>${entries.map((entry) => html`<li><a href="#${entry.id}">${entry.text}</a>${inside(entry)}</li>`)}</ul>`;
}

/** Vega (BSD-3-Clause, University of Washington Interactive Data Lab) and what it draws. */
function interaction({ specs, runtime }: NonNullable<Drawings['interactive']>): Html {
  const json = JSON.stringify(specs).replace(/</g, '\\u003c');
  const script = runtime.replace(/<\/script/gi, '<\\/script').replace(/\n?\/\/# sourceMappingURL=.*/g, '');
  return html`<script type="application/json" id="specs">${raw(json)}</script>
<script>/* Vega, https://vega.github.io, BSD-3-Clause, Copyright (c) University of Washington Interactive Data Lab */
${raw(script)}</script>`;
}
