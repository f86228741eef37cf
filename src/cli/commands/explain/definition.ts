import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { explainOptions } from './options.js';

export default defineCommand({
  name: 'explain',
  group: 'Diagnose',
  summary: 'explain an error text, a check, or what a mapping shows',
  description:
    'An error text and a check are explained offline: what it means, the five most likely causes (all with --verbose), how to tell them apart, and the fixes. A text may come from Lambda, CloudFormation, Terraform, the AWS CLI, a failed-record document or a Kafka client, wrapped in a table, in JSON or in colours. A refused permission is answered with whose it is and the statement that allows it.',
  arguments: [
    new Argument(
      '[subject...]',
      'error text, `-` to read it from standard input, id of a check or of a text, or mapping UUID',
    ),
  ],
  options: explainOptions,
  examples: [
    { command: 'msk-lambda explain "Cluster failed to authorize Lambda"', does: 'what the text means, and its causes' },
    { command: 'msk-lambda explain network.aws-path', does: 'the page of a check' },
    { command: 'terraform apply 2>&1 | msk-lambda explain -', does: 'a text from standard input' },
    { command: 'msk-lambda explain --list', does: 'every id' },
  ],
  load: async () => (await import('./run.js')).run,
});
