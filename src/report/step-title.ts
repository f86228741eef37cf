/** What a call of a repair plan does, in a few words: “Add inline policy kafka to role order-role”. */
import type { SecurityGroupPermission } from '../aws/security-group-rules.js';
import { serviceOf } from '../aws/arn.js';
import { secretNameOf } from '../aws/secret-arn.js';
import type { AwsCall } from '../aws/call.js';
import { serviceLabel } from '../network/service-name.js';
import { visible } from '../text/visible.js';

type Step = AwsCall & { resource: string; undo: AwsCall | null };
type Input = Readonly<Record<string, unknown>>;

export function stepTitle(step: Step): string {
  const { service, operation, input, resource } = step;
  const title = titles[operation]?.({ input, undo: step.undo, name: shortName(resource) });
  return visible(title ?? `Call ${service} ${operation} for ${shortName(resource)}`);
}

/** The name of a cluster or secret, otherwise the last part of an ARN; an id is unchanged. */
const shortName = (resource: string): string =>
  /^arn:[^:]*:kafka:[^:]*:[^:]*:cluster\/([^/]+)/.exec(resource)?.[1] ??
  (serviceOf(resource) === 'secretsmanager' ? secretNameOf(resource) : undefined) ??
  (resource.startsWith('arn:') ? resource.split(/[:/]/).at(-1)! : resource);

interface Written {
  input: Input;
  undo: AwsCall | null;
  name: string;
}

const word = (value: unknown): string => shortName(String(value));
const words = (value: unknown): string[] => (Array.isArray(value) ? value : []).map(word);

const titles: Record<string, (written: Written) => string> = {
  PutRolePolicy: ({ input, undo, name }) =>
    undo?.operation === 'PutRolePolicy'
      ? `Change inline policy ${word(input['PolicyName'])} of role ${name}`
      : `Add inline policy ${word(input['PolicyName'])} to role ${name}`,
  AttachRolePolicy: ({ input, name }) => `Attach ${word(input['PolicyArn'])} to role ${name}`,
  UpdateAssumeRolePolicy: ({ name }) => `Change the trust policy of role ${name}`,
  CreatePolicyVersion: ({ name }) => `Make a new default version of policy ${name}`,
  AuthorizeSecurityGroupIngress: ({ input, name }) =>
    `Allow inbound ${rules(input, (traffic, peers) => `${traffic} from ${peers} to ${peers === name ? 'itself' : name}`)}`,
  AuthorizeSecurityGroupEgress: ({ input, name }) =>
    `Allow outbound ${rules(input, (traffic, peers) => `${traffic} from ${name} to ${peers === name ? 'itself' : peers}`)}`,
  CreateNetworkAclEntry: ({ input, name }) =>
    `Add ${input['Egress'] === true ? 'outbound' : 'inbound'} rule ${word(input['RuleNumber'])} to network ACL ${name}`,
  CreateRoute: ({ input, name }) => `Add a route to ${destination(input)} in ${name}`,
  ReplaceRoute: ({ input, name }) => `Change the route to ${destination(input)} in ${name}`,
  CreateVpcEndpoint: ({ input }) =>
    `Create ${input['VpcEndpointType'] === 'Interface' ? 'an interface endpoint' : 'a gateway endpoint'} for ${serviceLabel(input['ServiceName'])} in ${word(input['VpcId'])}`,
  ModifyVpcEndpoint: ({ input, name }) => `Change ${endpointParts(input)} of endpoint ${name}`,
  ModifyVpcAttribute: ({ input, name }) =>
    `Turn on ${input['EnableDnsHostnames'] === undefined ? 'DNS support' : 'DNS hostnames'} in ${name}`,
  ModifyNetworkInterfaceAttribute: ({ name }) => `Change the source/destination check of ${name}`,
  DeleteNetworkInterface: ({ name }) => `Delete network interface ${name}`,
  BatchAssociateScramSecret: ({ input, name }) =>
    `Associate ${words(input['SecretArnList']).join(', ')} with cluster ${name}`,
  CreateTopic: ({ input, name }) => `Create topic ${word(input['TopicName'])} on cluster ${name}`,
  EnableKey: ({ name }) => `Enable key ${name}`,
  CancelKeyDeletion: ({ name }) => `Cancel the deletion of key ${name}`,
  PutKeyPolicy: ({ name }) => `Change the policy of key ${name}`,
  RestoreSecret: ({ name }) => `Restore secret ${name}`,
  PutResourcePolicy: ({ name }) => `Change the resource policy of secret ${name}`,
  UpdateEventSourceMapping: ({ input, name }) => `${mappingChange(input)} mapping ${name}`,
  PutFunctionConcurrency: ({ input, name }) =>
    `Reserve ${word(input['ReservedConcurrentExecutions'])} concurrent executions for function ${name}`,
  DeleteFunctionConcurrency: ({ name }) => `Remove the reserved concurrency of function ${name}`,
  UpdateFunctionConfiguration: ({ input, name }) =>
    `Change ${Object.keys(input)
      .filter((member) => member !== 'FunctionName')
      .join(', ')} of function ${name}`,
  PublishVersion: ({ name }) => `Publish function ${name}`,
};

const destination = (input: Input): string =>
  word(input['DestinationCidrBlock'] ?? input['DestinationIpv6CidrBlock'] ?? input['DestinationPrefixListId']);

function mappingChange(input: Input): string {
  const members = Object.keys(input).filter((member) => member !== 'UUID');
  if (members.length === 1 && members[0] === 'Enabled') return input['Enabled'] === true ? 'Enable' : 'Disable';
  if (members.length === 1 && members[0] === 'ProvisionedPollerConfig') return 'Set provisioned mode of';
  return `Change ${members.join(', ')} of`;
}

function endpointParts(input: Input): string {
  const parts = [
    ...(input['PolicyDocument'] === undefined && input['ResetPolicy'] === undefined ? [] : ['the policy']),
    ...(input['PrivateDnsEnabled'] === undefined ? [] : ['private DNS']),
    ...(/Subnet/.test(Object.keys(input).join(' ')) ? ['the subnets'] : []),
    ...(/SecurityGroup/.test(Object.keys(input).join(' ')) ? ['the security groups'] : []),
    ...(/RouteTable/.test(Object.keys(input).join(' ')) ? ['the route tables'] : []),
  ];
  return parts.length === 0 ? 'settings' : parts.join(' and ');
}

const mostRules = 2;

/** The first rules of a call. `phrase`: for the traffic (`TCP 9098`) and its sources or destinations. */
function rules({ IpPermissions: permissions }: Input, phrase: (traffic: string, peers: string) => string): string {
  const all = ((permissions ?? []) as SecurityGroupPermission[]).map((permission) => {
    const { IpProtocol: protocol = '-1', FromPort: from, ToPort: to } = permission;
    const ports = from === undefined ? '' : ` ${from === to ? from : `${from}-${to ?? ''}`}`;
    const peers = [
      ...(permission.UserIdGroupPairs ?? []).map(({ GroupId }) => GroupId),
      ...(permission.IpRanges ?? []).map(({ CidrIp }) => CidrIp),
      ...(permission.Ipv6Ranges ?? []).map(({ CidrIpv6 }) => CidrIpv6),
      ...(permission.PrefixListIds ?? []).map(({ PrefixListId }) => PrefixListId),
    ];
    return phrase(protocol === '-1' ? 'traffic' : `${protocol.toUpperCase()}${ports}`, peers.join(', '));
  });
  const rest = all.length - mostRules;
  return `${all.slice(0, mostRules).join(' and ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
