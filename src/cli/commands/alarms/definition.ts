import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { alarmsOptions } from './options.js';

export default defineCommand({
  name: 'alarms',
  group: 'Show',
  summary: 'print the CloudWatch alarms that a mapping should have, or create them',
  description:
    'Alarms for lag, failed invocations, throttling, dropped records and a mapping that stopped polling, as far as the mapping publishes the metrics. ' +
    'The lag alarm goes off at three times the largest lag of the last hour, at least 1,000 records; --lag-threshold sets another limit.',
  arguments: [new Argument('<target>', 'mapping, by UUID; or its function or cluster, by name or ARN')],
  options: alarmsOptions,
  examples: [
    { command: 'msk-lambda alarms order-handler --sandbox scram', does: 'alarms of the mapping of a function' },
    {
      command: 'msk-lambda alarms order-handler --format terraform > alarms.tf',
      does: 'the same as Terraform',
    },
    {
      command: 'msk-lambda alarms order-handler --apply --notify arn:aws:sns:eu-west-1:111122223333:on-call',
      does: 'create them after a confirmation; they notify an SNS topic',
    },
  ],
  load: async () => (await import('./run.js')).run,
});
