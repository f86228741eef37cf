import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnose, diagnoseMapping } from '../../src/diagnosis/diagnose.js';
import { replayAll } from '../../src/simulate/simulate.js';
import { mappingMetrics } from '../../src/snapshot/metrics.js';
import { ok } from '../../src/snapshot/read.js';
import type { PollerLog } from '../../src/snapshot/resources/index.js';
import {
  accountWith,
  capturedAt,
  denied,
  deny,
  functionArn,
  groupId,
  type HealthyOptions,
  roleArn,
  subnetIds,
  uuid,
  value,
  vpcId,
} from '../accounts/account.js';
import { all, mapping, measured, nothingMeasured, shows, type Change } from '../checks/judging.js';
import { runs } from '../random/seed.js';

const of = (change: Change, options: HealthyOptions = {}) => diagnoseMapping(accountWith(change, options), uuid);
const causes = (change: Change, options: HealthyOptions = {}) => of(change, options).causes.map(({ check }) => check);
const connectionError = shows('PROBLEM: Connection error. Please check your event source connection configuration.');
const sasl = shows('PROBLEM: SASL authentication failed.');
const ago = (minutes: number) => new Date(Date.parse(capturedAt) - minutes * 60_000).toISOString();
const noGroupRule: Change = (snapshot) =>
  void (value(snapshot.securityGroups, vpcId).find(({ GroupId }) => GroupId === groupId)!.IpPermissions = []);
const noRights: Change = (snapshot) => {
  snapshot.inlinePolicyNames[roleArn] = ok([]);
  snapshot.inlinePolicies = {};
};
const untrusted: Change = (snapshot) =>
  void (value(snapshot.roles, roleArn).AssumeRolePolicyDocument = JSON.stringify({ Statement: [] }));
const logs = (...lines: Partial<PollerLog>[]): Change =>
  all(
    mapping({
      LoggingConfig: { SystemLogLevel: 'WARN' },
      ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 3 },
    }),
    (snapshot) => {
      snapshot.pollerLogs[uuid] = ok(
        lines.map((line, index) => ({ timestamp: ago(30 - index), brokers: [], securityGroups: [], ...line })),
      );
    },
  );

describe('what Lambda shows decides which of several faults comes first', () => {
  const both = all(noGroupRule, noRights);
  test('a connection error: the network', () =>
    expect(causes(all(both, connectionError))[0]).toBe('network.broker-ingress'));
  test('a refused login: the right to connect', () => expect(causes(all(both, sasl))[0]).toBe('access.kafka-connect'));
  test('nothing: the order of the pollers’ stages', () => {
    const found = causes(all(both, untrusted));
    expect(found[0]).toBe('access.trust');
    expect(found.indexOf('network.broker-ingress')).toBeLessThan(found.indexOf('access.kafka-connect'));
  });
  test('a text that nobody knows is kept, and decides nothing', () => {
    const diagnosis = of(all(both, untrusted, shows('PROBLEM: The moon is in the way.')));
    expect(diagnosis.observed).toMatchObject({
      error: 'unknown',
      lastProcessingResult: 'PROBLEM: The moon is in the way.',
    });
    expect(diagnosis.causes[0]!.check).toBe('access.trust');
  });
});

describe('a mapping that is switched off', () => {
  test.each(['Disabled', 'Disabling'])(
    'by a user (%s), with an error left: first the switch, then the fault',
    (State) => {
      const diagnosis = of(all(noGroupRule, connectionError, mapping({ State, StateTransitionReason: 'User action' })));
      expect(diagnosis.causes.map(({ check }) => check)).toEqual(['mapping.state', 'network.broker-ingress']);
      expect(diagnosis.verdict).toBe('broken');
    },
  );
  test('by a user, with an old error and nothing wrong any more', () =>
    expect(
      causes(all(connectionError, mapping({ State: 'Disabled', StateTransitionReason: 'USER_INITIATED' }))),
    ).toEqual(['mapping.state']));
  test('by Lambda: its reason leads to the cause, the state comes last', () => {
    const stopped = mapping({
      State: 'Disabled',
      StateTransitionReason: 'EVENT_SOURCE_AUTHZ_ERROR',
      LastProcessingResult: 'No records processed',
    });
    const diagnosis = of(all(noRights, stopped));
    expect(diagnosis.causes[0]).toMatchObject({
      check: 'access.kafka-connect',
      because: expect.stringContaining('Lambda stopped the mapping for this reason'),
    });
    expect(diagnosis.causes.at(-1)!.check).toBe('mapping.state');
  });
  test('by Lambda, for a reason that nothing explains: the state is all there is', () =>
    expect(causes(mapping({ State: 'Disabled', StateTransitionReason: 'FUNCTION_CONFIG_NOT_VALID' }))).toEqual([
      'mapping.state',
    ]));
});

