import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { matchText } from '../../src/catalogue/match.js';
import { textState } from '../../src/catalogue/text-state.js';
import { matchText as matchPattern } from '../../src/access/pattern.js';
import { addressesOf, intersect, size } from '../../src/network/addresses.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';
import { anonymize } from '../../src/snapshot/anonymize/anonymize.js';
import { createCipher } from '../../src/snapshot/anonymize/cipher.js';
import { ruleOf } from '../../src/snapshot/anonymize/rules.js';
import { createWords } from '../../src/snapshot/anonymize/words.js';
import { formatSnapshot, parseSnapshot } from '../../src/snapshot/file.js';
import { collections, type CollectionName, type Snapshot } from '../../src/snapshot/snapshot.js';
import {
  account,
  accountWith,
  clusterArn,
  clusterName,
  functionArn,
  groupId,
  healthyAccount,
  keyId,
  roleArn,
  subnetIds,
  uuid,
  value,
  vpcId,
} from '../accounts/account.js';
import { runs } from '../random/seed.js';

const sameMeaning = (before: string, after: string) =>
  matchText(before)?.id === matchText(after)?.id && textState(before) === textState(after);
const hide = (snapshot: Snapshot, key = 'a key for tests') => anonymize(snapshot, { key, sameMeaning });
/** What must not change: verdict, causes, and the status of every check. */
const judgement = (snapshot: Snapshot) =>
  diagnose(snapshot).mappings.map(({ verdict, causes, findings, observed }) => ({
    verdict,
    error: observed.error,
    state: observed.state,
    causes: causes.map(({ check, confidence }) => ({ check, confidence })),
    findings: findings.map(({ check, status, severity }) => `${check} ${status} ${severity}`),
  }));

describe('an anonymous snapshot', () => {
  test.each(sandboxAccounts.map((account) => [account.name, account] as const))(
    'of %s is judged the same',
    (_, { build }) => {
      const hidden = hide(build());
      expect(judgement(hidden)).toEqual(judgement(build()));
      expect(judgement(parseSnapshot(formatSnapshot(hidden)))).toEqual(judgement(build()));
    },
  );

  test('keeps the keys of tags that name and mark resources, and replaces the names', () => {
    const snapshot = accountWith((snapshot) => {
      value(snapshot.roles, roleArn).Tags.push(
        { Key: 'aws:cloudformation:stack-name', Value: 'payments-stack' },
        { Key: 'managed-by', Value: 'Terraform' },
      );
      value(snapshot.clusters, clusterArn).Tags = {
        Name: 'payments-kafka',
        'aws:cloudformation:stack-name': 'payments-stack',
      };
    });
    const hidden = hide(snapshot);
    const [cluster] = Object.values(hidden.clusters);
    const [role] = Object.values(hidden.roles);
    const stack = (role as { value: { Tags: { Value?: string }[] } }).value.Tags[0]!.Value;
    expect(role).toMatchObject({
      value: { Tags: [{ Key: 'aws:cloudformation:stack-name' }, { Key: 'managed-by', Value: 'Terraform' }] },
    });
    expect(cluster).toMatchObject({ value: { Tags: { 'aws:cloudformation:stack-name': stack } } });
    expect(formatSnapshot(hidden)).not.toMatch(/payments|private-a/);
  });

  test.each(['iam', 'scram', 'mtls'] as const)('holds no name, id, account or address of the account: %s', (auth) => {
    const text = formatSnapshot(
      hide(
        accountWith(
          (snapshot) => {
            value(snapshot.mappings, uuid).LastProcessingResult =
              `PROBLEM: cannot read arn:aws:lambda:eu-west-1:${account}:function:order-handler of “orders” in ${vpcId} (10.0.0.17), orders-cluster`;
            value(snapshot.roles, roleArn).Tags.push({ Key: 'team-blue', Value: 'jane.doe@example.com' });
          },
          { auth },
        ),
      ),
    );
    const secrets = [
      uuid,
      account,
      keyId,
      groupId,
      vpcId,
      ...subnetIds,
      clusterName,
      'order-handler',
      'orders',
      'payments',
      'orderscluster',
      'abc123',
      '10.0.0.',
      '10.0.1.',
      'team-blue',
      'jane',
      'example.com',
      'kafka-access',
      'Xy12Ab',
      'user/you',
    ];
    for (const secret of secrets) expect(text.includes(secret), secret).toBe(false);
  });

  test('gives the same token for the same input and key, another for another key', () => {
    expect(hide(healthyAccount())).toEqual(hide(healthyAccount()));
    expect(hide(healthyAccount(), 'other').targets).not.toEqual(hide(healthyAccount()).targets);
  });

  test('keeps what AWS itself named', () => {
    const hidden = hide(healthyAccount({ auth: 'scram' }));
    expect(Object.keys(hidden.managedPolicies)).toContain(
      'arn:aws:iam::aws:policy/service-role/AWSLambdaMSKExecutionRole',
    );
    expect(Object.keys(hidden.secrets)[0]).toMatch(/^arn:aws:secretsmanager:eu-west-1:\d{12}:secret:AmazonMSK_/);
    expect(Object.values(hidden.bootstrapBrokers)).toMatchObject([
      {
        value: {
          BootstrapBrokerStringSaslScram: expect.stringMatching(
            /^b-1\.\w+\.\w+\.c2\.kafka\.eu-west-1\.amazonaws\.com:9096,/,
          ) as string,
        },
      },
    ]);
    expect(hidden.mappings[hidden.targets[0]!]).toMatchObject({
      value: {
        EventSourceArn: expect.not.stringContaining(clusterArn) as string,
        State: 'Enabled',
        LastProcessingResult: 'OK',
      },
    });
    expect(hidden.caller).toBeNull();
    expect(Object.keys(hidden.functions)).not.toContain(functionArn);
  });
});

