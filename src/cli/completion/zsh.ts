import type { Completable, CompletableOption } from './script.ts';

/** Completion of zsh with descriptions. */
export function zshScript(commands: readonly Completable[]): string {
  const named = commands.map(({ name, summary }) => `    '${name}:${quoted(summary)}'`);
  const cases = commands.map(({ name, options, words }) => {
    const argument = words.length === 0 ? "'*:file:_files'" : `'1:word:(${words.join(' ')})' '*:file:_files'`;
    return `    ${name}) _arguments -s ${options.flatMap(optionSpecs).join(' ')} ${argument} ;;`;
  });
  return `#compdef carriergrade
# zsh completion of carriergrade: carriergrade completion zsh > "\${fpath[1]}/_carriergrade"
_carriergrade() {
  local -a commands
  commands=(
${named.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = _carriergrade ]; then _carriergrade "$@"; else compdef _carriergrade carriergrade; fi
`;
}

function optionSpecs({ flags, summary, takesValue, choices }: CompletableOption): readonly string[] {
  const value = takesValue ? (choices.length > 0 ? `:value:(${choices.join(' ')})` : ':value:_files') : '';
  return flags.map((flag) => `'${flag}[${quoted(summary)}]${value}'`);
}

/** Text inside single quotes and brackets. */
function quoted(text: string): string {
  return text.replace(/[[\]:]/g, '\\$&').replace(/'/g, "'\\''");
}
