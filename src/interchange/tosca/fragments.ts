/** A part of a text that is one YAML stream; everything else is blanked, so that places stay those of the file. */
export interface Fragment {
  readonly text: string;
}

/** Words that begin a line of a descriptor and hardly ever one of a shell session or a log. */
const DESCRIPTOR =
  /^\s*(?:to\w{2,4}_definitions_version|topology_template|node_templates|vdus|vnfd|monitoring_policy|app_monitoring_policy|load_balancer|lb_method|policies|role)\s*:|^\s*type:\s*to[ks]\w*\.nodes/m;
const DIRECTIVE = /^(\s*)\.\.\s+(?:code-block|code|sourcecode)::\s*(\w*)\s*$/;
const FENCE = /^(\s*)(`{3,}|~{3,})\s*(\w*)/;
const YAML = ['yaml', 'yml', 'json', ''];

/**
 * The YAML of a text: all of it, or the code blocks of a page of documentation (reStructuredText or Markdown) that hold
 * descriptors. No blocks: undefined when the text is a page, so that nothing in it can be read.
 */
export function fragmentsOf(text: string, file: string): readonly Fragment[] {
  const lines = text.split('\n');
  const page =
    /\.(rst|md|markdown|txt|adoc)$/i.test(file) || lines.some((line) => DIRECTIVE.test(line) || /^\s*```/.test(line));
  if (!page) return [{ text }];
  const blocks = [...directives(lines), ...fences(lines)]
    .filter(([from, to]) => from < to)
    .map(([from, to]) => ({ from, text: lines.map((line, i) => (i >= from && i < to ? line : '')).join('\n') }))
    .filter((block) => DESCRIPTOR.test(block.text));
  if (blocks.length === 0 && DESCRIPTOR.test(text) && !lines.some((line) => DIRECTIVE.test(line) || FENCE.test(line)))
    return [{ text }];
  return blocks.sort((a, b) => a.from - b.from).map(({ text: block }) => ({ text: block }));
}

type Range = readonly [from: number, to: number];

/** Lines of the blocks of reStructuredText: what is indented deeper than the directive. */
function directives(lines: readonly string[]): readonly Range[] {
  const ranges: Range[] = [];
  for (let i = 0; i < lines.length; i++) {
    const [, indent, language] =
      DIRECTIVE.exec(lines[i]!) ??
      (/^(?!\s*\.\.).*::\s*$/.test(lines[i]!) ? [lines[i], /^\s*/.exec(lines[i]!)![0], ''] : []);
    if (indent === undefined || !YAML.includes(language!.toLowerCase())) continue;
    let end = i + 1;
    while (end < lines.length && (lines[end]!.trim() === '' || /^\s*/.exec(lines[end]!)![0].length > indent.length))
      end++;
    ranges.push([i + 1, end]);
    i = end - 1;
  }
  return ranges;
}

/** Lines of the fenced blocks of Markdown; a directive on their first line is no part of them. */
function fences(lines: readonly string[]): readonly Range[] {
  const ranges: Range[] = [];
  for (let i = 0; i < lines.length; i++) {
    const [, , mark, language] = FENCE.exec(lines[i]!) ?? [];
    if (mark === undefined) continue;
    let end = i + 1;
    while (end < lines.length && !lines[end]!.trim().startsWith(mark)) end++;
    const within = lines.slice(i + 1, end);
    const directive = within.some((line) => DIRECTIVE.test(line));
    if (YAML.includes(language!.toLowerCase()) && !directive) ranges.push([i + 1, end]);
    i = end;
  }
  return ranges;
}
