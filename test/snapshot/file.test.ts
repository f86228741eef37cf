import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffSnapshots } from '../../src/snapshot/diff.js';
import { formatSnapshot, parseSnapshot, SnapshotFileError } from '../../src/snapshot/file.js';
import { accountWith, clusterArn, deny, groupId, healthyAccount, notFound, value, vpcId } from '../accounts/account.js';

describe('a snapshot in a file', () => {
  test.each(['iam', 'scram', 'mtls', 'tls', 'plaintext'] as const)('comes back as it was written: %s', (auth) => {
    const account = accountWith((snapshot) => deny(snapshot, 'networkAcls', 'ec2', 'DescribeNetworkAcls'), { auth });
    const loaded = parseSnapshot(formatSnapshot(account));
    expect(loaded).toMatchObject(account);
    expect(parseSnapshot(formatSnapshot(loaded))).toEqual(loaded);
  });

  test('what no schema names does not come in', () => {
    const account = healthyAccount() as unknown as { functions: Record<string, { value: Record<string, unknown> }> };
    Object.values(account.functions)[0]!.value['Environment'] = { Variables: { TOKEN: 'marked' } };
    expect(formatSnapshot(parseSnapshot(JSON.stringify(account)))).not.toContain('marked');
  });

  const sentence = (text: string) => {
    try {
      parseSnapshot(text);
    } catch (error) {
      expect(error).toBeInstanceOf(SnapshotFileError);
      return (error as SnapshotFileError).message;
    }
    return 'loaded';
  };
  const whole = formatSnapshot(healthyAccount());

  test.each([
    ['an empty file', '', 'The snapshot is empty.'],
    ['a truncated one', whole.slice(0, whole.length / 2), 'The snapshot is not valid JSON; it may have been cut off.'],
    ['foreign JSON', '{"Resources": {}}', 'The file is JSON, but no snapshot of msk-lambda.'],
    ['a list', '[]', 'The file is JSON, but no snapshot of msk-lambda.'],
    ['one without a version', '{"kind": "msk-lambda snapshot"}', 'The snapshot does not tell its schemaVersion.'],
    [
      'one of a later version',
      '{"kind": "msk-lambda snapshot", "schemaVersion": 99}',
      'The snapshot has schemaVersion 99, this msk-lambda reads up to 1.',
    ],
    [
      'one with a member of the wrong type',
      whole.replace('"targets": [', '"targets": [7,'),
      'The snapshot is damaged at targets → 0.',
    ],
  ])('%s is refused with a sentence', (_, text, expected) => expect(sentence(text)).toBe(expected));

  test('no text does more harm than a sentence', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void sentence(text)));
    expect(sentence('['.repeat(100_000))).toMatch(/not valid JSON/);
  });
});

describe('the difference of two snapshots', () => {
  test('none with itself, and none for measurements', () => {
    expect(diffSnapshots(healthyAccount(), healthyAccount())).toEqual([]);
    expect(
      diffSnapshots(
        healthyAccount(),
        accountWith((snapshot) => void (snapshot.metrics['one'] = notFound('cloudwatch', 'GetMetricData'))),
      ),
    ).toEqual([]);
  });

  test('a changed rule is named with both values', () => {
    const after = accountWith(
      (snapshot) => void (value(snapshot.securityGroups, vpcId)[0]!.IpPermissions[0]!.FromPort = 9094),
    );
    expect(diffSnapshots(healthyAccount(), after)).toEqual([
      {
        collection: 'securityGroups',
        resource: vpcId,
        change: 'changed',
        members: [{ member: '[0].IpPermissions[0].FromPort', before: '9098', after: '9094' }],
      },
    ]);
    expect(value(after.securityGroups, vpcId)[0]!.GroupId).toBe(groupId);
  });

  test('a cluster that is gone is removed; one that could not be read is not', () => {
    const gone = accountWith(
      (snapshot) => void (snapshot.clusters[clusterArn] = notFound('kafka', 'DescribeClusterV2')),
    );
    expect(diffSnapshots(healthyAccount(), gone)).toMatchObject([{ collection: 'clusters', change: 'removed' }]);
    expect(diffSnapshots(gone, healthyAccount())).toMatchObject([{ collection: 'clusters', change: 'added' }]);
    const denied = accountWith((snapshot) => deny(snapshot, 'clusters', 'kafka', 'DescribeClusterV2'));
    expect(diffSnapshots(healthyAccount(), denied)).toMatchObject([
      { change: 'changed', members: [{ after: '"not read: denied"' }] },
    ]);
  });
});
