import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { policyOptions } from './options.js';

export default defineCommand({
  name: 'policy',
  group: 'Look',
  summary: 'print the least policy for a trigger: of its role, of who makes it, of secret, key, cluster, endpoints',
  description:
    'Exact actions and ARNs for the mappings that are named, or for one that is only meant: then with ARNs in the flags nothing is read from AWS. ' +
    '`--for doctor` is what this tool itself needs, and `--for acls` gives the kafka-acls lines where Kafka asks no IAM right. ' +
    '`--check ROLE` says what a role lacks and what it may beyond; it exits 1 when something is missing.',
  arguments: [new Argument('[target...]', 'mapping UUID, function or cluster, by name or ARN')],
  options: policyOptions,
  examples: [
    {
      command: 'msk-lambda policy order-handler --output-file policy.json',
      does: 'the role’s policy for all MSK triggers of a function',
    },
    {
      command: 'msk-lambda policy order-handler --check order-handler-role',
      does: 'what the role lacks, and what it may beyond',
    },
    {
      command: 'msk-lambda policy --for doctor --output terraform',
      does: 'the rights that this tool needs to diagnose',
    },
  ],
  load: async () => (await import('./run.js')).run,
});
