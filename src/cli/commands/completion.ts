import { Argument } from 'commander';
import { completionScript, type Shell } from '../completion/script.ts';
import { writeText } from '../output.ts';
import type { CommandDefinition } from './command.ts';

export const completion: CommandDefinition = {
  name: 'completion',
  summary: 'a script that completes commands and options in your shell',
  examples: ['completion bash', 'completion zsh', 'completion fish'],
  define: (command, session) => {
    command
      .addArgument(new Argument('<shell>', 'your shell').choices(['bash', 'zsh', 'fish']))
      .addHelpText(
        'after',
        `
Put it where your shell looks, for example:
  bash  source <(carriergrade completion bash)
  zsh   carriergrade completion zsh > "\${fpath[1]}/_carriergrade"
  fish  carriergrade completion fish > ~/.config/fish/completions/carriergrade.fish`,
      )
      .action(async (shell: Shell) => {
        await writeText(completionScript(shell, command.parent!), undefined, session);
      });
  },
};
