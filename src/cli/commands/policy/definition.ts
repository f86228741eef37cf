import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { policyOptions } from './options.js';

export default defineCommand({
  name: 'policy',
  group: 'Show',
  summary: 'print the least-privilege policy for the execution role, the creator, the secret, …',
  description:
    'Exact actions and ARNs for existing mappings, or for a planned mapping described by flags (if all values are ARNs, nothing is read from AWS). ' +
    '`--for doctor` prints the permissions that this tool needs, with `--only-missing` those that your credentials lack; `--for probe` those that `probe` needs; ' +
    '`--for acls` prints kafka-acls commands for clusters that do not use IAM authentication. ' +
    '`--check ROLE` lists missing and excess permissions of a role; exit code 1 if any is missing.',
  arguments: [
    new Argument('[target...]', 'mappings, by UUID, function or cluster (name or ARN); default: all in the region'),
  ],
  options: policyOptions,
  examples: [
    {
      command: 'msk-lambda policy order-handler --output-file policy.json',
      does: 'policy of the execution role, for all MSK mappings of the function',
    },
    {
      command: 'msk-lambda policy order-handler --check order-handler-role',
      does: 'missing and excess permissions of a role',
    },
    {
      command: 'msk-lambda policy --for doctor --output terraform',
      does: 'permissions that `doctor` needs, as Terraform',
    },
    {
      command: 'msk-lambda policy order-handler --for doctor --only-missing',
      does: 'permissions to ask an administrator for',
    },
  ],
  load: async () => (await import('./run.js')).run,
});