describe('tokens keep', () => {
  const address = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => parts.join('.'));
  const network = fc.tuple(fc.nat(2 ** 32 - 1), fc.integer({ min: 0, max: 32 })).map(([number, length]) => {
    const base = length === 0 ? 0 : Math.floor(number / 2 ** (32 - length)) * 2 ** (32 - length);
    return `${[24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join('.')}/${length}`;
  });
  const cipher = createCipher('one');

  test('which networks overlap, and by how much', () => {
    fc.assert(
      fc.property(network, network, (a, b) => {
        const shared = (before: string, other: string) => size(intersect(addressesOf(before), addressesOf(other)));
        expect(shared(cipher.ipv4(a), cipher.ipv4(b))).toBe(shared(a, b));
      }),
    );
  });

  test('which ranges are of private or other special use', () => {
    const special = [
      '10.0.0.0/8',
      '172.16.0.0/12',
      '192.168.0.0/16',
      '100.64.0.0/10',
      '169.254.0.0/16',
      '127.0.0.0/8',
      '224.0.0.0/4',
    ];
    fc.assert(
      fc.property(address, (plain) => {
        const lies = (text: string) =>
          special.map((range) => size(intersect(addressesOf(text), addressesOf(range))) > 0);
        expect(lies(cipher.ipv4(plain))).toEqual(lies(plain));
      }),
    );
    for (const range of [...special, '0.0.0.0/0']) expect(cipher.ipv4(range)).toBe(range);
    for (const range of ['::/0', 'fe80:0:0:0:0:0:0:0/10']) expect(addressesOf(range)).toEqual([]);
    expect(cipher.ipv6('2001:db8::/32')).toMatch(/^[23][0-9a-f]{3}:/);
  });

  test('which names a pattern of a policy matches', () => {
    const word = fc.stringMatching(/^[ab1-]{1,8}$/);
    const rules = { context: {}, variables: false, wildcards: true };
    const matches = (pattern: string, names: string[], flat: boolean) => {
      const cuts = new Set([...pattern.matchAll(/[*?]([A-Za-z0-9]+)/g)].map(([, piece]) => piece!));
      const words = createWords(createCipher('one', { cuts, flat }));
      // Another name’s token may end by chance as the pattern’s does; flat tokens do not.
      const certain = flat
        ? names
        : names.filter((name) => !/[*?]./.test(pattern) || matchPattern(pattern, name, rules).is === 'yes');
      for (const name of certain)
        expect(matchPattern(words.name(pattern), words.name(name), rules).is, `${pattern} ${name}`).toBe(
          matchPattern(pattern, name, rules).is,
        );
    };
    fc.assert(
      fc.property(word, fc.nat(7), fc.nat(7), word, (name, from, to, other) => {
        const [start, end] = [name.slice(0, from), name.slice(to)];
        for (const pattern of ['*', `*${end}`, `${start}*`]) matches(pattern, [name, other], false);
        for (const pattern of [`${start}*${end}`, `*${end}*`, `${start}?${end}`]) matches(pattern, [name, other], true);
      }),
      { numRuns: runs(500) },
    );
  });
});

