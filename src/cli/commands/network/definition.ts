import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { networkOptions } from './options.js';

export default defineCommand({
  name: 'network',
  group: 'Show',
  summary: 'show which destinations the pollers can reach, and what blocks them',
  description:
    'Evaluates every path from a subnet of the pollers to a destination: the brokers on the port that Lambda selects, and the AWS services that the mapping needs. For a cluster without a mapping, it evaluates a planned mapping.\n' +
    'With --what-if, it also shows the paths after a simulated change; the account is not changed. The exit code is then the one after the change. ' +
    'A change is a short form (ingress:GROUP:PORT:PEER, egress:GROUP:PORT:PEER, revoke-ingress:…, revoke-egress:…, endpoint:SERVICE[:GROUP,…], private-dns:ENDPOINT, nat:SUBNET, route:TABLE:CIDR:TARGET, provisioned), ' +
    'an AWS CLI command line, JSON {service, operation, input}, or file://PATH with these.',
  arguments: [
    new Argument('[target...]', 'mappings, by UUID, function or cluster (name or ARN); default: all in the region'),
  ],
  options: networkOptions,
  examples: [
    { command: 'msk-lambda network --sandbox', does: 'all paths of the sandbox account' },
    {
      command: 'msk-lambda network orders-cluster --explain',
      does: 'with every hop: security groups, network ACLs, routes, endpoints',
    },
    {
      command: 'msk-lambda network orders --what-if endpoint:lambda --what-if endpoint:sts',
      does: 'whether two VPC endpoints would be enough',
    },
  ],
  load: async () => (await import('./run.js')).run,
});
