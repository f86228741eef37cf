/** Each rule by which two calls for one resource become one. */
import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/fixes/fix.js';
import { mergeChanges, mergeKey, replacesContent } from '../../src/repair/merge-changes.js';

const call = (service: string, operation: string, input: Record<string, unknown>) => ({ service, operation, input });
const change = (
  service: string,
  operation: string,
  input: Record<string, unknown>,
  undo: Change['undo'] = null,
): Change => ({ ...call(service, operation, input), undo });

describe('documents', () => {
  const put = (text: string, before: string) => {
    const target = { RoleName: 'r', PolicyName: 'p' };
    return change(
      'iam',
      'PutRolePolicy',
      { ...target, PolicyDocument: text },
      call('iam', 'PutRolePolicy', { ...target, PolicyDocument: before }),
    );
  };

  it('the last content and the undo of the first', () => {
    expect(mergeChanges(put('b', 'a'), put('c', 'b'))).toEqual(put('c', 'a'));
  });

  it('a policy that is edited and then left without a statement is deleted', () => {
    const remove = change('iam', 'DeleteRolePolicy', { RoleName: 'r', PolicyName: 'p' }, put('b', 'a').undo);
    expect(mergeKey(remove)).toBe(mergeKey(put('b', 'a')));
    expect(mergeChanges(put('b', 'a'), remove)).toEqual({ ...remove, undo: put('b', 'a').undo });
  });

  it('of a key named by its id and by its ARN are of one key', () => {
    expect(mergeKey(call('kms', 'PutKeyPolicy', { KeyId: 'k-1' }))).toBe(
      mergeKey(call('kms', 'PutKeyPolicy', { KeyId: 'arn:aws:kms:eu-west-1:111122223333:key/k-1' })),
    );
  });

  it.each(['PutRolePolicy', 'CreatePolicyVersion', 'UpdateAssumeRolePolicy', 'PutKeyPolicy', 'PutResourcePolicy'])(
    '%s replaces what was written before',
    (operation) => {
      expect(replacesContent(call('any', operation, {}))).toBe(true);
    },
  );

  it('of different resources stay apart', () => {
    const keys = [
      call('iam', 'PutRolePolicy', { RoleName: 'r', PolicyName: 'p' }),
      call('iam', 'PutRolePolicy', { RoleName: 'r', PolicyName: 'q' }),
      call('iam', 'UpdateAssumeRolePolicy', { RoleName: 'r' }),
      call('iam', 'CreatePolicyVersion', { PolicyArn: 'p' }),
      call('ec2', 'AuthorizeSecurityGroupIngress', { GroupId: 'g' }),
      call('ec2', 'AuthorizeSecurityGroupEgress', { GroupId: 'g' }),
      call('lambda', 'UpdateEventSourceMapping', { UUID: 'u' }),
      call('lambda', 'UpdateEventSourceMapping', { UUID: 'v' }),
      call('ec2', 'CreateNetworkAclEntry', { NetworkAclId: 'a', RuleNumber: 1 }),
      call('ec2', 'CreateNetworkAclEntry', { NetworkAclId: 'a', RuleNumber: 2 }),
    ].map(mergeKey);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('rules of a security group', () => {
  const rule = (port: number) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port });
  const open = (...ports: number[]) => {
    const input = { GroupId: 'g', IpPermissions: ports.map(rule) };
    return change('ec2', 'AuthorizeSecurityGroupIngress', input, call('ec2', 'RevokeSecurityGroupIngress', input));
  };

  it('are added in one call, each once, and taken away together', () => {
    expect(mergeChanges(open(443), open(9098, 443))).toEqual(open(443, 9098));
  });
});

describe('secrets of a cluster', () => {
  const associate = (...secrets: string[]) => {
    const input = { ClusterArn: 'c', SecretArnList: secrets };
    return change('kafka', 'BatchAssociateScramSecret', input, call('kafka', 'BatchDisassociateScramSecret', input));
  };

  it('are associated in one call', () => {
    expect(mergeChanges(associate('a'), associate('b', 'a'))).toEqual(associate('a', 'b'));
  });
});

describe('settings of a mapping', () => {
  const update = (settings: object, before: object | null) =>
    change(
      'lambda',
      'UpdateEventSourceMapping',
      { UUID: 'u', ...settings },
      before === null ? null : call('lambda', 'UpdateEventSourceMapping', { UUID: 'u', ...before }),
    );

  it('are set in one call, and the undo restores the earliest values', () => {
    expect(
      mergeChanges(
        update({ BatchSize: 10, Enabled: true }, { BatchSize: 1, Enabled: false }),
        update({ BatchSize: 20, KMSKeyArn: '' }, { BatchSize: 10, KMSKeyArn: 'k' }),
      ),
    ).toEqual(
      update({ BatchSize: 20, Enabled: true, KMSKeyArn: '' }, { BatchSize: 1, Enabled: false, KMSKeyArn: 'k' }),
    );
  });

  it('with members are changed member by member, and an empty one clears them', () => {
    const pollers = (config: object, before: object) =>
      update({ ProvisionedPollerConfig: config }, { ProvisionedPollerConfig: before });
    expect(
      mergeChanges(pollers({ MinimumPollers: 1, MaximumPollers: 2 }, {}), pollers({ PollerGroupName: '' }, { a: 1 })),
    ).toEqual(pollers({ MinimumPollers: 1, MaximumPollers: 2, PollerGroupName: '' }, {}));
    expect(mergeChanges(pollers({ MinimumPollers: 1 }, {}), pollers({}, {}))).toEqual(pollers({}, {}));
  });

  it('cannot be undone where one of them cannot', () => {
    expect(
      mergeChanges(update({ BatchSize: 10 }, null), update({ Enabled: true }, { Enabled: false })).undo,
    ).toBeNull();
  });
});

describe('endpoints', () => {
  const create = (more: object) =>
    change('ec2', 'CreateVpcEndpoint', {
      VpcEndpointType: 'Interface',
      VpcId: 'v',
      ServiceName: 'com.amazonaws.eu-west-1.sts',
      ...more,
    });

  it('of one service in a VPC are one endpoint with all subnets and groups', () => {
    const [first, later] = [
      create({ SubnetIds: ['a'], SecurityGroupIds: ['g'], PrivateDnsEnabled: true }),
      create({ SubnetIds: ['a', 'b'], SecurityGroupIds: ['h'] }),
    ];
    expect(mergeKey(first)).toBe(mergeKey(later));
    expect(mergeChanges(first, later)).toEqual(
      create({ SubnetIds: ['a', 'b'], SecurityGroupIds: ['g', 'h'], PrivateDnsEnabled: true }),
    );
  });

  it('that are created are created with what a later step adds', () => {
    expect(
      mergeChanges(create({ RouteTableIds: ['a'] }), create({ AddRouteTableIds: ['b'], PolicyDocument: '{}' })),
    ).toEqual(create({ RouteTableIds: ['a', 'b'], PolicyDocument: '{}' }));
  });

  it('that exist get all additions in one call, which its undo removes', () => {
    const modify = (members: object, before: object) =>
      change(
        'ec2',
        'ModifyVpcEndpoint',
        { VpcEndpointId: 'e', ...members },
        call('ec2', 'ModifyVpcEndpoint', { VpcEndpointId: 'e', ...before }),
      );
    expect(
      mergeChanges(
        modify({ AddRouteTableIds: ['a'] }, { RemoveRouteTableIds: ['a'] }),
        modify({ AddRouteTableIds: ['b'], PolicyDocument: 'n' }, { RemoveRouteTableIds: ['b'], PolicyDocument: 'o' }),
      ),
    ).toEqual(
      modify(
        { AddRouteTableIds: ['a', 'b'], PolicyDocument: 'n' },
        { RemoveRouteTableIds: ['a', 'b'], PolicyDocument: 'o' },
      ),
    );
  });
});

describe('routes', () => {
  const target = { RouteTableId: 'r', DestinationCidrBlock: '0.0.0.0/0' };

  it('a route that is created and then replaced is created with the later target', () => {
    const created = change('ec2', 'CreateRoute', { ...target, NatGatewayId: 'a' }, call('ec2', 'DeleteRoute', target));
    const replaced = change(
      'ec2',
      'ReplaceRoute',
      { ...target, NatGatewayId: 'b' },
      call('ec2', 'ReplaceRoute', { ...target, NatGatewayId: 'a' }),
    );
    expect(mergeKey(created)).toBe(mergeKey(replaced));
    expect(mergeChanges(created, replaced)).toEqual({ ...created, input: replaced.input });
  });
});

it('a call without a rule is merged only with its equals', () => {
  const [first, other] = ['eni-1', 'eni-2'].map((NetworkInterfaceId) =>
    change('ec2', 'DeleteNetworkInterface', { NetworkInterfaceId }),
  );
  expect(mergeKey(first!)).not.toBe(mergeKey(other!));
  expect(mergeChanges(first!, structuredClone(first!))).toEqual(first);
});
