/**
 * Errors in the pollers' log (provisioned mode with LoggingConfig), and what Kafka clients report for the same
 * fault: Java by a class, librdkafka, franz-go and kafkajs by the protocol's error name, sarama and kafka-go in
 * words.
 */
import { connectionCauses } from './connection-causes.js';
import { claims, comparedText, type KnownText } from './known-text.js';
import { errorTexts, type ErrorTextId } from './texts.js';

export const loggedErrorIds = [
  'log-topic-authorization',
  'log-group-authorization',
  'log-cluster-authorization',
  'log-sasl-authentication',
  'log-ssl-authentication',
  'log-unknown-topic',
  'log-timeout',
] as const;
export type LoggedErrorId = (typeof loggedErrorIds)[number];

export interface LoggedError extends KnownText {
  id: LoggedErrorId;
}

const causesOf = (id: ErrorTextId) => errorTexts.find((entry) => entry.id === id)!.causes;
const acl = {
  check: 'cluster.acl',
  because: 'without IAM authentication, only Kafka ACLs deny access to a principal',
} as const;
const missingTopic = {
  check: 'cluster.topic',
  because: 'a request for a topic that does not exist ends like this',
} as const;
const authorization = (fragment: string) => `org.apache.kafka.common.errors.${fragment}`;
/** A client that is run by hand only shows something about the mapping if it uses the mapping's principal. */
const whosePrincipal =
  'In the pollers’ log, the principal is the execution role (IAM) or the user in the secret. In the output of your own Kafka client, it is the principal of that client.';

export const loggedErrors: readonly LoggedError[] = [
  {
    id: 'log-topic-authorization',
    fragments: [
      'TopicAuthorizationException',
      'not authorized to access topics',
      'TOPIC_AUTHORIZATION_FAILED',
      'topic authorization failed',
      'client is not authorized to access this topic',
      'not authorized to access the requested topic',
    ],
    text: authorization('TopicAuthorizationException: Not authorized to access topics: [TOPIC]'),
    meaning: `The client logged in, but the cluster denied access to the topic. ${whosePrincipal}`,
    causes: [
      { check: 'access.kafka-topic', because: 'with IAM: the execution role may not describe or read the topic' },
      acl,
      { check: 'cluster.policy', because: 'the cluster policy does not allow this account to use the topic' },
    ],
  },
  {
    id: 'log-group-authorization',
    fragments: [
      'GroupAuthorizationException',
      'not authorized to access group',
      'GROUP_AUTHORIZATION_FAILED',
      'group authorization failed',
      'client is not authorized to access this group',
      'not authorized to access a particular group',
    ],
    text: authorization('GroupAuthorizationException: Not authorized to access group: GROUP'),
    meaning: `The client logged in, but the cluster denied access to the consumer group. The group is the mapping’s UUID unless ConsumerGroupId is set. ${whosePrincipal}`,
    causes: [
      { check: 'access.kafka-group', because: 'with IAM: the execution role may not use the mapping’s consumer group' },
      acl,
    ],
  },
  {
    id: 'log-cluster-authorization',
    fragments: [
      'ClusterAuthorizationException',
      'CLUSTER_AUTHORIZATION_FAILED',
      'cluster authorization failed',
      'client is not authorized to send this request type',
      'not authorized to use an inter-broker or administrative api',
    ],
    text: authorization('ClusterAuthorizationException: Cluster authorization failed.'),
    meaning: `The client logged in, but the cluster denied an operation on the cluster. ${whosePrincipal}`,
    causes: [
      { check: 'access.kafka-connect', because: 'the execution role may not connect to the cluster' },
      { check: 'access.kafka-cluster', because: 'the execution role may not read the cluster’s configuration' },
      acl,
    ],
  },
  {
    id: 'log-sasl-authentication',
    fragments: [
      'SaslAuthenticationException',
      'SASL_AUTHENTICATION_FAILED',
      'SaslAuthenticationFailedE',
      'KafkaJSSASLAuthenticationError',
      'SASL authentication error',
    ],
    text: authorization('SaslAuthenticationException'),
    meaning: `The client reached a broker, and the broker rejected the login with IAM or SASL/SCRAM. ${whosePrincipal}`,
    causes: causesOf('sasl-authentication-failed'),
  },
  {
    id: 'log-ssl-authentication',
    fragments: ['SslAuthenticationException', 'SSLHandshakeException', 'SSL handshake failed'],
    text: authorization('SslAuthenticationException'),
    meaning: 'The TLS handshake with a broker failed: one side did not accept the certificate of the other.',
    causes: [...causesOf('server-failed-to-authenticate-lambda'), ...causesOf('lambda-failed-to-authenticate-server')],
  },
  {
    id: 'log-unknown-topic',
    fragments: [
      'UnknownTopicOrPartition',
      'UNKNOWN_TOPIC_OR_PARTITION',
      'does not host this topic-partition',
      'topic or partition that does not exist',
      'Local: Unknown topic',
    ],
    text: authorization('UnknownTopicOrPartitionException'),
    meaning:
      'The client logged in, but the topic or partition does not exist. Topic names are case-sensitive. If an ACL or policy hides the topic, the error is the same.',
    causes: [missingTopic],
  },
  {
    id: 'log-timeout',
    fragments: [
      'org.apache.kafka.common.errors.TimeoutException',
      'timeout expired while fetching topic metadata',
      'REQUEST_TIMED_OUT',
    ],
    text: authorization('TimeoutException: Timeout expired while fetching topic metadata'),
    meaning: 'No broker answered in time: the client cannot reach the brokers, or the topic does not exist.',
    causes: [missingTopic, ...connectionCauses.filter(({ check }) => check !== 'cluster.topic')],
  },
];

interface LogLine {
  errorCode?: string | undefined;
  errorMessage?: string | undefined;
}

/** The entry for the log's last line with a known error; lines are oldest first. */
export function lastLoggedError(lines: readonly LogLine[]): LoggedErrorId | null {
  const last = lines.findLast((line) => line.errorCode !== undefined || line.errorMessage !== undefined);
  return last === undefined ? null : (matchLogged(`${last.errorCode ?? ''} ${last.errorMessage ?? ''}`)?.id ?? null);
}

/** The entry for an error code or message of the log. */
export function matchLogged(text: string): LoggedError | undefined {
  const compared = comparedText(text);
  return loggedErrors.find((entry) => claims(entry, compared));
}