describe('the pollers’ own log', () => {
  const topicRefused: Change = (snapshot) => {
    const policy = `${roleArn}#kafka-access`;
    snapshot.inlinePolicies[policy] = ok(
      value(snapshot.inlinePolicies, policy).replace('kafka-cluster:ReadData', 'kafka-cluster:WriteData'),
    );
  };
  const refusal = {
    errorCode: 'org.apache.kafka.common.errors.TopicAuthorizationException',
    errorMessage: 'Not authorized to access topics: [orders]',
  };

  test('tells more than the text', () => {
    const faults = all(noGroupRule, topicRefused, connectionError);
    expect(causes(faults)[0]).toBe('network.broker-ingress');
    const diagnosis = of(all(faults, logs(refusal)));
    expect(diagnosis.causes[0]).toMatchObject({
      check: 'access.kafka-topic',
      because: expect.stringContaining('the pollers’ log shows it'),
    });
    expect(diagnosis.hints.join('\n')).toContain(
      'TopicAuthorizationException: Not authorized to access topics: [orders]',
    );
  });
  test.each([
    ['org.apache.kafka.common.errors.GroupAuthorizationException', 'access.kafka-group'],
    ['org.apache.kafka.common.errors.SaslAuthenticationException', 'access.kafka-connect'],
  ])('%s', (errorCode, check) =>
    expect(causes(all(noRights, noGroupRule, connectionError, logs({ errorCode })))[0]).toBe(check),
  );
  test('UnknownTopicOrPartitionException', () =>
    expect(
      causes(
        all(
          noGroupRule,
          connectionError,
          mapping({ Topics: ['order'] }),
          logs({ errorCode: 'org.apache.kafka.common.errors.UnknownTopicOrPartitionException' }),
        ),
      )[0],
    ).toBe('cluster.topic'));
  test('a time-out of the metadata: the topic that is not there before the network', () =>
    expect(
      causes(
        all(
          noGroupRule,
          connectionError,
          mapping({ Topics: ['order'] }),
          logs({ errorMessage: 'Timeout expired while fetching topic metadata' }),
        ),
      )[0],
    ).toBe('cluster.topic'));
  test('the same words in the place of Lambda’s text lead to the same cause', () => {
    const diagnosisOf = (text: string) => of(all(noRights, noGroupRule, shows(`PROBLEM: ${text}`)));
    expect(diagnosisOf('org.apache.kafka.common.errors.GroupAuthorizationException').causes[0]!.check).toBe(
      'access.kafka-group',
    );
    expect(diagnosisOf('org.apache.kafka.common.errors.GroupAuthorizationException').observed.error).toBe('unknown');
  });
  test('the last error counts, and lines without one do not', () =>
    expect(
      causes(
        all(
          noGroupRule,
          topicRefused,
          connectionError,
          logs({ errorCode: 'org.apache.kafka.common.errors.SaslAuthenticationException' }, refusal, {
            eventType: 'POLLER_STATUS_EVENT',
          }),
        ),
      )[0],
    ).toBe('access.kafka-topic'));
  test('what the pollers really use is shown', () => {
    const { hints } = of(
      all(
        connectionError,
        logs({
          brokers: ['b-1.x:9098'],
          securityProtocol: 'SASL_SSL',
          saslMechanism: 'AWS_MSK_IAM',
          consumerGroup: uuid,
        }),
      ),
    );
    expect(hints.join('\n')).toContain(
      `use the brokers b-1.x:9098 with SASL_SSL/AWS_MSK_IAM and the consumer group ${uuid}`,
    );
  });
  test('a log that could not be read takes nothing away', () => {
    const diagnosis = of(
      all(noGroupRule, connectionError, logs(refusal), (snapshot) =>
        deny(snapshot, 'pollerLogs', 'logs', 'FilterLogEvents'),
      ),
    );
    expect(diagnosis.causes[0]!.check).toBe('network.broker-ingress');
  });
});

