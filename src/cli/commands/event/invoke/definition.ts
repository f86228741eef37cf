import { Argument } from 'commander';
import { defineCommand } from '../../../define-command.js';
import { invokeOptions } from './options.js';

export default defineCommand({
  name: 'invoke',
  group: 'Try',
  summary: 'call the deployed function with an event, and judge its response as Lambda does',
  description:
    'Calls the function once with an event from a file or from the flags of `event generate`, after a confirmation. The function really runs, with all its effects. ' +
    'Shows the response, the end of the log, the partial batch response, the duration against the timeout and the size against the limit of 6 MB. Exit code 1: the function failed or reported records as failed. Your credentials need lambda:InvokeFunction: `msk-lambda policy --for invoker`.',
  arguments: [new Argument('<target>', 'mapping, by UUID; or function, by name or ARN, with or without alias')],
  options: invokeOptions,
  examples: [
    { command: 'msk-lambda event invoke order-handler --event event.json', does: 'an event from a file; asks first' },
    {
      command: 'msk-lambda event invoke 5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11 --value \'{"id":1}\' --yes',
      does: 'one record; topic and cluster of the mapping',
    },
    { command: 'msk-lambda event invoke order-handler --value text --dry-run', does: 'show the call, make none' },
  ],
  load: async () => (await import('./run.js')).run,
});
