/** Where a value lies in a document: keys of maps and indices of lists from the root. */
export type Path = readonly (string | number)[];

/** `groups.sbc.detection.detectors[0]`; keys with other characters than letters, digits, `-` and `_` are quoted. */
export function printPath(path: Path): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else {
      const key = /^[\w-]+$/.test(part) ? part : JSON.stringify(part);
      text += text === '' ? key : `.${key}`;
    }
  }
  return text;
}
