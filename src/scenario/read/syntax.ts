/** An error of the YAML library: a code of its own and a range of offsets in the text. */
interface YamlIssue {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** Our code and hint for the errors people make; everything else is `yaml-syntax` with the library's sentence. */
const KNOWN: Readonly<Record<string, { readonly code: string; readonly message?: string; readonly hint?: string }>> = {
  TAB_AS_INDENT: { code: 'tab-indent', message: 'lines are indented with tabs', hint: 'YAML is indented with spaces' },
  MULTIPLE_DOCS: {
    code: 'multiple-documents',
    message: 'the file holds more than one document',
    hint: 'remove the "---" between them',
  },
  BAD_ALIAS: { code: 'bad-alias' },
  TAG_RESOLVE_FAILED: {
    code: 'unknown-tag',
    hint: 'tags (!name) are not used in this format; quote a text that starts with "!"',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    code: 'yaml-syntax',
    hint: 'a second ":" on one line: quote the text, or indent it as a map of its own',
  },
  MULTILINE_IMPLICIT_KEY: { code: 'yaml-syntax', hint: 'is a ":" missing after the key, or a quote not closed?' },
};

/** One syntax error as problem with offsets. */
export function syntaxProblem(issue: YamlIssue): {
  code: string;
  message: string;
  hint?: string;
  offset: number;
  length: number;
} {
  const [offset, end] = issue.pos;
  const at = { offset, length: end - offset };
  if (issue.message.includes('call stack'))
    return { code: 'too-deep', message: 'the text is nested too deeply', ...at };
  const known = KNOWN[issue.code];
  const hint = known?.hint === undefined ? {} : { hint: known.hint };
  return {
    code: known?.code ?? 'yaml-syntax',
    message: known?.message ?? issue.message.replace(/\s+/g, ' '),
    ...hint,
    ...at,
  };
}
