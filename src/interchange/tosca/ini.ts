import type { Dictionary, Entry } from './tree.ts';

const SECTION = /^\[([^\]\n]+)\]\s*$/;
const SETTING = /^([A-Za-z][\w.-]*)\s*=\s*(.*?)\s*$/;

/** Settings of an INI file as a document: sections, each a map of texts. Undefined when the text is none. */
export function iniItem(text: string, file: string): Dictionary | undefined {
  const lines = text.split('\n');
  const used = lines.map((line) => line.trim()).filter((line) => line !== '' && !/^[#;]/.test(line));
  if (used.length === 0 || !SECTION.test(used[0]!)) return undefined;
  if (!used.every((line) => SECTION.test(line) || SETTING.test(line))) return undefined;
  const place = (line: number, length: number) => ({ file, line: line + 1, column: 1, length: Math.max(1, length) });
  const sections: { entry: Entry; settings: Entry[] }[] = [];
  for (const [i, raw] of lines.entries()) {
    const line = raw.trim();
    if (line === '' || /^[#;]/.test(line)) continue;
    const [, name] = SECTION.exec(line) ?? [];
    if (name !== undefined) {
      const settings: Entry[] = [];
      const value: Dictionary = { kind: 'map', entries: settings, place: place(i, line.length) };
      sections.push({
        entry: { key: name, path: name, place: place(i, line.length), value, overridden: false },
        settings,
      });
      continue;
    }
    const [, key, value] = SETTING.exec(line)!;
    const { entry, settings } = sections.at(-1)!;
    settings.push({
      key: key!,
      path: `${entry.key}.${key}`,
      place: place(i, key!.length),
      value: { kind: 'scalar', value: value!, place: { ...place(i, value!.length), column: raw.indexOf('=') + 2 } },
      overridden: false,
    });
  }
  return { kind: 'map', entries: sections.map(({ entry }) => entry), place: place(0, 1) };
}
