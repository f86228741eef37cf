/** Errors of the pollers' own log (provisioned pollers with LoggingConfig): the Java class of Kafka's client tells what was refused. */
import { connectionCauses } from './connection-causes.js';
import type { KnownText } from './known-text.js';
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
  because: 'without IAM authentication only Kafka’s own ACLs refuse a principal',
} as const;
const missingTopic = { check: 'cluster.topic', because: 'asking for a topic that is not there ends so' } as const;
const authorization = (fragment: string) => `org.apache.kafka.common.errors.${fragment}`;

export const loggedErrors: readonly LoggedError[] = [
  {
    id: 'log-topic-authorization',
    fragments: ['topicauthorizationexception', 'not authorized to access topics'],
    text: authorization('TopicAuthorizationException: Not authorized to access topics: [TOPIC]'),
    meaning: 'The pollers logged in, and the cluster refused them the topic.',
    causes: [
      { check: 'access.kafka-topic', because: 'the execution role may not describe or read the topic' },
      acl,
      { check: 'cluster.policy', because: 'the cluster’s policy does not let this account at the topic' },
    ],
  },
  {
    id: 'log-group-authorization',
    fragments: ['groupauthorizationexception', 'not authorized to access group'],
    text: authorization('GroupAuthorizationException: Not authorized to access group: GROUP'),
    meaning:
      'The pollers logged in, and the cluster refused them the consumer group, which is the mapping’s UUID unless it has one of its own.',
    causes: [
      { check: 'access.kafka-group', because: 'the execution role may not use the mapping’s consumer group' },
      acl,
    ],
  },
  {
    id: 'log-cluster-authorization',
    fragments: ['clusterauthorizationexception'],
    text: authorization('ClusterAuthorizationException: Cluster authorization failed.'),
    meaning: 'The pollers logged in, and the cluster refused them an operation on itself.',
    causes: [
      { check: 'access.kafka-connect', because: 'the execution role may not connect to the cluster' },
      { check: 'access.kafka-cluster', because: 'the execution role may not read the cluster’s configuration' },
      acl,
    ],
  },
  {
    id: 'log-sasl-authentication',
    fragments: ['saslauthenticationexception'],
    text: authorization('SaslAuthenticationException'),
    meaning: 'The pollers reached a broker, and the login by IAM or SCRAM was refused.',
    causes: causesOf('sasl-authentication-failed'),
  },
  {
    id: 'log-ssl-authentication',
    fragments: ['sslauthenticationexception', 'sslhandshakeexception'],
    text: authorization('SslAuthenticationException'),
    meaning: 'The TLS handshake with a broker failed: one side did not accept the other’s certificate.',
    causes: [...causesOf('server-failed-to-authenticate-lambda'), ...causesOf('lambda-failed-to-authenticate-server')],
  },
  {
    id: 'log-unknown-topic',
    fragments: ['unknowntopicorpartitionexception'],
    text: authorization('UnknownTopicOrPartitionException'),
    meaning: 'The pollers logged in, and the cluster has no such topic or partition.',
    causes: [missingTopic],
  },
  {
    id: 'log-timeout',
    fragments: ['errors.timeoutexception', 'timeout expired while fetching topic metadata'],
    text: authorization('TimeoutException: Timeout expired while fetching topic metadata'),
    meaning: 'No broker answered about the topic in time: the pollers do not get through, or the topic is not there.',
    causes: [missingTopic, ...connectionCauses.filter(({ check }) => check !== 'cluster.topic')],
  },
];

interface LogLine {
  errorCode?: string | undefined;
  errorMessage?: string | undefined;
}

/** The entry of the log's last line that tells of a known error; lines are oldest first. */
export function lastLoggedError(lines: readonly LogLine[]): LoggedErrorId | null {
  const last = lines.findLast((line) => line.errorCode !== undefined || line.errorMessage !== undefined);
  return last === undefined ? null : (matchLogged(`${last.errorCode ?? ''} ${last.errorMessage ?? ''}`)?.id ?? null);
}

/** The entry for an error code or message of the log. */
export const matchLogged = (text: string): LoggedError | undefined =>
  loggedErrors.find((entry) => entry.fragments.some((fragment) => text.toLowerCase().includes(fragment)));
