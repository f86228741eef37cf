/** The texts that Lambda shows for a Kafka event source mapping, the most specific first. */
import { connectionCauses, networkPathCauses } from './connection-causes.js';
import { waitForRights, type ExplainedCause, type KnownText } from './known-text.js';

export interface ErrorText extends KnownText {
  id: ErrorTextId;
}

export const errorTextIds = [
  'vpc-cannot-reach-aws',
  'not-enough-permission',
  'cluster-failed-to-authorize',
  'sasl-authentication-failed',
  'server-failed-to-authenticate-lambda',
  'lambda-failed-to-authenticate-server',
  'invalid-certificate-or-key',
  'cannot-assume-role',
  'cannot-access-secret',
  'no-security-groups',
  'brokers-not-resolved',
  'connection-error',
  'function-call-failed',
  'internal-error',
] as const;
export type ErrorTextId = (typeof errorTextIds)[number];

const assumeRole: readonly ExplainedCause[] = [
  {
    check: 'access.trust',
    because: 'the role does not let lambda.amazonaws.com assume it, so the pollers get no credentials',
  },
  { check: 'network.endpoint-policy', because: 'the policy of the STS endpoint does not let sts:AssumeRole pass' },
  { check: 'function.state', because: 'a function that is gone or failed has no role that could be assumed' },
];

/** The same, where the list already has the causes in the network. */
const roleItself = assumeRole.filter(({ check }) => check !== 'network.endpoint-policy');

const secretRights: readonly ExplainedCause[] = [
  { check: 'secret.exists', because: 'there is no secret to log in with' },
  { check: 'access.secret', because: 'the execution role may not read the secret' },
  { check: 'access.kms', because: 'the execution role may not decrypt the secret' },
  { check: 'secret.kms', because: 'the secret’s key is gone or disabled, and decrypts nothing' },
];

