import type { Completable } from './script.ts';

/** Completion of bash 3.2 and newer, which is that of macOS. */
export function bashScript(commands: readonly Completable[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  return `# bash completion of carriergrade: source <(carriergrade completion bash)
_carriergrade() {
  local cur prev words
  cur=\${COMP_WORDS[COMP_CWORD]}
  prev=\${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${names} --help --version" -- "$cur"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${commands.map(commandCase).join('\n')}
  esac
  if [ "\${cur#-}" != "$cur" ]; then COMPREPLY=($(compgen -W "$words" -- "$cur"))
  else COMPREPLY=(\${COMPREPLY[@]+"\${COMPREPLY[@]}"} $(compgen -f -- "$cur")); fi
}
complete -o filenames -F _carriergrade carriergrade
`;
}

function commandCase({ name, options, words }: Completable): string {
  const values = options
    .filter(({ choices }) => choices.length > 0)
    .map(
      ({ flags, choices }) =>
        `        ${flags.join('|')}) COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$cur")); return ;;`,
    );
  const chosen = values.length === 0 ? '' : `      case "$prev" in\n${values.join('\n')}\n      esac\n`;
  const argument = words.length === 0 ? '' : `      COMPREPLY=($(compgen -W "${words.join(' ')}" -- "$cur"))\n`;
  return `    ${name})
${chosen}${argument}      words="${options.flatMap(({ flags }) => flags).join(' ')}" ;;`;
}
