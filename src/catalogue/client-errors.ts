/**
 * What Kafka clients report and the pollers' log does not: Lambda's own text advises to try a client. Wordings of
 * the Java client and aws-msk-iam-auth, librdkafka (confluent-kafka), sarama, franz-go, kafka-go, kafkajs, aiokafka
 * and kafka-python; the most specific first.
 */
import { iamConnectionsPerSecond, usualConnectionsPerSecond } from '../aws/limits.js';
import { connectionCauses } from './connection-causes.js';
import type { KnownText } from './known-text.js';
import { errorTexts, type ErrorTextId } from './texts.js';

const causesOf = (id: ErrorTextId) => errorTexts.find((entry) => entry.id === id)!.causes;
const smallest = 'kafka.t3.small';
const samePrincipal =
  'A client tests the mapping only if it uses the same port, principal, topic and consumer group. `msk-lambda broker CLUSTER` shows the port and the brokers.';

export const clientErrors: readonly KnownText[] = [
  {
    id: 'client-too-many-connects',
    // The broker's answer to an IAM login.
    fragments: [']: too many connects'],
    text: '[ID]: Too many connects',
    meaning: `The broker rejected an IAM login because of too many new connections per second. A broker accepts ${usualConnectionsPerSecond} new IAM connections per second, a ${smallest} broker only ${iamConnectionsPerSecond(smallest)}. The broker had not checked permissions yet.`,
    causes: [
      {
        check: 'cluster.health',
        because: `clients open more IAM connections per second than the broker type accepts: ${iamConnectionsPerSecond(smallest)} for ${smallest}, ${usualConnectionsPerSecond} for others`,
      },
    ],
    remedy: `Configure clients to keep their connections and to reconnect with a backoff (reconnect.backoff.ms of 1000 or more, fewer clients at once), or change the brokers from ${smallest} to a larger type. Check the metrics ConnectionCreationRate and ConnectionCount of each broker.`,
  },
  {
    id: 'client-iam-denied',
    fragments: [
      ['sasl', ']: access denied'],
      ['authenticat', ']: access denied'],
      ['AWS_MSK_IAM', ']: access denied'],
    ],
    text: 'Authentication by AWS_MSK_IAM failed: [ID]: Access denied',
    meaning:
      'The broker denied an IAM login: the principal may not connect to the cluster, or its signature is not valid. In the pollers’ log, the principal is the execution role; in the output of your own client, it is the role or user of that client.',
    causes: [
      { check: 'access.kafka-connect', because: 'the execution role lacks kafka-cluster:Connect on the cluster' },
      { check: 'cluster.policy', because: 'from another account, the cluster policy must allow the connection too' },
      { check: 'access.trust', because: 'Lambda cannot assume the execution role' },
    ],
    remedy:
      'Allow kafka-cluster:Connect on the cluster’s ARN for the principal of the client (`aws sts get-caller-identity` shows it). A wrong clock or an expired session causes the same error.',
  },
  {
    id: 'client-no-credentials',
    fragments: ['failed to find aws iam credentials', ['kafka', 'unable to load aws credentials from any provider']],
    text: 'Failed to find AWS IAM Credentials',
    meaning: 'Your own Kafka client has no AWS credentials. The error is not about the mapping.',
    causes: [],
    remedy: 'Give the client a role or a profile (awsProfileName, awsRoleArn, or the instance’s role), and try again.',
  },
  {
    id: 'client-scram-credentials',
    // The broker's words, which every client's message about SASL/SCRAM contains.
    fragments: [
      'due to invalid credentials with sasl mechanism',
      ['kafkajs', 'SCRAM', 'authentication failed'],
      ['invalid credentials with', 'SCRAM-SHA-512'],
    ],
    text: 'Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-512',
    meaning:
      'The broker does not know the user, or the password is wrong. The brokers know only users from secrets that are associated with the cluster.',
    causes: [
      { check: 'secret.scram', because: 'the brokers do not know the user name and password in the secret' },
      { check: 'secret.association', because: 'the secret is not associated with the cluster' },
      { check: 'secret.kms', because: 'MSK does not associate a secret that is encrypted with the AWS managed key' },
      { check: 'secret.name-prefix', because: 'MSK associates only secrets whose name begins with AmazonMSK_' },
    ],
    remedy:
      'Compare the user name of the client with the secret, and check the association: `aws kafka list-scram-secrets --cluster-arn ARN`.',
  },
  {
    id: 'client-unsupported-mechanism',
    fragments: [
      'UnsupportedSaslMechanism',
      'UNSUPPORTED_SASL_MECHANISM',
      'Unsupported SASL mechanism',
      'not enabled in the server, enabled mechanisms are',
      'mechanism is not supported by the server',
      'does not support the requested SASL mechanism',
    ],
    text: "UnsupportedSaslMechanismException: Client SASL mechanism 'PLAIN' not enabled in the server, enabled mechanisms are [AWS_MSK_IAM]",
    meaning:
      'The client uses an authentication method that this port does not support. MSK supports IAM on port 9098 and SCRAM-SHA-512 on port 9096, but neither PLAIN nor SCRAM-SHA-256.',
    causes: [
      { check: 'cluster.auth', because: 'the authentication method is not enabled in the cluster' },
      { check: 'mapping.source-access', because: 'the mapping’s authentication does not match the cluster' },
    ],
    remedy: samePrincipal,
  },
  {
    id: 'client-no-login',
    fragments: ['IllegalSaslState', 'ILLEGAL_SASL_STATE', ['unexpected kafka request of type', 'sasl handshake']],
    text: 'IllegalSaslStateException: Unexpected Kafka request of type METADATA during SASL handshake.',
    meaning: 'The client sent requests without authentication to a port that requires it (9096 or 9098).',
    causes: [
      { check: 'mapping.source-access', because: 'the mapping has no secret, but the cluster requires one' },
      { check: 'cluster.auth', because: 'Lambda uses another authentication method than this port' },
    ],
    remedy: `Set security.protocol=SASL_SSL and the mechanism in the client. ${samePrincipal}`,
  },
  {
    id: 'client-wrong-protocol',
    fragments: [
      'invalid receive (size =',
      'increase receive.message.max.bytes',
      ['message of length', 'too large or too small'],
      'invalid large response size',
      ['OutOfMemoryError', 'org.apache.kafka'],
      'might be caused by incorrect security.protocol',
      'connecting to a PLAINTEXT broker listener',
      'connecting to a SSL listener',
      ['kafka', 'first record does not look like a TLS handshake'],
      [':909', 'first record does not look like a TLS handshake'],
      ['kafka', 'unrecognized SSL message, plaintext connection'],
      [':909', 'wrong version number'],
      ['kafka', 'wrong version number'],
      'terminated during authentication. This may happen due to',
    ],
    text: 'InvalidReceiveException: Invalid receive (size = 352518912 larger than 104857600)',
    meaning:
      'Client and broker use different protocols on this port: only one of them uses TLS, or the client does not authenticate. The large size is the first bytes of a TLS record, read as a length. MSK ports: 9092 plaintext, 9094 TLS, 9096 SASL/SCRAM over TLS, 9098 IAM over TLS.',
    causes: [
      { check: 'cluster.auth', because: 'Lambda uses another authentication method than this port' },
      { check: 'mapping.source-access', because: 'the mapping’s authentication does not match the cluster' },
    ],
    remedy: `Set security.protocol to the port’s: PLAINTEXT, SSL or SASL_SSL. ${samePrincipal}`,
  },
  {
    id: 'client-certificate-refused',
    fragments: [
      'received fatal alert',
      'remote error: tls:',
      'sslv3 alert',
      'tlsv1 alert',
      'tlsv13 alert',
      'ssl alert number',
    ],
    text: 'Received fatal alert: bad_certificate',
    meaning:
      'The broker ended the TLS handshake with an alert: it did not accept the client certificate, or received none. bad_certificate and certificate_required: no certificate, or not readable; unknown_ca: the cluster does not trust its certificate authority; certificate_expired; handshake_failure: no common method.',
    causes: causesOf('server-failed-to-authenticate-lambda'),
    remedy: `The certificate must be issued by a private CA of the cluster (Tls.CertificateAuthorityArnList). ${samePrincipal}`,
  },
  {
    id: 'client-broker-untrusted',
    fragments: [
      'PKIX path building failed',
      'unable to find valid certification path',
      ['kafka', 'certificate verify failed'],
      [':909', 'certificate verify failed'],
      ['kafka', 'certificate signed by unknown authority'],
      [':909', 'certificate signed by unknown authority'],
      ['kafka', 'unable to get local issuer certificate'],
      ['kafka', 'no subject alternative'],
      ['kafka', "does not match certificate's altnames"],
    ],
    text: 'PKIX path building failed: unable to find valid certification path to requested target',
    meaning:
      'The client did not accept the broker’s certificate. MSK brokers have certificates of Amazon Trust Services. The client’s trust store is too old or the wrong one, the address is not the broker’s host name, or a proxy in between presents its own certificate.',
    causes: causesOf('lambda-failed-to-authenticate-server'),
    remedy:
      'Use the default trust store of the client and the bootstrap brokers that MSK returns, not an alias or IP address: `msk-lambda broker CLUSTER`.',
  },
  {
    id: 'client-transactional-id-authorization',
    fragments: [
      'TransactionalIdAuthorizationException',
      'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
      'transactional id authorization failed',
      'TransactionalIdAuthorizationFailed',
    ],
    text: 'TransactionalIdAuthorizationException: Transactional Id authorization failed.',
    meaning:
      'A producer with transactions may not use its transactional ID. Mappings have no transactional ID, so the error is about a producer.',
    causes: [],
    remedy:
      'Allow kafka-cluster:DescribeTransactionalId and kafka-cluster:AlterTransactionalId on the transactional ID, and kafka-cluster:WriteDataIdempotently on the cluster, for the producer. Without IAM, add ACLs for Describe and Write on the transactional ID.',
  },
  {
    id: 'client-leader-not-available',
    fragments: [
      'LeaderNotAvailable',
      'LEADER_NOT_AVAILABLE',
      'leader not available',
      'there is no leader for this topic-partition',
      'NotLeaderForPartition',
      'NOT_LEADER_FOR_PARTITION',
      'NotLeaderOrFollower',
      'NOT_LEADER_OR_FOLLOWER',
      'in the middle of a leadership election',
    ],
    text: 'LEADER_NOT_AVAILABLE: There is no leader for this topic-partition as we are in the middle of a leadership election.',
    meaning:
      'A partition of the topic has no leader at the moment. This is normal for a few seconds after a topic was created and while a broker restarts; clients and pollers retry.',
    causes: [
      { check: 'cluster.health', because: 'partitions stay offline if a broker or its disk fails' },
      { check: 'cluster.state', because: 'brokers restart one after another during maintenance' },
      { check: 'cluster.topic', because: 'the topic was created a moment ago' },
    ],
  },
  {
    id: 'client-coordinator-not-available',
    fragments: [
      'CoordinatorNotAvailable',
      'COORDINATOR_NOT_AVAILABLE',
      'coordinator not available',
      'coordinator is not available',
      'NOT_COORDINATOR',
      'NotCoordinatorException',
    ],
    text: 'CoordinatorNotAvailableException: The coordinator is not available.',
    meaning:
      'The broker that coordinates the consumer group is not ready or has changed. Clients and pollers retry. If the error persists, a broker has failed.',
    causes: [
      { check: 'cluster.health', because: 'partitions of the topic __consumer_offsets are offline or too few' },
      { check: 'cluster.state', because: 'brokers restart one after another during maintenance' },
    ],
  },
  {
    id: 'client-name-not-resolved',
    fragments: [
      'no resolvable bootstrap urls given',
      ['failed to resolve', ':909'],
      ['couldn’t resolve server', 'bootstrap.servers'],
      ['getaddrinfo', 'kafka'],
      ['lookup', 'kafka', 'no such host'],
      ['UnknownHostException', 'kafka'],
    ],
    text: 'ConfigException: No resolvable bootstrap urls given in bootstrap.servers',
    meaning:
      'The host names of the brokers do not resolve where the client runs. MSK host names resolve everywhere, unless a DNS resolver blocks private addresses or the cluster was deleted.',
    causes: [
      { check: 'network.vpc-dns', because: 'DNS is disabled in the VPC' },
      { check: 'cluster.state', because: 'the cluster was deleted, and its host names with it' },
      { check: 'cluster.broker', because: 'the address is not one of the bootstrap brokers that MSK returns' },
    ],
    remedy: samePrincipal,
  },
  {
    id: 'client-cannot-reach-brokers',
    fragments: [
      'timed out waiting for a node assignment',
      'not present in metadata after',
      'failed to update metadata after',
      ['bootstrap broker', 'disconnected'],
      ['connection to node', 'could not be established'],
      'broker transport failure',
      'all broker connections are down',
      'all brokers down',
      ['connection setup timed out in state connect', ':909'],
      'client has run out of available brokers',
      'NoBrokersAvailable',
      'unable to bootstrap from',
      ['dial tcp', ':909'],
      ['unable to dial', 'broker'],
      'KafkaJSConnectionError',
      'KafkaJSNumberOfRetriesExceeded',
      ['kafka', 'connection error:'],
      [':909', 'connection error:'],
    ],
    text: 'TimeoutException: Timed out waiting for a node assignment.',
    meaning:
      'No broker responded to the client: there is no connection, or the broker closes it immediately. This is a message of a Kafka client, not Lambda’s “Connection error.”',
    causes: connectionCauses,
    remedy: `First check that the port is reachable from the cluster’s VPC (\`nc -vz BROKER 9098\`). A connection that opens and closes immediately uses the wrong protocol or authentication for the port. ${samePrincipal}`,
  },
];