export const errorTexts: readonly ErrorText[] = [
  {
    id: 'vpc-cannot-reach-aws',
    fragments: ['your vpc must be able to connect to', 'event source vpc must be able to connect to'],
    text: 'Connection error. Your VPC must be able to connect to Lambda and STS, as well as Secrets Manager if authentication is required. You can provide access by configuring PrivateLink or a NAT Gateway.',
    meaning:
      'The pollers stand in the cluster’s subnets and cannot call an AWS service from there: STS for the role, Lambda for the function, Secrets Manager for the secret, or the on-failure destination.',
    causes: [...networkPathCauses, ...roleItself, ...secretRights],
  },
  {
    id: 'not-enough-permission',
    fragments: [
      'enough permission to process your event source',
      'execution role does not have permissions to call',
      'customer role does not have permissions to call',
    ],
    text: 'Lambda does not have enough permission to process your event source. Please add the named permission to the role.',
    meaning: 'The pollers assumed the execution role, and a control-plane call that they make with it was refused.',
    causes: [
      {
        check: 'access.network-interfaces',
        because: 'the execution role may not look at the VPC or make network interfaces in it',
      },
      { check: 'access.msk-api', because: 'the execution role may not ask MSK for the cluster and its brokers' },
      { check: 'access.trust', because: 'the role is not Lambda’s to use' },
      ...secretRights,
    ],
    remedy: waitForRights,
  },
  {
    id: 'cluster-failed-to-authorize',
    fragments: ['cluster failed to authorize lambda'],
    text: 'Cluster failed to authorize Lambda.',
    meaning:
      'The pollers reached the brokers and logged in; then the cluster refused them the topic or the consumer group. With IAM that is a right of the execution role, with every other authentication a Kafka ACL.',
    causes: [
      { check: 'access.kafka-connect', because: 'the execution role may not connect to the cluster' },
      { check: 'access.kafka-topic', because: 'the execution role may not read the topic' },
      { check: 'access.kafka-group', because: 'the execution role may not use the mapping’s consumer group' },
      {
        check: 'cluster.acl',
        because: 'without IAM authentication this text means that Kafka’s own ACLs refuse the principal',
      },
      { check: 'cluster.policy', because: 'the cluster’s policy does not let this account in' },
      {
        check: 'access.destination',
        because: 'the principal may not write to the on-failure topic',
        ofKafkaDestination: true,
      },
      { check: 'access.trust', because: 'the role is not Lambda’s to use' },
      { check: 'cluster.topic', because: 'a topic that is not there can be answered as one that is not allowed' },
    ],
  },
  {
    id: 'sasl-authentication-failed',
    fragments: ['sasl authentication failed'],
    text: 'SASL authentication failed.',
    meaning: 'The pollers reached a broker, and the login by IAM or SCRAM was refused.',
    causes: [
      {
        check: 'access.kafka-connect',
        because: 'with IAM the login itself asks kafka-cluster:Connect of the execution role',
      },
      { check: 'secret.scram', because: 'the secret does not hold the user name and password that the brokers know' },
      {
        check: 'secret.name-prefix',
        because: 'a secret without the prefix AmazonMSK_ cannot be associated with the cluster',
      },
      { check: 'secret.kms', because: 'a secret under the default key cannot be associated with the cluster' },
      {
        check: 'secret.association',
        because: 'the brokers learn a user only from a secret that is associated with the cluster',
      },
      ...secretRights.filter(({ check }) => check !== 'secret.kms'),
      { check: 'mapping.source-access', because: 'the mapping’s authentication does not fit the cluster' },
      { check: 'cluster.auth', because: 'the brokers do not offer the login that Lambda picks' },
      { check: 'cluster.policy', because: 'the cluster’s policy does not let this account in' },
      { check: 'access.trust', because: 'the role is not Lambda’s to use' },
      { check: 'cluster.health', because: 'a broker out of connections refuses logins' },
    ],
  },
  {
    id: 'server-failed-to-authenticate-lambda',
    fragments: ['server failed to authenticate lambda'],
    text: 'Server failed to authenticate Lambda.',
    meaning:
      'The TLS handshake with a broker failed because the broker did not accept the pollers’ client certificate, or got none.',
    causes: [
      {
        check: 'mapping.source-access',
        because: 'the cluster asks for a client certificate and the mapping names none',
      },
      { check: 'cluster.auth', because: 'the cluster is not set up for mutual TLS' },
      {
        check: 'secret.certificate',
        because: 'the broker cannot follow the chain to a certificate authority it trusts',
      },
      { check: 'secret.private-key', because: 'the key does not belong to the certificate' },
      ...secretRights,
    ],
  },
  {
    id: 'lambda-failed-to-authenticate-server',
    fragments: ['lambda failed to authenticate server'],
    text: 'Lambda failed to authenticate server.',
    meaning:
      'The pollers did not accept the broker’s certificate. MSK’s own are public: something between them, or another name, shows a certificate of its own.',
    causes: [{ check: 'cluster.broker', because: 'the address is not one that the broker’s certificate names' }],
  },
  {
    id: 'invalid-certificate-or-key',
    fragments: ['provided certificate or private key is invalid', 'private key must be in pem format'],
    text: 'Provided certificate or private key is invalid.',
    meaning: 'The pollers read the secret and could not make a client certificate of it.',
    causes: [
      {
        check: 'secret.private-key',
        because: 'the private key is not PKCS#8, its encryption is not supported, or its password does not open it',
      },
      { check: 'secret.certificate', because: 'the certificate is not PEM, or its chain is not in order' },
      { check: 'secret.size', because: 'the secret is too large' },
      ...secretRights,
    ],
  },
  {
    id: 'cannot-assume-role',
    fragments: [
      'failed to assume your function execution role',
      'cannot be assumed by lambda',
      'add lambda as a trusted entity',
    ],
    text: 'Lambda failed to assume your function execution role. Please check if the role trust Lambda service principal, and make sure it does not require setting source identity to be assumed.',
    meaning: 'The first thing the pollers do is to assume the execution role at STS, and that was refused.',
    causes: assumeRole,
    remedy: waitForRights,
  },
  {
    id: 'cannot-access-secret',
    fragments: ['cannot access secret manager value'],
    text: 'Cannot access secret manager value. Please ensure the role can perform the secretsmanager:GetSecretValue action.',
    meaning: 'Lambda could not read the secret with the execution role’s rights.',
    causes: [
      ...secretRights,
      { check: 'mapping.source-access', because: 'the secret’s ARN is not whole' },
      { check: 'secret.scram', because: 'the secret may have no content that could be read' },
      { check: 'secret.certificate', because: 'the secret may have no content that could be read' },
    ],
    remedy: waitForRights,
  },
  {
    id: 'no-security-groups',
    fragments: ['cluster does not have security groups'],
    text: 'MSK cluster does not have security groups associated with it.',
    meaning: 'The pollers take the cluster’s security groups for their own and found none.',
    causes: [
      { check: 'network.broker-ingress', because: 'without groups nothing lets the pollers in' },
      { check: 'cluster.state', because: 'a cluster that is not whole shows no groups' },
    ],
  },
  {
    id: 'brokers-not-resolved',
    fragments: ['kafka broker endpoints cannot be resolved'],
    text: 'The provided Kafka broker endpoints cannot be resolved.',
    meaning: 'The brokers’ names do not lead to an address.',
    causes: [
      { check: 'network.vpc-dns', because: 'the VPC’s DNS is off' },
      { check: 'cluster.state', because: 'the cluster’s names are gone with it' },
    ],
  },
  {
    id: 'connection-error',
    fragments: ['check your event source connection configuration', 'problem: connection error.'],
    whole: ['connection error'],
    text: 'Connection error. Please check your event source connection configuration.',
    meaning:
      'The pollers have credentials but could not complete a conversation with a broker: a network that does not let them through, a wrong way in, or a cluster that does not serve.',
    causes: [...connectionCauses, ...secretRights, ...roleItself],
  },
  {
    id: 'function-call-failed',
    fragments: ['function call failed'],
    text: 'Function call failed',
    meaning: 'Polling works; the call of the function did not end well, and the batch is tried again.',
    causes: [
      { check: 'function.state', because: 'the function is gone or cannot run' },
      { check: 'function.tenancy', because: 'a function with tenant isolation cannot be invoked by a mapping' },
      { check: 'function.concurrency', because: 'nothing is left for the function to run on' },
      { check: 'function.errors', because: 'the function’s own calls end in errors or are throttled' },
      {
        check: 'function.timeout',
        because: 'a call longer than the mapping waits may be tried again while it still runs',
      },
    ],
  },
  {
    id: 'internal-error',
    fragments: ['lambda internal error', 'internal lambda error'],
    text: 'Lambda internal error. Please contact Lambda customer support.',
    meaning: 'Lambda met a fault it has no words for. It has been seen where no authentication fits the cluster.',
    causes: [
      {
        check: 'mapping.source-access',
        because: 'it has been shown where the mapping named no secret on a cluster that asks for one',
      },
      { check: 'cluster.auth', because: 'it has been shown where the login that Lambda picks is not offered' },
      ...connectionCauses.filter((cause) => cause.check !== 'cluster.auth' && cause.check !== 'mapping.source-access'),
    ],
  },
];
