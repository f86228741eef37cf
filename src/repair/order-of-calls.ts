/** The order in which calls meet each other's preconditions. */
import type { AwsCall } from '../aws/call.js';

/**
 * EC2 refuses private DNS while a DNS attribute of the VPC is off, and two endpoints of one service with private DNS.
 * A key must be enabled before the secret under it is used, and a secret must exist before it is associated. Lambda
 * checks the function, the role and the secret when a mapping is updated, so mappings come last.
 */
const phases: readonly (readonly string[])[] = [
  ['ModifyVpcAttribute'],
  ['DeleteVpcEndpoints', 'DeleteNetworkInterface'],
  ['CreateVpcEndpoint', 'CreateNatGateway'],
  ['ModifyVpcEndpoint', 'CreateRoute', 'ReplaceRoute', 'ModifyNetworkInterfaceAttribute'],
  ['AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupEgress', 'CreateNetworkAclEntry'],
  ['CancelKeyDeletion'],
  ['EnableKey', 'PutKeyPolicy'],
  ['RestoreSecret', 'UpdateSecret', 'PutResourcePolicy', 'DeleteResourcePolicy'],
  ['BatchAssociateScramSecret', 'UpdateSecurity', 'CreateTopic'],
  ['UpdateAssumeRolePolicy', 'CreatePolicyVersion', 'AttachRolePolicy', 'DetachRolePolicy'],
  ['PutRolePolicy', 'DeleteRolePolicy', 'DeleteRolePermissionsBoundary'],
  ['UpdateFunctionConfiguration', 'PutFunctionConcurrency', 'DeleteFunctionConcurrency', 'PublishVersion'],
  ['UpdateEventSourceMapping'],
];

const phaseOf = ({ operation }: AwsCall): number => {
  const phase = phases.findIndex((operations) => operations.includes(operation));
  return phase < 0 ? phases.length - 2 : phase;
};

/** In a working order; calls of one phase keep theirs. */
export const inWorkingOrder = <T extends AwsCall>(calls: readonly T[]): T[] =>
  calls.toSorted((a, b) => phaseOf(a) - phaseOf(b));
