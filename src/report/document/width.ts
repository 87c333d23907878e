/** Columns a text takes on a terminal: wide (East Asian, emoji) characters take two, combining marks none. */
export function displayWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) {
    if (/^[\p{Mark}\p{Format}\p{Control}]$/u.test(character)) continue;
    width += isWide(character.codePointAt(0)!) ? 2 : 1;
  }
  return width;
}

const WIDE: readonly (readonly [from: number, to: number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff],
  [0x20000, 0x3fffd],
];

function isWide(code: number): boolean {
  return WIDE.some(([from, to]) => code >= from && code <= to);
}

/**
 * `text` in lines of at most `width` columns, broken at spaces; a word that is too long for a line is broken after `-`
 * or `/`, and what is still too long keeps a line of its own.
 */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let current = '';
    for (const word of paragraph.split(' ')) {
      const fits = displayWidth(word) <= width;
      (fits ? [word] : unbreakable(word)).forEach((part, i) => {
        const longer = current === '' || i > 0 ? current + part : `${current} ${part}`;
        if (current !== '' && displayWidth(longer) > width) {
          lines.push(current);
          current = part;
        } else current = longer;
      });
    }
    lines.push(current);
  }
  return lines;
}

/** Parts of a text between which a line may end. */
export function unbreakable(text: string): readonly string[] {
  return text.match(/[^\s/-]*[/-]+|[^\s/-]+/g) ?? [''];
}
