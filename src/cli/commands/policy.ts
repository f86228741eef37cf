import { Argument } from 'commander';
import { defineCommand } from '../define.js';
import { option, outputOptions, sourceOptions, type OutputOptions, type SourceOptions } from '../options.js';

export type PolicyOptions = SourceOptions & OutputOptions;

export default defineCommand<PolicyOptions>({
  name: 'policy',
  group: 'Look',
  summary: 'print the least policy that the execution role of a mapping needs',
  description: 'One policy for all mappings that are named: actions, and the exact ARNs of cluster, topic, consumer group, secret, key and destination.',
  arguments: [new Argument('<target...>', 'mapping UUID, function or cluster, by name or ARN')],
  options: () => [option('--for <whom>', 'whose policy').choices(['role']).default('role'), ...sourceOptions(), ...outputOptions()],
  examples: [{ command: 'msk-lambda policy order-handler --output-file policy.json', does: 'the policy for all MSK triggers of a function' }],
  load: async () => (await import('../run/policy.js')).run,
});
