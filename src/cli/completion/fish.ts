import type { Completable } from './script.ts';

/** Completion of fish with descriptions. */
export function fishScript(commands: readonly Completable[]): string {
  const lines = [
    '# fish completion of carriergrade: carriergrade completion fish > ~/.config/fish/completions/carriergrade.fish',
    'complete -c carriergrade -n __fish_use_subcommand -f',
  ];
  for (const { name, summary, options, words } of commands) {
    lines.push(`complete -c carriergrade -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`);
    const within = `complete -c carriergrade -n '__fish_seen_subcommand_from ${name}'`;
    if (words.length > 0) lines.push(`${within} -a ${quote(words.join(' '))}`);
    for (const { flags, summary: what, takesValue, choices } of options) {
      const names = flags
        .map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`))
        .join(' ');
      const value = choices.length > 0 ? ` -x -a ${quote(choices.join(' '))}` : takesValue ? ' -r' : '';
      lines.push(`${within} ${names}${value} -d ${quote(what)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
