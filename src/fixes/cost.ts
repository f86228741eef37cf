/** What AWS bills for a fix, so that a free one can come first. */
import type { AwsCall } from '../aws/call.js';
import type { Fix } from './fix.js';

/** `data`: per GB through something that exists; `hour`: something more that is billed per hour. */
export const costs = ['free', 'data', 'hour'] as const;
export type Cost = (typeof costs)[number];

/** The highest cost among its calls (AWS: pricing of VPC endpoints, NAT gateways and Lambda's provisioned mode). A manual fix counts as free. */
export const costOf = ({ changes }: Pick<Fix, 'changes'>): Cost =>
  changes.map(costOfCall).toSorted((a, b) => costs.indexOf(b) - costs.indexOf(a))[0] ?? 'free';

function costOfCall({ operation, input }: AwsCall): Cost {
  switch (operation) {
    case 'CreateVpcEndpoint':
      return input['VpcEndpointType'] === 'Interface' ? 'hour' : 'free';
    case 'CreateNatGateway':
      return 'hour';
    case 'CreateRoute':
    case 'ReplaceRoute':
      return input['NatGatewayId'] === undefined ? 'free' : 'data';
    case 'UpdateEventSourceMapping':
      return setsPollers(input) ? 'hour' : 'free';
    default:
      return 'free';
  }
}

/** Whether an update of a mapping turns provisioned mode on or changes its pollers; an empty configuration turns it off. */
export const setsPollers = (input: AwsCall['input']): boolean =>
  Object.keys((input['ProvisionedPollerConfig'] as object | undefined) ?? {}).length > 0;
