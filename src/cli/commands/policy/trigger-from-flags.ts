/** A planned mapping from flags with ARNs: nothing is read from AWS. */
import { defaultLogGroup } from '../../../aws/function-arn.js';
import { isServerlessId, parseEventSource } from '../../../aws/event-source.js';
import { parseArn } from '../../../aws/arn.js';
import { authNames, isScramSecret, type AuthMethod } from '../../../aws/msk.js';
import type { ClusterIdentity } from '../../../access/kafka-arn.js';
import type { PolicySubject } from '../../../access/policy-subject.js';
import type { Audience } from '../../../access/policies/audience.js';
import { plannedNames, type PlannedMappingOptions } from './options.js';
import { UsageError } from '../../../errors.js';

type Flag = 'cluster' | 'topic' | 'function' | 'role' | 'secret';

/** What each policy needs. */
const needs: Record<Audience, readonly Flag[]> = {
  role: ['cluster', 'topic', 'function'],
  creator: ['cluster', 'function'],
  invoker: ['function'],
  doctor: [],
  probe: ['cluster', 'topic', 'function'],
  secret: ['secret', 'role'],
  key: ['role'],
  cluster: ['cluster', 'topic', 'function'],
  'lambda-endpoint': ['function'],
  'sts-endpoint': ['role'],
  'secretsmanager-endpoint': ['secret', 'role'],
  acls: ['topic'],
};

export const namesPlannedMapping = (options: PlannedMappingOptions): boolean =>
  plannedNames.some((flag) => options[flag] !== undefined);

/** `note` receives a sentence about each assumption. Throws `UsageError` for what is missing or not an ARN. */
export function triggerFromFlags(
  audience: Audience,
  options: PlannedMappingOptions,
  note: (sentence: string) => void,
): PolicySubject {
  const missing = needs[audience].filter((flag) => options[flag] === undefined);
  if (missing.length > 0)
    throw new UsageError(
      `--for ${audience} requires ${missing.map((flag) => `--${flag}`).join(', ')}`,
      'Or give an existing mapping, function or cluster.',
    );
  const cluster = clusterOf(options.cluster);
  const functionArn = arnOf('function', 'lambda', options.function) ?? '';
  const secretArn = arnOf('secret', 'secretsmanager', options.secret);
  const auth = options.auth ?? assumedAuth(secretArn, options.cluster);
  // Without it the policy would be too small, without any sign of it.
  const flag =
    auth === 'scram' || auth === 'mtls' ? `--auth ${auth}` : options.kmsKey === undefined ? null : '--kms-key';
  if (audience === 'role' && secretArn === null && flag !== null)
    throw new UsageError(`with ${flag}, --for role requires --secret: the role must be allowed to read it`);
  if (options.auth === undefined && /^(role|cluster|acls)$/.test(audience))
    note(`assuming ${authAtStart(auth)}; use --auth for another method.`);
  if (auth === 'iam' && options.consumerGroup === undefined && /^(role|cluster)$/.test(audience))
    note(
      'the UUID of a planned mapping, its default consumer group, is not known: the policy allows every consumer group of the cluster. Use --consumer-group for an exact one.',
    );
  return {
    functionArn,
    logGroup: defaultLogGroup(functionArn),
    roleArn: arnOf('role', 'iam', options.role),
    cluster: cluster.identity,
    connectionArn: cluster.connectionArn,
    interfaces: { subnets: [], securityGroups: [] },
    topic: options.topic ?? '',
    group: options.consumerGroup ?? '*',
    auth,
    secretArn,
    keyArn: arnOf('kms-key', 'kms', options.kmsKey),
    destination: destinationOf(options.onFailure),
    destinationOwner: null,
    destinationKeyArn: null,
    registry: arnOf('schema-registry', 'glue', options.schemaRegistry) ?? '',
    registrySecrets: [],
    principal: options.principal ?? (auth === 'tls' || auth === 'plaintext' ? 'User:ANONYMOUS' : null),
    broker: null,
  };
}

function arnOf(flag: string, service: string, value: string | undefined): string | null {
  if (value === undefined) return null;
  const arn = parseArn(value);
  if (arn?.service !== service || arn.resource === '')
    throw new UsageError(
      `--${flag} must be an ARN of ${service}, not “${value}”`,
      'Names require AWS access: give an existing mapping instead.',
    );
  return value;
}

/** AWS: on-failure destinations of Kafka mappings. */
export function destinationOf(value = ''): string {
  if (value === '' || /^(arn:[^:]+:(sqs|sns|s3):.*:[^:]+$|kafka:\/\/.)/.test(value)) return value;
  throw new UsageError(
    `--on-failure must be the ARN of an SQS queue, SNS topic or S3 bucket, or kafka://TOPIC, not “${value}”`,
  );
}

function clusterOf(arn: string | undefined): { identity: ClusterIdentity; connectionArn: string | null } {
  if (arn === undefined)
    return { identity: { partition: 'aws', region: '', account: '', name: '', uuid: '*' }, connectionArn: null };
  const source = parseEventSource(arn);
  if (source === null)
    throw new UsageError(`--cluster must be the ARN of an MSK cluster or VPC connection, not “${arn}”`);
  const { partition, region, clusterAccount: account, clusterName: name, clusterUuid } = source;
  const crossAccount = source.kind === 'vpc-connection';
  return {
    identity: { partition, region, account, name, uuid: crossAccount ? '*' : clusterUuid },
    connectionArn: crossAccount ? arn : null,
  };
}

/** MSK accepts secrets with this name prefix only for SASL/SCRAM. Serverless clusters have IAM only. */
function assumedAuth(secretArn: string | null, cluster = ''): PolicySubject['auth'] {
  if (secretArn === null || isServerlessId(cluster)) return 'iam';
  return isScramSecret(secretArn) ? 'scram' : 'mtls';
}

/** The name of a method at the beginning of a sentence. */
const authAtStart = (auth: AuthMethod): string =>
  auth === 'iam' ? 'IAM authentication' : authNames[auth].charAt(0).toUpperCase() + authNames[auth].slice(1);
