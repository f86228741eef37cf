import { Argument } from 'commander';
import { defineCommand } from '../define.js';
import { option, outputOptions, sourceOptions, type OutputOptions, type SourceOptions } from '../options.js';

export interface NetworkOptions extends SourceOptions, OutputOptions {
  explain?: true;
}

export default defineCommand<NetworkOptions>({
  name: 'network',
  group: 'Look',
  summary: 'show which destinations the pollers reach, and what blocks them',
  description: 'Every poller subnet × every destination: the brokers on the port that Lambda picks, and the AWS services that this mode needs.',
  arguments: [new Argument('[target...]', 'mapping UUID, function or cluster, by name or ARN')],
  options: [option('--explain', 'the steps of each path, and what each says'), ...sourceOptions(), ...outputOptions()],
  examples: [
    { command: 'msk-lambda network --sandbox', does: 'the matrix of the sandbox account' },
    { command: 'msk-lambda network orders-cluster --explain', does: 'with every step' },
  ],
  load: async () => (await import('../run/network.js')).run,
});
