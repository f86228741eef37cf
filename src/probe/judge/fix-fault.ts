/** What to do about a fault: commands for people, and policy statements. */
import { kafkaArn, type ClusterIdentity } from '../../access/kafka-arn.js';
import { policyAllowing } from '../../access/policy.js';
import { parseEventSource } from '../../aws/event-source.js';
import { parseArn } from '../../aws/arn.js';
import { authNames } from '../../aws/msk.js';
import { createPair, manual, storePair, storeUser, type SecretUse } from '../../checks/support/secret-use.js';
import type { Fix } from '../../fixes/fix.js';
import { ownCommand } from '../../fixes/own-command.js';
import { shell } from '../../text/shell.js';
import type { ProbeResult } from '../probe-result.js';
import { deniedOperation } from './describe-fault.js';
import { isOutOfDate, isWrongName, type FailedStep, type FaultKind } from './fault.js';
import type { ProbeContext } from './probe-context.js';

/** The fixes of a fault; empty where nothing is known that helps. */
export function fixesOfFault(kind: FaultKind, problem: FailedStep, result: ProbeResult, context: ProbeContext): Fix[] {
  const { auth } = result;
  const topic = result.topic?.name ?? 'TOPIC';
  const group = result.group?.id ?? 'GROUP';
  switch (kind) {
    case 'name':
    case 'unreachable':
      return [reach(context)];
    case 'untrusted':
      return [trust(problem)];
    case 'handshake':
    case 'not-kafka':
      return [otherListener(context, auth)];
    case 'silent':
    case 'coordinator':
    case 'broker-error':
      return [checkCluster(context)];
    case 'certificate-missing':
      return [
        manual(
          'Give the mapping a secret with a client certificate that the cluster trusts',
          createPair(useOf(context)),
        ),
      ];
    case 'certificate':
      return storePair(
        'Store a client certificate that a certificate authority of the cluster issued',
        shell`openssl req -new -key key.pem -out client.csr`,
      )(useOf(context));
    case 'private-key':
      return storePair('Store the private key of the certificate as PKCS#8')(useOf(context));
    case 'mechanism':
      return [otherListener(context, auth)];
    case 'login':
      return auth === 'iam' ? grant(kind, ['Connect'], 'cluster', undefined, context, problem) : ofUser(context);
    case 'no-user':
      return auth === 'iam' ? [] : storeUser('Store the user name and password')(useOf(context));
    case 'topic-missing':
      return [
        manual(`Create topic ${topic}, or correct the name`, [
          context.clusterArn === null
            ? shell`kafka-topics --bootstrap-server ${problem.broker} --command-config client.properties --list`
            : ownCommand('topic', 'list', context.clusterArn),
        ]),
      ];
    case 'topic-without-leader':
      return [
        manual('Find out why the brokers of the partition are not available', [
          shell`kafka-topics --bootstrap-server ${problem.broker} --command-config client.properties --describe --topic ${topic} --unavailable-partitions`,
        ]),
      ];
    case 'topic-denied':
      return auth === 'iam'
        ? grant(kind, ['DescribeTopic', 'ReadData'], 'topic', topic, context, problem)
        : [allow(result, problem, { topic })];
    case 'group-denied':
      return auth === 'iam'
        ? grant(kind, ['DescribeGroup', 'AlterGroup'], 'group', group, context, problem)
        : [allow(result, problem, { group })];
    case 'cluster-denied':
      return auth === 'iam'
        ? grant(kind, ['DescribeCluster'], 'cluster', undefined, context, problem)
        : [allow(result, problem, {})];
    case 'group-conflict':
      return [
        manual(`Use a consumer group that no other client uses, or stop the other members of ${group}`, [
          shell`kafka-consumer-groups --bootstrap-server ${problem.broker} --command-config client.properties --describe --group ${group} --members`,
        ]),
      ];
  }
}

/** A mapping or a cluster as the target of another command of this program. */
const targetOf = ({ mappingUuid, clusterArn }: ProbeContext): string | null => mappingUuid ?? clusterArn;

const noSecret: SecretUse = { secret: 'NAME', arn: null, uuid: null, key: null, clusterArn: null, username: null };
const useOf = ({ secret, mappingUuid, clusterArn }: ProbeContext): SecretUse =>
  secret?.use ?? { ...noSecret, uuid: mappingUuid, clusterArn };

function reach(context: ProbeContext): Fix {
  const target = targetOf(context);
  return context.from.kind === 'here'
    ? manual(
        'Run the probe where the brokers can be reached: in the VPC of the cluster, or through a proxy there (--via)',
        [
          ...(target === null ? [] : [ownCommand('probe', target, '--via', 'socks5://localhost:1080')]),
          ...(context.mappingUuid === null ? [] : [ownCommand('network', context.mappingUuid)]),
        ],
      )
    : manual('Check the path from the pollers to the brokers', target === null ? [] : [ownCommand('network', target)]);
}

