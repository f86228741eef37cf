/** A small account in AWS's place: each operation answered from a snapshot, in the shape of the SDK's outputs. */
import type { Answerer } from '../../../src/account/clients.js';
import { isOk, type Keyed } from '../../../src/snapshot/read.js';
import type { Snapshot } from '../../../src/snapshot/snapshot.js';

type Input = Record<string, unknown>;
type Operation = (input: Input, account: Snapshot) => object;

/** An error as the SDK throws it. */
export const awsError = (name: string, httpStatusCode: number, message = 'made up for a test'): Error =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });

function found<T>(reads: Keyed<T>, key: unknown): T {
  const read = reads[String(key)];
  if (read === undefined || !isOk(read)) throw awsError('ResourceNotFoundException', 404);
  return read.value;
}

const all = <T>(reads: Keyed<T>): T[] => Object.values(reads).flatMap((read) => (isOk(read) ? [read.value] : []));
const lists = <T>(reads: Keyed<T[]>): T[] => all(reads).flat();
const roleArn = (account: Snapshot, name: unknown): string =>
  Object.keys(account.roles).find((arn) => arn.endsWith(`/${String(name)}`)) ?? `no role ${String(name)}`;
const encoded = (text: string) => encodeURIComponent(text);

/** Filters are left to the reader, as a careless fake would. */
const operations: Record<string, Operation> = {
  'sts GetCallerIdentity': (_, account) => ({ Account: account.account, Arn: account.caller, UserId: 'AIDAEXAMPLE' }),
  'lambda GetEventSourceMapping': ({ UUID: uuid }, account) => found(account.mappings, uuid),
  'lambda ListEventSourceMappings': (_, account) => ({ EventSourceMappings: all(account.mappings) }),
  'lambda GetFunctionConfiguration': ({ FunctionName: name }, account) => ({
    ...found(account.functions, name),
    Environment: { Variables: { TOKEN: 'canary' } },
  }),
  'lambda GetFunctionConcurrency': ({ FunctionName: name }, account) => found(account.concurrency, name),
  'kafka DescribeClusterV2': ({ ClusterArn: arn }, account) => ({ ClusterInfo: found(account.clusters, arn) }),
  'kafka GetBootstrapBrokers': ({ ClusterArn: arn }, account) => found(account.bootstrapBrokers, arn),
  'kafka ListTopics': ({ ClusterArn: arn }, account) => ({ Topics: found(account.topics, arn) }),
  'kafka ListScramSecrets': ({ ClusterArn: arn }, account) => ({ SecretArnList: found(account.scramSecrets, arn) }),
  'ec2 DescribeSubnets': (_, account) => ({ Subnets: lists(account.vpcSubnets) }),
  'ec2 DescribeVpcs': (_, account) => ({ Vpcs: all(account.vpcs) }),
  'ec2 DescribeVpcAttribute': ({ Attribute: name, VpcId: id }, account) =>
    name === 'enableDnsSupport'
      ? { VpcId: id, EnableDnsSupport: { Value: found(account.vpcDnsSupport, id) } }
      : { VpcId: id, EnableDnsHostnames: { Value: found(account.vpcDnsHostnames, id) } },
  'ec2 DescribeSecurityGroups': (_, account) => ({ SecurityGroups: lists(account.securityGroups) }),
  'ec2 DescribeRouteTables': (_, account) => ({ RouteTables: lists(account.routeTables) }),
  'ec2 DescribeNetworkAcls': (_, account) => ({ NetworkAcls: lists(account.networkAcls) }),
  'ec2 DescribeVpcEndpoints': (_, account) => ({ VpcEndpoints: lists(account.vpcEndpoints) }),
  'ec2 DescribeNatGateways': (_, account) => ({ NatGateways: lists(account.natGateways) }),
  'ec2 DescribeNetworkInterfaces': (_, account) => ({ NetworkInterfaces: lists(account.networkInterfaces) }),
  'ec2 DescribeDhcpOptions': (_, account) => ({ DhcpOptions: all(account.dhcpOptions) }),
  'iam GetRole': ({ RoleName: name }, account) => {
    const role = found(account.roles, roleArn(account, name));
    return {
      Role: {
        ...role,
        CreateDate: new Date(role.CreateDate ?? 0),
        AssumeRolePolicyDocument: encoded(role.AssumeRolePolicyDocument ?? ''),
      },
    };
  },
  'iam ListRolePolicies': ({ RoleName: name }, account) => ({
    PolicyNames: found(account.inlinePolicyNames, roleArn(account, name)),
  }),
  'iam GetRolePolicy': ({ RoleName: name, PolicyName: policy }, account) => ({
    RoleName: name,
    PolicyName: policy,
    PolicyDocument: encoded(found(account.inlinePolicies, `${roleArn(account, name)}#${String(policy)}`)),
  }),
  'iam ListAttachedRolePolicies': ({ RoleName: name }, account) => ({
    AttachedPolicies: found(account.attachedPolicies, roleArn(account, name)),
  }),
  'iam GetPolicy': ({ PolicyArn: arn }) => ({ Policy: { Arn: arn, DefaultVersionId: 'v3' } }),
  'iam GetPolicyVersion': ({ PolicyArn: arn }, account) => ({
    PolicyVersion: { VersionId: 'v3', Document: encoded(found(account.managedPolicies, arn)) },
  }),
  'iam GetAccountAuthorizationDetails': (_, account) => ({
    RoleDetailList: all(account.roles).map((role) => ({
      ...role,
      AssumeRolePolicyDocument: encoded(role.AssumeRolePolicyDocument ?? ''),
      RolePolicyList: found(account.inlinePolicyNames, role.Arn).map((name) => ({
        PolicyName: name,
        PolicyDocument: encoded(found(account.inlinePolicies, `${role.Arn}#${name}`)),
      })),
      AttachedManagedPolicies: found(account.attachedPolicies, role.Arn),
    })),
    Policies: Object.keys(account.managedPolicies).map((arn) => ({
      Arn: arn,
      DefaultVersionId: 'v3',
      PolicyVersionList: [
        { VersionId: 'v1', IsDefaultVersion: false, Document: encoded('{}') },
        { VersionId: 'v3', IsDefaultVersion: true, Document: encoded(found(account.managedPolicies, arn)) },
      ],
    })),
  }),
  'secretsmanager DescribeSecret': ({ SecretId: id }, account) => found(account.secrets, id),
  'secretsmanager GetResourcePolicy': ({ SecretId: id }, account) => ({ ARN: found(account.secrets, id).ARN }),
  'secretsmanager GetSecretValue': () => ({
    SecretString: JSON.stringify({ username: 'orders-reader', password: 'canary' }),
  }),
  'kms DescribeKey': ({ KeyId: id }, account) => ({ KeyMetadata: found(account.keys, id) }),
  'kms GetKeyPolicy': ({ KeyId: id }, account) => ({ Policy: found(account.keyPolicies, id) }),
  'cloudwatch GetMetricData': ({ MetricDataQueries: queries }) => ({
    MetricDataResults: (queries as { Id: string }[]).map(({ Id: id }) => ({
      Id: id,
      Timestamps: [new Date('2026-11-24T09:55:00Z')],
      Values: [1],
      StatusCode: 'Complete',
    })),
  }),
};

/** Answers from the account; an operation it lacks is refused as AWS refuses one it does not know. */
export const answerFrom =
  (account: Snapshot): Answerer =>
  async ({ service, operation, input }) => {
    const answer = operations[`${service} ${operation}`];
    if (answer === undefined) throw awsError('UnknownOperationException', 400);
    return answer(input as Input, account);
  };
