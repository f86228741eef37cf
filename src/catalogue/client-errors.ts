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
  'A client proves something about the mapping only where it uses the mapping’s port, principal, topic and consumer group. The port and the brokers: `msk-lambda broker CLUSTER`.';

export const clientErrors: readonly KnownText[] = [
  {
    id: 'client-too-many-connects',
    // The broker's answer to an IAM login.
    fragments: [']: too many connects'],
    text: '[ID]: Too many connects',
    meaning: `The broker refused a login by IAM because there are too many new connections per second. A broker takes ${usualConnectionsPerSecond} new IAM connections per second, a ${smallest} broker only ${iamConnectionsPerSecond(smallest)}. Permissions are not checked at this point.`,
    causes: [
      {
        check: 'cluster.health',
        because: `clients open more IAM connections per second than the broker’s instance type takes: ${iamConnectionsPerSecond(smallest)} for ${smallest}, ${usualConnectionsPerSecond} for others`,
      },
    ],
    remedy: `Let clients keep their connections and reconnect with growing pauses (reconnect.backoff.ms of 1000 or more, fewer clients at once), or move the brokers from ${smallest} to a larger instance type. See the metrics ConnectionCreationRate and ConnectionCount of each broker.`,
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
      'The broker checked a login by IAM and refused it: the principal may not connect to the cluster, or its signature is not valid. In the pollers’ log the principal is the execution role; in the output of your own client it is that client’s role or user.',
    causes: [
      { check: 'access.kafka-connect', because: 'the execution role lacks kafka-cluster:Connect on the cluster' },
      { check: 'cluster.policy', because: 'from another account, the cluster’s policy must allow the connection too' },
      { check: 'access.trust', because: 'Lambda cannot get credentials of the role' },
    ],
    remedy:
      'Allow kafka-cluster:Connect on the cluster’s ARN to the principal of the client (`aws sts get-caller-identity` shows it). A wrong clock or an expired session gives the same answer.',
  },
  {
    id: 'client-no-credentials',
    fragments: ['failed to find aws iam credentials', ['kafka', 'unable to load aws credentials from any provider']],
    text: 'Failed to find AWS IAM Credentials',
    meaning: 'Your own Kafka client has no AWS credentials to log in with. It says nothing about the mapping.',
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
      'The broker knows no such user, or the password is another. The brokers learn users only from secrets that are associated with the cluster.',
    causes: [
      { check: 'secret.scram', because: 'the secret does not hold the user name and password that the brokers know' },
      { check: 'secret.association', because: 'the secret is not associated with the cluster' },
      { check: 'secret.kms', because: 'a secret under the default key cannot be associated with the cluster' },
      { check: 'secret.name-prefix', because: 'a secret without the prefix AmazonMSK_ cannot be associated' },
    ],
    remedy:
      'Compare the client’s user name with the secret’s, and check the association: `aws kafka list-scram-secrets --cluster-arn ARN`.',
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
      'The client asked for a login that the listener on this port does not offer. MSK offers IAM on port 9098 and SCRAM-SHA-512 on port 9096; it has no PLAIN and no SCRAM-SHA-256.',
    causes: [
      { check: 'cluster.auth', because: 'the authentication is not on in the cluster' },
      { check: 'mapping.source-access', because: 'the mapping’s authentication does not fit the cluster' },
    ],
    remedy: samePrincipal,
  },
  {
    id: 'client-no-login',
    fragments: ['IllegalSaslState', 'ILLEGAL_SASL_STATE', ['unexpected kafka request of type', 'sasl handshake']],
    text: 'IllegalSaslStateException: Unexpected Kafka request of type METADATA during SASL handshake.',
    meaning: 'The client sent requests without a login to a port that asks for one, 9096 or 9098.',
    causes: [
      { check: 'mapping.source-access', because: 'the mapping names no secret for a cluster that asks for one' },
      { check: 'cluster.auth', because: 'the login that Lambda picks is not the one of this port' },
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
      'Client and broker speak different protocols on this port: one speaks TLS and the other does not, or the client sends no login. The huge size is the first bytes of a TLS record taken for a length. MSK: 9092 is plaintext, 9094 is TLS, 9096 is SCRAM and 9098 is IAM, both over TLS.',
    causes: [
      { check: 'cluster.auth', because: 'the login that Lambda picks is not the one of this port' },
      { check: 'mapping.source-access', because: 'the mapping’s authentication does not fit the cluster' },
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
      'The broker ended the TLS handshake with an alert: it did not accept the client’s certificate, or got none. bad_certificate, certificate_required: none was sent or it cannot be read; unknown_ca: the cluster does not trust its authority; certificate_expired; handshake_failure: no common method.',
    causes: causesOf('server-failed-to-authenticate-lambda'),
    remedy: `The certificate must come from a private CA of the cluster’s list (Tls.CertificateAuthorityArnList). ${samePrincipal}`,
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
      'The client did not accept the broker’s certificate. MSK’s brokers have certificates of Amazon Trust Services: the client’s trust store is too old or is not the one meant, the address is not the broker’s own name, or something between them shows a certificate of its own.',
    causes: causesOf('lambda-failed-to-authenticate-server'),
    remedy:
      'Use the client’s default trust store and the bootstrap addresses as MSK gives them, without an alias or an IP address: `msk-lambda broker CLUSTER`.',
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
      'A producer with transactions may not use its transactional id. A mapping reads and has no transactional id: this is a producer’s problem, not the mapping’s.',
    causes: [],
    remedy:
      'Allow the producer kafka-cluster:DescribeTransactionalId and kafka-cluster:AlterTransactionalId on the transactional id, and kafka-cluster:WriteDataIdempotently on the cluster; without IAM the ACLs Describe and Write on the transactional id.',
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
      'A partition of the topic has no leader at the moment. For a topic that was just created, and while a broker restarts, that is normal for some seconds; clients and pollers try again.',
    causes: [
      { check: 'cluster.health', because: 'partitions stay offline where a broker or its disk fails' },
      { check: 'cluster.state', because: 'brokers restart one after another while MSK maintains the cluster' },
      { check: 'cluster.topic', because: 'the topic was only just created' },
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
      'The broker that coordinates the consumer group is not ready or has changed. Clients and pollers try again; where it stays, a broker fails.',
    causes: [
      { check: 'cluster.health', because: 'partitions of the group’s own topic are offline or too few' },
      { check: 'cluster.state', because: 'brokers restart one after another while MSK maintains the cluster' },
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
      'The brokers’ names do not resolve where the client runs. The names of MSK resolve everywhere; a resolver that blocks private addresses, or a cluster that was deleted, gives this.',
    causes: [
      { check: 'network.vpc-dns', because: 'the VPC’s DNS is off' },
      { check: 'cluster.state', because: 'the names of a deleted cluster are gone' },
      { check: 'cluster.broker', because: 'the address is not the one that MSK gives' },
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
      'The client found no broker that answers: no connection, or one that the broker closes at once. This is a Kafka client’s message, not Lambda’s text “Connection error.”',
    causes: connectionCauses,
    remedy: `First see whether the port answers from the cluster’s VPC (\`nc -vz BROKER 9098\`). A connection that opens and closes at once is the wrong protocol or login for the port. ${samePrincipal}`,
  },
];
