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
    because: 'Lambda cannot assume the execution role, so the pollers have no credentials',
  },
  { check: 'network.endpoint-policy', because: 'the policy of the STS endpoint does not allow sts:AssumeRole' },
  { check: 'function.state', because: 'the function does not exist or has failed, so its role cannot be assumed' },
];

/** The same, where the list already has the causes in the network. */
const roleItself = assumeRole.filter(({ check }) => check !== 'network.endpoint-policy');

const secretRights: readonly ExplainedCause[] = [
  { check: 'secret.exists', because: 'the secret was deleted or does not exist' },
  { check: 'access.secret', because: 'the execution role may not read the secret' },
  { check: 'access.kms', because: 'the execution role may not decrypt the secret' },
  { check: 'secret.kms', because: 'Lambda cannot read the secret if its KMS key is not usable' },
];

export const errorTexts: readonly ErrorText[] = [
  {
    id: 'vpc-cannot-reach-aws',
    fragments: ['your vpc must be able to connect to', 'event source vpc must be able to connect to'],
    text: 'Connection error. Your VPC must be able to connect to Lambda and STS, as well as Secrets Manager if authentication is required. You can provide access by configuring PrivateLink or a NAT Gateway.',
    meaning:
      'The pollers run in the cluster’s subnets and cannot reach an AWS service from there: STS to assume the execution role, Lambda to invoke the function, Secrets Manager for the secret, or the on-failure destination.',
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
    meaning: 'The pollers assumed the execution role, and AWS denied an API call that they made with it.',
    causes: [
      {
        check: 'access.network-interfaces',
        because: 'the execution role may not describe the VPC or create network interfaces',
      },
      {
        check: 'access.msk-api',
        because: 'the execution role may not describe the cluster or get its bootstrap brokers',
      },
      { check: 'access.trust', because: 'Lambda cannot assume the execution role' },
      ...secretRights,
    ],
    remedy: waitForRights,
  },
  {
    id: 'cluster-failed-to-authorize',
    fragments: ['cluster failed to authorize lambda'],
    text: 'Cluster failed to authorize Lambda.',
    meaning:
      'The pollers reached the brokers and logged in, but the cluster denied access to the topic or the consumer group. With IAM authentication, the execution role lacks a kafka-cluster permission; with any other authentication, Kafka ACLs deny access.',
    causes: [
      { check: 'access.kafka-connect', because: 'the execution role may not connect to the cluster' },
      { check: 'access.kafka-topic', because: 'the execution role may not read the topic' },
      { check: 'access.kafka-group', because: 'the execution role may not use the mapping’s consumer group' },
      {
        check: 'cluster.acl',
        because: 'without IAM authentication, Kafka ACLs deny access to the principal',
      },
      { check: 'cluster.policy', because: 'the cluster policy does not allow this account' },
      {
        check: 'access.destination',
        because: 'the principal may not write to the destination topic',
        ofKafkaDestination: true,
      },
      { check: 'access.trust', because: 'Lambda cannot assume the execution role' },
      { check: 'cluster.topic', because: 'brokers can answer “not authorized” for a topic that does not exist' },
    ],
  },
  {
    id: 'sasl-authentication-failed',
    fragments: ['sasl authentication failed'],
    text: 'SASL authentication failed.',
    meaning: 'The pollers reached a broker, and the broker rejected the login with IAM or SASL/SCRAM.',
    causes: [
      {
        check: 'access.kafka-connect',
        because: 'with IAM authentication, Lambda needs kafka-cluster:Connect on the cluster to log in',
      },
      { check: 'secret.scram', because: 'Lambda can log in only with a user name and password that the brokers know' },
      {
        check: 'secret.name-prefix',
        because:
          'MSK associates only secrets whose name begins with AmazonMSK_, and the brokers know only users from associated secrets',
      },
      {
        check: 'secret.kms',
        because:
          'MSK does not associate a secret that is encrypted with the AWS managed key, and the brokers know only users from associated secrets',
      },
      {
        check: 'secret.association',
        because: 'the brokers know only users from secrets that are associated with the cluster',
      },
      ...secretRights.filter(({ check }) => check !== 'secret.kms'),
      { check: 'mapping.source-access', because: 'the mapping’s authentication does not match the cluster' },
      { check: 'cluster.auth', because: 'the authentication that Lambda uses is not enabled in the cluster' },
      { check: 'cluster.policy', because: 'the cluster policy does not allow this account' },
      { check: 'access.trust', because: 'Lambda cannot assume the execution role' },
      { check: 'cluster.health', because: 'a broker that has reached its connection limit rejects logins' },
    ],
  },
  {
    id: 'server-failed-to-authenticate-lambda',
    fragments: ['server failed to authenticate lambda'],
    text: 'Server failed to authenticate Lambda.',
    meaning: 'The TLS handshake failed: the broker did not accept the pollers’ client certificate, or received none.',
    causes: [
      {
        check: 'mapping.source-access',
        because: 'the cluster requires a client certificate, and the mapping has no secret with one',
      },
      { check: 'cluster.auth', because: 'mutual TLS is not enabled in the cluster' },
      {
        check: 'secret.certificate',
        because: 'the brokers accept only valid certificates from a certificate authority that the cluster trusts',
      },
      { check: 'secret.private-key', because: 'the TLS handshake fails without the private key of the certificate' },
      ...secretRights,
    ],
  },
  {
    id: 'lambda-failed-to-authenticate-server',
    fragments: ['lambda failed to authenticate server'],
    text: 'Lambda failed to authenticate server.',
    meaning:
      'The pollers did not accept the broker’s certificate. MSK brokers have certificates of Amazon Trust Services; a proxy in between or another host name presents a different certificate.',
    causes: [{ check: 'cluster.broker', because: 'the bootstrap address is not a name in the broker’s certificate' }],
  },
  {
    id: 'invalid-certificate-or-key',
    fragments: ['provided certificate or private key is invalid', 'private key must be in pem format'],
    text: 'Provided certificate or private key is invalid.',
    meaning: 'The pollers read the secret, but its certificate or private key is not usable.',
    causes: [
      {
        check: 'secret.private-key',
        because:
          'Lambda accepts only PKCS#8 private keys that match the certificate, unencrypted or encrypted with PBES1',
      },
      { check: 'secret.certificate', because: 'Lambda accepts only PEM certificates, with the chain in order' },
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
    meaning: 'STS did not allow Lambda to assume the execution role. The pollers need it before anything else.',
    causes: assumeRole,
    remedy: waitForRights,
  },
  {
    id: 'cannot-access-secret',
    fragments: ['cannot access secret manager value'],
    text: 'Cannot access secret manager value. Please ensure the role can perform the secretsmanager:GetSecretValue action.',
    meaning: 'Lambda could not read the secret with the permissions of the execution role.',
    causes: [
      ...secretRights,
      { check: 'mapping.source-access', because: 'the mapping does not name the secret by its complete ARN' },
      { check: 'secret.scram', because: 'the secret may be empty' },
      { check: 'secret.certificate', because: 'the secret may be empty' },
    ],
    remedy: waitForRights,
  },
  {
    id: 'no-security-groups',
    fragments: ['cluster does not have security groups'],
    text: 'MSK cluster does not have security groups associated with it.',
    meaning: 'The pollers use the cluster’s security groups, and the cluster has none.',
    causes: [
      { check: 'network.broker-ingress', because: 'without security groups, no rule allows the pollers' },
      { check: 'cluster.state', because: 'a cluster that is not active may have no security groups' },
    ],
  },
  {
    id: 'brokers-not-resolved',
    fragments: ['kafka broker endpoints cannot be resolved'],
    text: 'The provided Kafka broker endpoints cannot be resolved.',
    meaning: 'The host names of the brokers do not resolve.',
    causes: [
      { check: 'network.vpc-dns', because: 'DNS is disabled in the VPC' },
      { check: 'cluster.state', because: 'the cluster was deleted, and its host names with it' },
    ],
  },
  {
    id: 'connection-error',
    fragments: ['check your event source connection configuration', 'problem: connection error.'],
    whole: ['connection error'],
    text: 'Connection error. Please check your event source connection configuration.',
    meaning:
      'The pollers have credentials but could not connect to a broker: the network blocks them, the authentication is wrong, or the cluster does not respond.',
    causes: [...connectionCauses, ...secretRights, ...roleItself],
  },
  {
    id: 'function-call-failed',
    fragments: ['function call failed'],
    text: 'Function call failed',
    meaning: 'Polling works, but the function failed, and Lambda retries the batch.',
    causes: [
      { check: 'function.state', because: 'the function does not exist or cannot run' },
      { check: 'function.tenancy', because: 'an event source mapping cannot invoke a function with tenant isolation' },
      { check: 'function.concurrency', because: 'the function has no concurrency left' },
      { check: 'function.errors', because: 'the function returns errors or is throttled' },
      {
        check: 'function.timeout',
        because: 'an invocation that takes longer than the mapping waits can be retried while it still runs',
      },
    ],
  },
  {
    id: 'internal-error',
    fragments: ['lambda internal error', 'internal lambda error'],
    text: 'Lambda internal error. Please contact Lambda customer support.',
    meaning: 'Lambda reports an internal error. Known case: no authentication of the mapping matches the cluster.',
    causes: [
      {
        check: 'mapping.source-access',
        because: 'known case: the mapping has no secret, but the cluster requires one',
      },
      {
        check: 'cluster.auth',
        because: 'known case: the authentication that Lambda uses is not enabled in the cluster',
      },
      ...connectionCauses.filter((cause) => cause.check !== 'cluster.auth' && cause.check !== 'mapping.source-access'),
    ],
  },
];