test('every text of a snapshot is treated by a rule that a person chose', () => {
  // What no rule lists is a name: these are.
  const names = new Set([
    'ARN',
    'ActiveOperationArn',
    'Arn',
    'BootstrapBrokerString',
    'CapacityProviderArn',
    'CarrierGatewayId',
    'CertificateAuthorityArnList',
    'CidrBlock',
    'CidrIp',
    'CidrIpv6',
    'ClientSubnets',
    'ClusterArn',
    'ClusterName',
    'ConfigurationArn',
    'ConsumerGroupId',
    'CoreNetworkArn',
    'CurrentVersion',
    'Destination',
    'DestinationCidrBlock',
    'DestinationIpv6CidrBlock',
    'DestinationPrefixListId',
    'DhcpOptionsId',
    'EgressOnlyInternetGatewayId',
    'Endpoints',
    'EventSourceArn',
    'EventSourceMappingArn',
    'FunctionArn',
    'FunctionName',
    'GatewayId',
    'GranteePrincipal',
    'GroupId',
    'GroupName',
    'InstanceId',
    'Ipv6CidrBlock',
    'KMSKeyArn',
    'Key',
    'KeyId',
    'KmsKeyId',
    'LocalGatewayId',
    'LogGroup',
    'Name',
    'NatGatewayId',
    'NetworkAclId',
    'NetworkInterfaceId',
    'NetworkInterfaceIds',
    'OwnerId',
    'Path',
    'PermissionsBoundaryArn',
    'PolicyArn',
    'PolicyName',
    'PollerGroupName',
    'PrefixListId',
    'PrivateIp',
    'PrivateIpAddress',
    'PublicIp',
    'RegistryArn',
    'RegistryName',
    'ResourceId',
    'ResourceOwnerId',
    'Role',
    'RoleId',
    'RoleName',
    'RouteTableId',
    'RouteTableIds',
    'SchemaRegistryURI',
    'SecretARN',
    'SecretVersionId',
    'SecurityGroupIds',
    'SecurityGroups',
    'SubnetId',
    'SubnetIds',
    'Subnets',
    'Tags',
    'TargetClusterArn',
    'TopicArn',
    'TopicName',
    'Topics',
    'TransitGatewayAttachmentId',
    'TransitGatewayId',
    'TransitGatewayOwnerId',
    'TransitGatewayRouteTableId',
    'DNSName',
    'HostedZoneId',
    'OwningAccount',
    'SetIdentifier',
    'URI',
    'UUID',
    'UserId',
    'Value',
    'VpcConnectionArn',
    'VpcEndpointId',
    'VpcId',
    'VpcOwnerId',
    'VpcPeeringConnectionId',
    'arn',
    'brokers',
    'consumerGroup',
    'id',
    'kmsKeyId',
    'name',
    'resource',
    'securityGroups',
    'subnetCidr',
    'target',
    'value',
    'username',
    'password',
  ]);
  const chosen = (collection: CollectionName, member: string) =>
    names.has(member.replace(/(BootstrapBrokerString).*/, '$1')) || ruleOf(collection, member) !== 'name';
  const unchosen = (Object.keys(collections) as CollectionName[]).flatMap((collection) =>
    [...textMembers(collections[collection])]
      .filter((member) => !chosen(collection, member))
      .map((member) => `${collection}: ${member}`),
  );
  expect(unchosen, 'say in src/snapshot/anonymize/rules.ts, or above, how it is to be hidden').toEqual([]);
});

interface Schema {
  _zod: {
    def: {
      type: string;
      shape?: Record<string, Schema>;
      element?: Schema;
      valueType?: Schema;
      innerType?: Schema;
      options?: Schema[];
    };
  };
}

/** Members of a schema that hold text. */
function textMembers(schema: unknown, member = 'value', found = new Set<string>()): Set<string> {
  const { type, shape, element, valueType, innerType, options } = (schema as Schema)._zod.def;
  if (type === 'string' || type === 'enum') found.add(member);
  for (const [name, inner] of Object.entries(shape ?? {})) textMembers(inner, name, found);
  for (const inner of [element, valueType, innerType, ...(options ?? [])])
    if (inner !== undefined) textMembers(inner, member, found);
  return found;
}
