import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { explainOptions } from './options.js';

export default defineCommand({
  name: 'explain',
  group: 'Diagnose',
  summary: 'explain an error message, a check, or a mapping’s last result',
  description:
    'Shows the meaning, the five most likely causes (--verbose: all), how to tell them apart, and the fixes. Messages and checks need no AWS access. The message can come from Lambda, CloudFormation, Terraform, the AWS CLI, a failed-record document or a Kafka client, also inside a table, JSON or coloured output. For an access-denied message, the result names the principal that needs the permission and the policy statement that allows it.',
  arguments: [
    new Argument(
      '[subject...]',
      'error message, `-` to read it from standard input, check ID, message ID, or mapping UUID',
    ),
  ],
  options: explainOptions,
  examples: [
    {
      command: 'msk-lambda explain "Cluster failed to authorize Lambda"',
      does: 'meaning and likely causes of a message',
    },
    { command: 'msk-lambda explain network.aws-path', does: 'documentation of a check' },
    { command: 'terraform apply 2>&1 | msk-lambda explain -', does: 'message from standard input' },
    { command: 'msk-lambda explain --list', does: 'IDs of all known messages and checks' },
  ],
  load: async () => (await import('./run.js')).run,
});