describe('hints', () => {
  const hints = (change: Change) => of(change).hints.join('\n');

  const metricsOn = (...Metrics: string[]) => mapping({ MetricsConfig: { Metrics } });
  test('a healthy mapping whose metrics are on has none', () =>
    expect(
      of(
        all(
          metricsOn('EventCount', 'ErrorCount'),
          nothingMeasured,
          logs({ errorCode: 'org.apache.kafka.common.errors.TimeoutException' }),
        ),
      ).hints,
    ).toEqual([]));
  test('metrics that are off are not known, and what turns them on is said once', () => {
    expect(of(() => {}).hints).toEqual([
      `Metrics off: cannot see dropped or filtered records (\`msk-lambda update ${uuid} --metrics EventCount,ErrorCount\`)`,
    ]);
    expect(hints(metricsOn('ErrorCount', 'KafkaMetrics'))).toContain('--metrics EventCount,ErrorCount,KafkaMetrics`');
    expect(hints(metricsOn('EventCount'))).toMatch(/^Metrics off: cannot see failed polls/);
  });
  test('an error that nothing explains: what to try', () => {
    const diagnosis = of(all(connectionError, nothingMeasured));
    expect(diagnosis).toMatchObject({ verdict: 'broken', causes: [] });
    expect(diagnosis.hints[0]).toMatch(/^All checks ran, and none explains the error\..*LoggingConfig/);
  });
  test('where the function is what failed, nothing on the network is to be tried', () => {
    const shown = hints(all(shows('PROBLEM: Function call failed'), nothingMeasured));
    expect(shown).toContain('the function’s log');
    expect(shown).not.toContain('security groups');
  });
  test('where a password is refused that looks well, the password', () =>
    expect(of(all(sasl, nothingMeasured), { auth: 'scram' }).hints[0]).toMatch(
      /`msk-lambda probe [0-9a-f-]+`: it logs in with the user name and password in the secret, and no API shows/,
    ));
  test('metrics that could not be read leave a risk open, not the verdict', () => {
    const diagnosis = of(connectionError);
    expect(diagnosis).toMatchObject({ verdict: 'broken', causes: [] });
    expect(diagnosis.hints[0]).toContain('could not check: cluster.health');
  });
  test('an error whose cause may hide: nobody is blamed', () => {
    const diagnosis = of(
      all(connectionError, (snapshot) => deny(snapshot, 'securityGroups', 'ec2', 'DescribeSecurityGroups')),
    );
    expect(diagnosis).toMatchObject({ verdict: 'unknown', causes: [] });
    expect(diagnosis.hints.join(' ')).not.toContain('explains the error');
    const nowhere = of(
      all(
        connectionError,
        (snapshot) => void (value(snapshot.clusters).Provisioned!.BrokerNodeGroupInfo!.ClientSubnets = []),
      ),
    );
    expect(nowhere, 'a cluster whose subnets are not named').toMatchObject({ verdict: 'unknown', causes: [] });
  });
  test.each<[string, Change]>([
    ['The mapping', mapping({ LastModified: ago(3) })],
    ['The function', (snapshot) => void (value(snapshot.functions, functionArn).LastModified = ago(3))],
  ])('%s was changed after the text may have appeared', (what, change) =>
    expect(hints(all(connectionError, change))).toContain(
      `${what} was changed 3 minutes ago, so the error may be from before the change`,
    ),
  );
  test('an old change is none', () =>
    expect(hints(all(connectionError, mapping({ LastModified: ago(60) })))).not.toContain('was changed'));
  test('a poll that is proved', () =>
    expect(
      hints(
        all(
          connectionError,
          measured(
            mappingMetrics(uuid).find(({ name }) => name === 'PolledEventCount')!,
            [0, 40, 2],
          ),
        ),
      ),
    ).toContain('PolledEventCount shows 42 records'));
  test('a poll that brought nothing is a poll', () =>
    expect(
      hints(
        all(
          connectionError,
          measured(
            mappingMetrics(uuid).find(({ name }) => name === 'PolledEventCount')!,
            [0, 0],
          ),
        ),
      ),
    ).toContain('found no records'));
  test('how far the pollers came: Lambda’s network interfaces', () => {
    const standing =
      (count: number): Change =>
      (snapshot) =>
        void (snapshot.networkInterfaces[vpcId] = ok(
          subnetIds.slice(0, count).map((SubnetId, index) => ({
            NetworkInterfaceId: `eni-${index}`,
            InterfaceType: 'lambda',
            SubnetId,
            VpcId: vpcId,
            Groups: [{ GroupId: groupId }],
          })),
        ));
    expect(hints(all(connectionError, standing(2)))).toContain('network interfaces in 2 of the cluster’s 3 subnets');
    expect(hints(all(connectionError, standing(0)))).toContain('no network interfaces in the cluster’s subnets');
    const inSameSubnets: Change = (snapshot) =>
      void (value(snapshot.functions, functionArn).VpcConfig = {
        SubnetIds: [...subnetIds],
        SecurityGroupIds: [groupId],
      });
    expect(hints(all(connectionError, standing(2), inSameSubnets)), 'the function’s own may be meant').not.toContain(
      'network interface',
    );
  });
});

