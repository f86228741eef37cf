import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { explainOptions } from './options.js';

export default defineCommand({
  name: 'explain',
  group: 'Diagnose',
  summary: 'explain an error text, a check, or what a mapping shows',
  description:
    'An error text and a check are explained offline: what it means, the causes with the most frequent first, how to tell them apart, and the fixes.',
  arguments: [
    new Argument('[subject...]', 'text of LastProcessingResult, id of a check or of a text, or mapping UUID'),
  ],
  options: explainOptions,
  examples: [
    { command: 'msk-lambda explain "Cluster failed to authorize Lambda"', does: 'what the text means, and its causes' },
    { command: 'msk-lambda explain network.aws-path', does: 'the page of a check' },
    { command: 'msk-lambda explain --list', does: 'every id' },
  ],
  load: async () => (await import('./run.js')).run,
});
