import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { completionOptions } from './options.js';

export default defineCommand({
  name: 'completion',
  group: 'Try',
  summary: 'print the script that completes commands, flags and names in your shell',
  description:
    'Completes commands, flags, check IDs, names of sandbox accounts and profiles, and the mappings, functions and clusters of your account. ' +
    'Names of your account are read with lambda:ListEventSourceMappings and kept for ten minutes in a file of your cache folder that only you can read.',
  arguments: [new Argument('<shell>', 'your shell').choices(['bash', 'zsh', 'fish', 'powershell'])],
  options: completionOptions,
  examples: [
    { command: 'msk-lambda completion bash >> ~/.bashrc', does: 'completion in every new bash' },
    { command: 'msk-lambda completion fish > ~/.config/fish/completions/msk-lambda.fish', does: 'completion in fish' },
  ],
  load: async () => (await import('./run.js')).run,
});