const trust = ({ name, broker }: FailedStep): Fix =>
  isWrongName(name)
    ? manual('Use the address that the certificate of the broker names')
    : isOutOfDate(name)
      ? manual('Renew the certificate of the broker', [shell`openssl s_client -connect ${broker} -showcerts`])
      : manual(
          'Pass the certificate authority of the brokers with --ca-file, or give the brokers a certificate that Lambda trusts',
          [shell`openssl s_client -connect ${broker} -showcerts`],
        );

const otherListener = (context: ProbeContext, auth: ProbeResult['auth']): Fix => {
  const target = targetOf(context);
  return manual(
    `Use a bootstrap address for ${authNames[auth]}, or another authentication method (--auth)`,
    target === null ? [] : [ownCommand('broker', target)],
  );
};

const checkCluster = (context: ProbeContext): Fix =>
  manual(
    'Check the state and the load of the brokers',
    context.mappingUuid === null ? [] : [ownCommand('doctor', context.mappingUuid)],
  );

function ofUser(context: ProbeContext): Fix[] {
  const use = useOf(context);
  return [
    ...(use.arn === null && context.secret !== null
      ? [
          manual(`Correct the user name and password in ${use.secret}, or set this password for the user in Kafka`, [
            ownCommand('secret', 'check', use.secret),
          ]),
        ]
      : []),
    ...(use.arn === null || use.clusterArn === null
      ? []
      : [
          manual('Check that the secret is associated with the cluster, and associate it', [
            ownCommand('secret', 'check', use.arn, '--cluster', use.clusterArn),
          ]),
        ]),
    ...storeUser('Store the user name and password that the brokers know')(use),
  ];
}

/** The command for the ACL that is missing, with the principal exactly as Kafka knows it. */
function allow({ facts }: ProbeResult, problem: FailedStep, { topic, group }: { topic?: string; group?: string }): Fix {
  const principal = facts.principal ?? 'User:NAME';
  const { broker } = problem;
  if (topic === undefined && group === undefined)
    return manual(`Allow ${principal} to describe the cluster in the Kafka ACLs`, [
      shell`kafka-acls --bootstrap-server ${broker} --command-config client.properties --add --allow-principal ${principal} --operation Describe --operation DescribeConfigs --cluster`,
    ]);
  const onlyRead = deniedOperation(problem) === 'Read';
  const operations = onlyRead ? 'Read' : 'Describe and Read';
  if (topic !== undefined)
    return manual(`Allow ${operations} on topic ${topic} for ${principal} in the Kafka ACLs`, [
      onlyRead
        ? shell`kafka-acls --bootstrap-server ${broker} --command-config client.properties --add --allow-principal ${principal} --operation Read --topic ${topic}`
        : shell`kafka-acls --bootstrap-server ${broker} --command-config client.properties --add --allow-principal ${principal} --operation Describe --operation Read --topic ${topic}`,
    ]);
  return manual(`Allow ${operations} on consumer group ${group!} for ${principal} in the Kafka ACLs`, [
    onlyRead
      ? shell`kafka-acls --bootstrap-server ${broker} --command-config client.properties --add --allow-principal ${principal} --operation Read --group ${group!}`
      : shell`kafka-acls --bootstrap-server ${broker} --command-config client.properties --add --allow-principal ${principal} --operation Describe --operation Read --group ${group!}`,
  ]);
}

/** The statement that is missing. The calls for the execution role come from the checks of its permissions. */
function grant(
  kind: FaultKind,
  actions: readonly string[],
  type: 'cluster' | 'topic' | 'group',
  name: string | undefined,
  context: ProbeContext,
  problem: FailedStep,
): Fix[] {
  const resources = [kafkaArn(clusterOf(context, problem), type, name)];
  const whose = context.identity?.isExecutionRole === true ? 'the execution role' : 'the identity that the probe used';
  return [
    {
      ...manual(
        kind === 'login'
          ? `Allow kafka-cluster:Connect on the cluster for ${whose}`
          : `Allow ${actions.map((action) => `kafka-cluster:${action}`).join(' and ')} for ${whose}`,
      ),
      statements: policyAllowing(
        actions.map((action) => ({ action: `kafka-cluster:${action}`, resources })),
      ).Statement.map((statement) => JSON.stringify(statement)),
    },
  ];
}

/** The parts of the cluster's ARN, with placeholders for those that are not known. */
function clusterOf({ clusterArn, identity }: ProbeContext, { broker }: FailedStep): ClusterIdentity {
  const source = parseEventSource(clusterArn ?? '');
  if (source !== null)
    return {
      partition: source.partition,
      region: source.region,
      account: source.clusterAccount,
      name: source.clusterName,
      uuid: source.clusterUuid,
    };
  const labels = broker.slice(0, broker.lastIndexOf(':')).split('.');
  const at = labels.findIndex((label) => label === 'kafka' || label === 'kafka-serverless');
  const { account = 'ACCOUNT', partition = 'aws' } = parseArn(identity?.arn ?? '') ?? {};
  return {
    partition,
    region: labels[at + 1] ?? 'REGION',
    account: account === '' ? 'ACCOUNT' : account,
    name: at > 2 && labels[at] === 'kafka' ? labels[1]! : 'CLUSTER',
    uuid: 'UUID',
  };
}
