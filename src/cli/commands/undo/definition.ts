import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { undoOptions } from './options.js';

export default defineCommand({
  name: 'undo',
  group: 'Change',
  summary: 'revert the changes of `doctor --fix`',
  description:
    'Reverts the changes that an undo file lists, the newest first. Before each one it reads the resource: ' +
    'it does not revert a change that someone else has modified since. You can run it again after an interruption.',
  arguments: [new Argument('<file>', 'the undo file that `doctor --fix` wrote')],
  options: undoOptions,
  examples: [
    {
      command: 'msk-lambda undo msk-lambda-undo-20261124T100000Z.json --dry-run',
      does: 'show the changes to revert, and those that someone else changed since',
    },
    { command: 'msk-lambda undo msk-lambda-undo-20261124T100000Z.json', does: 'revert it after a confirmation' },
  ],
  load: async () => (await import('./run.js')).run,
});
