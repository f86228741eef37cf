/** Everything in a world that a repair may write, read by the SDK and not by the program. */
import type { World } from './world.js';

type Item = Record<string, any>; // eslint-disable-line typescript/no-explicit-any -- outputs of many shapes

/** In one order, whatever the order of the answers; endpoints by what they are, because a new one has another id. */
export async function stateOf({ send, vpcId, roleName, keyId, secretArn, snapshot }: World): Promise<object> {
  const inVpc = { Filters: [{ Name: 'vpc-id', Values: [vpcId] }] };
  const role = { RoleName: roleName };
  const inline = (await send('iam', 'ListRolePolicies', role)).PolicyNames as string[];
  const { mappings, concurrency, scramSecrets, topics } = snapshot();
  return sorted({
    trust: (await send('iam', 'GetRole', role)).Role.AssumeRolePolicyDocument,
    boundary: await boundaryOf(send, roleName),
    attached: (await send('iam', 'ListAttachedRolePolicies', role)).AttachedPolicies,
    inline: await Promise.all(
      inline.map(async (PolicyName) => {
        const { PolicyDocument: document } = await send('iam', 'GetRolePolicy', { ...role, PolicyName });
        return [PolicyName, JSON.parse(decodeURIComponent(document))];
      }),
    ),
    groups: ((await send('ec2', 'DescribeSecurityGroups', inVpc)).SecurityGroups as Item[]).map(
      ({ GroupId, IpPermissions, IpPermissionsEgress }) => ({ GroupId, IpPermissions, IpPermissionsEgress }),
    ),
    tables: ((await send('ec2', 'DescribeRouteTables', inVpc)).RouteTables as Item[]).map(
      ({ RouteTableId, Routes }) => ({ RouteTableId, Routes }),
    ),
    acls: ((await send('ec2', 'DescribeNetworkAcls', inVpc)).NetworkAcls as Item[]).map(
      ({ NetworkAclId, Entries }) => ({ NetworkAclId, Entries }),
    ),
    endpoints: ((await send('ec2', 'DescribeVpcEndpoints', inVpc)).VpcEndpoints as Item[])
      .filter(({ State }) => !/^delet/i.test(State))
      .map(({ VpcEndpointId, ServiceName, PrivateDnsEnabled, PolicyDocument, SubnetIds, Groups }) => ({
        VpcEndpointId,
        ServiceName,
        PrivateDnsEnabled,
        PolicyDocument,
        SubnetIds,
        Groups,
      })),
    hostnames: (await send('ec2', 'DescribeVpcAttribute', { VpcId: vpcId, Attribute: 'enableDnsHostnames' }))
      .EnableDnsHostnames,
    key: keyId === '' ? null : await keyState(send, keyId),
    secret:
      secretArn === ''
        ? null
        : (await send('secretsmanager', 'DescribeSecret', { SecretId: secretArn })).DeletedDate !== undefined,
    concurrency,
    scramSecrets,
    topics,
    mappings: Object.values(mappings).map((read) => {
      if (read.outcome !== 'ok') return read;
      const { LastModified: _, LastProcessingResult: __, StateTransitionReason: ___, ...settings } = read.value;
      return settings;
    }),
  }) as object;
}

/** The versions of the permissions boundary. */
async function boundaryOf(send: World['send'], RoleName: string): Promise<unknown> {
  const { PermissionsBoundary: boundary } = (await send('iam', 'GetRole', { RoleName })).Role;
  if (boundary === undefined) return null;
  const { Versions: versions } = await send('iam', 'ListPolicyVersions', {
    PolicyArn: boundary.PermissionsBoundaryArn,
  });
  return (versions as Item[]).map(({ VersionId, IsDefaultVersion }) => ({ VersionId, IsDefaultVersion }));
}

const keyState = async (send: World['send'], KeyId: string) => ({
  policy: JSON.parse((await send('kms', 'GetKeyPolicy', { KeyId, PolicyName: 'default' })).Policy),
  state: (await send('kms', 'DescribeKey', { KeyId })).KeyMetadata.KeyState,
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(sorted).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