describe('several mappings', () => {
  const other = (index: number) => `${index}1111111-2222-4333-8444-555555555555`;
  const many: Change = (snapshot) => {
    const whole = value(snapshot.mappings, uuid);
    snapshot.mappings[other(1)] = ok({
      ...structuredClone(whole),
      UUID: other(1),
      LastProcessingResult: 'PROBLEM: Connection error. Please check your event source connection configuration.',
    });
    snapshot.mappings[other(2)] = ok({ ...structuredClone(whole), UUID: other(2), FunctionArn: `${functionArn}-2` });
    snapshot.targets = [uuid, other(1), other(2), uuid];
  };
  test('each once, the gravest first, the same bytes for any order of the targets', () => {
    const first = diagnose(accountWith(many));
    expect(first.mappings.map((mapping) => mapping.uuid)).toHaveLength(3);
    expect(first.mappings[0]!.uuid).toBe(other(1));
    fc.assert(
      fc.property(fc.shuffledSubarray([uuid, other(1), other(2)], { minLength: 3 }), (targets) => {
        const again = diagnose(accountWith((snapshot) => (many(snapshot), (snapshot.targets = targets))));
        expect(JSON.stringify(again)).toBe(JSON.stringify(first));
      }),
      { numRuns: runs(10) },
    );
  });
  test('of one verdict: by event source, then function, then UUID', () => {
    const keys = (snapshot: Parameters<typeof diagnose>[0]) =>
      diagnose(snapshot).mappings.map(
        ({ uuid: id, eventSourceArn }) => `${eventSourceArn?.slice(-1)} ${id.slice(0, 1)}`,
      );
    const whole = value(accountWith(() => {}).mappings, uuid);
    const copy = (index: number, source: string, suffix: string) =>
      ok({
        ...structuredClone(whole),
        UUID: other(index),
        EventSourceArn: `${whole.EventSourceArn!.slice(0, -1)}${source}`,
        FunctionArn: `${functionArn}-${suffix}`,
      });
    const copies: [number, string, string][] = [
      [1, '9', 'a'],
      [2, '8', 'b'],
      [3, '8', 'a'],
      [4, '8', 'b'],
    ];
    const snapshot = accountWith((account) => {
      for (const [index, source, suffix] of copies) account.mappings[other(index)] = copy(index, source, suffix);
      account.targets = copies.map(([index]) => other(index));
    });
    expect(keys(snapshot)).toEqual(['8 3', '8 2', '8 4', '9 1']);
  });
  test('coverage counts what was decided, and what could not be', () => {
    const { mappings, coverage } = diagnose(
      accountWith((snapshot) => deny(snapshot, 'networkAcls', 'ec2', 'DescribeNetworkAcls')),
    );
    const count = (...statuses: string[]) =>
      mappings[0]!.findings.filter(({ status }) => statuses.includes(status)).length;
    expect(count('skip')).toBeGreaterThan(0);
    expect(coverage).toMatchObject({ decided: count('pass', 'warn', 'fail'), unknown: count('unknown') });
  });
  test('a list that was read leaves no action missing', () => {
    const missing = (mappingLists: object) =>
      diagnose(accountWith((snapshot) => void Object.assign(snapshot, { targets: [], mappingLists }))).coverage
        .missingActions;
    expect([missing({ '*': ok([]) }), missing({})]).toEqual([[], []]);
  });
  test('summary and coverage count them', () => {
    const { summary, coverage } = diagnose(
      accountWith(all(many, (snapshot) => deny(snapshot, 'networkAcls', 'ec2', 'DescribeNetworkAcls'))),
    );
    expect(summary.healthy + summary.atRisk + summary.broken + summary.unknown).toBe(3);
    expect(coverage.missingActions).toContain('ec2:DescribeNetworkAcls');
    expect(coverage.unknown).toBeGreaterThan(0);
    const unlisted = accountWith(
      (snapshot) =>
        void Object.assign(snapshot, {
          targets: [],
          mappings: {},
          mappingLists: { '*': denied('lambda', 'ListEventSourceMappings') },
        }),
    );
    expect(diagnose(unlisted).coverage.missingActions).toEqual(['lambda:ListEventSourceMappings']);
  });
});

