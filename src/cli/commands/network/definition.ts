import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { networkOptions } from './options.js';

export default defineCommand({
  name: 'network',
  group: 'Look',
  summary: 'show which destinations the pollers reach, and what blocks them',
  description:
    'Every poller subnet × every destination: the brokers on the port that Lambda picks, and the AWS services that this mode needs. A cluster without a mapping is judged as for a mapping to come.\n' +
    'With --what-if the same again as it would be after a change, which is played on what was read and never made; the exit code is then that of the account after it. ' +
    'A change is a short form (ingress:GROUP:PORT:PEER, egress:GROUP:PORT:PEER, revoke-ingress:…, revoke-egress:…, endpoint:SERVICE[:GROUP,…], private-dns:ENDPOINT, nat:SUBNET, route:TABLE:CIDR:TARGET, provisioned), ' +
    'a line of the AWS CLI, JSON of {service, operation, input}, or file://PATH of these.',
  arguments: [new Argument('[target...]', 'mapping UUID, function or cluster, by name or ARN')],
  options: networkOptions,
  examples: [
    { command: 'msk-lambda network --sandbox', does: 'the matrix of the sandbox account' },
    { command: 'msk-lambda network orders-cluster --explain', does: 'with every step' },
    {
      command: 'msk-lambda network orders --what-if endpoint:lambda --what-if endpoint:sts',
      does: 'whether two endpoints would be enough',
    },
  ],
  load: async () => (await import('./run.js')).run,
});
