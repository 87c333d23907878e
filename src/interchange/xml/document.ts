import type { Problem } from '../../model/problem.ts';
import { parseElements, type XmlElement, XmlFault } from './elements.ts';
import { XmlSource } from './source.ts';

export type { XmlElement } from './elements.ts';

/** Longest text that is parsed. */
export const MAX_CHARACTERS = 32 * 1024 * 1024;
/** Elements may lie this deep in each other: what reads formulas goes down them by calls. */
export const MAX_NESTING = 1_000;

export type XmlReading =
  | { readonly root: XmlElement; readonly problems: readonly [] }
  | { readonly root: undefined; readonly problems: readonly Problem[] };

/** Parses one XML text. Never throws: problems are in the result. */
export function readXml(text: string, file: string): XmlReading {
  const source = new XmlSource(file, text.startsWith('\uFEFF') ? text.slice(1) : text);
  try {
    return { root: elementsOf(source), problems: [] };
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error;
    return { root: undefined, problems: [source.problem(error.offset, error.code, error.message, error.hint)] };
  }
}

function elementsOf(source: XmlSource): XmlElement {
  const { text } = source;
  if (text.length > MAX_CHARACTERS) {
    const size = (text.length / 1024 / 1024).toFixed(0);
    const most = MAX_CHARACTERS / 1024 / 1024;
    throw new XmlFault(0, `${size} million characters are more than the ${most} read`, 'file-too-large');
  }
  const garbage = text.search(GARBAGE);
  if (garbage >= 0) throw new XmlFault(garbage, 'the file is binary or not UTF-8 text', 'not-text');
  return parseElements(source, MAX_NESTING);
}

/** Control characters XML does not allow, and what decoding leaves of bytes that are not UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const GARBAGE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffd]/;