test('a mapping that could not be read: nothing of it is stated, and nothing is blamed', () => {
  const unread = of((snapshot) => deny(snapshot, 'mappings', 'lambda', 'GetEventSourceMapping'));
  expect(unread).toMatchObject({
    uuid,
    verdict: 'unknown',
    functionArn: null,
    eventSourceArn: null,
    topic: null,
    observed: { state: null, stateTransitionReason: null, lastProcessingResult: null, error: null },
    causes: [],
  });
});

test('what only an on-failure topic can cause is a cause only where the destination is a Kafka topic', () => {
  const unwritable: Change = (snapshot) => {
    noRights(snapshot);
    shows('PROBLEM: Cluster failed to authorize Lambda.')(snapshot);
  };
  const destination = (arn: string) => mapping({ DestinationConfig: { OnFailure: { Destination: arn } } });
  const reason = (change: Change) =>
    of(all(unwritable, change)).causes.find(({ check }) => check === 'access.destination')?.because;
  const topic = reason(destination('kafka://orders-failed'));
  const queue = reason(destination('arn:aws:sqs:eu-west-1:111122223333:orders-failed'));
  expect(topic).not.toBe(queue);
});

test('one fault named once: what rests on a wrong login is not judged', () => {
  const found = of(all(mapping({ SourceAccessConfigurations: [] }), connectionError), { auth: 'scram' });
  expect(found.causes.map(({ check }) => check)).toEqual(['mapping.source-access']);
  expect(found.findings.find(({ check }) => check === 'network.broker-ingress')!.status).not.toBe('fail');
});

test('findings that widen one boundary do not undo one another: each adds the statements of all', () => {
  const arn = `${roleArn.slice(0, roleArn.indexOf(':role/'))}:policy/boundary`;
  const bounded: Change = (snapshot) => {
    value(snapshot.roles, roleArn).PermissionsBoundary = { PermissionsBoundaryArn: arn };
    snapshot.managedPolicies[arn] = ok(
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: ['kafka:*', 'ec2:*', 'logs:*'], Resource: '*' }],
      }),
    );
  };
  const broken = accountWith(all(bounded, sasl));
  const fixes = diagnoseMapping(broken, uuid)
    .findings.flatMap((finding) => finding.fixes)
    .filter(({ changes }) => changes.some(({ operation }) => operation === 'CreatePolicyVersion'));
  expect(fixes.length).toBeGreaterThan(2);
  for (const fix of fixes) {
    expect(fix.title).toMatch(
      /^Allow kafka-cluster:\w+.* in permissions boundary .*, together with the other permissions that this mapping needs$/,
    );
    expect(diagnoseMapping(replayAll(broken, fix.changes), uuid).causes).toEqual([]);
  }
});
