/** The execution role that SAM generates for a function without a role. */
import { parseArn } from '../../aws/arn.js';
import { secretTypes } from '../../aws/msk.js';
import { lambdaPrincipal } from '../../aws/partitions.js';
import { isObject, type Json, type JsonObject } from '../resource.js';
import type { KafkaEvent } from './events.js';
import { templatePolicy } from './policy-templates.js';

const managed = (name: string): Json => ({ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${name}` });
const allow = (action: Json, resource: Json): JsonObject => ({ Effect: 'Allow', Action: action, Resource: resource });
const named = (name: string, ...statements: Json[]): JsonObject => ({
  PolicyName: name,
  PolicyDocument: { Version: '2012-10-17', Statement: statements },
});

/** Its managed policies, those of `Policies`, and what the function's Kafka events add. */
export function roleOf(
  logicalId: string,
  properties: JsonObject,
  events: readonly (KafkaEvent & { id: string })[],
): JsonObject {
  const policies = [properties['Policies'] ?? []].flat();
  const entries = policies.map((policy, index) => policyEntry(policy, `${logicalId}RolePolicy${index}`));
  const boundary = properties['PermissionsBoundary'];
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: properties['AssumeRolePolicyDocument'] ?? {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: [lambdaPrincipal] }, Action: ['sts:AssumeRole'] }],
      },
      ManagedPolicyArns: [
        managed(
          properties['DurableConfig'] === undefined
            ? 'service-role/AWSLambdaBasicExecutionRole'
            : 'service-role/AWSLambdaBasicDurableExecutionRolePolicy',
        ),
        ...(properties['VpcConfig'] === undefined ? [] : [managed('service-role/AWSLambdaVPCAccessExecutionRole')]),
        ...(events.some(({ kind }) => kind === 'MSK') ? [managed('service-role/AWSLambdaMSKExecutionRole')] : []),
        ...entries.flatMap((entry) => ('arn' in entry ? [entry.arn] : [])),
      ],
      Policies: [
        ...entries.flatMap((entry) => ('policy' in entry ? [entry.policy] : [])),
        ...events.flatMap(eventPolicies),
      ],
      ...(boundary === undefined ? {} : { PermissionsBoundary: boundary }),
    },
  };
}

/** An entry of `Policies`: the name or ARN of a managed policy, a policy template, a statement list, or a document. */
function policyEntry(policy: Json, name: string): { arn: Json } | { policy: Json } {
  if (typeof policy === 'string') return { arn: policy.startsWith('arn:') ? policy : managed(pathOf(policy)) };
  if (!isObject(policy)) return { policy };
  if (policy['Statement'] !== undefined) return { policy: { PolicyName: name, PolicyDocument: policy } };
  const [[key, argument] = []] = Object.entries(policy);
  if (key === 'Fn::If' || key === 'Ref' || key?.startsWith('Fn::') === true)
    // A condition may choose between documents as well as between ARNs; what it gives is a document only as a map.
    return holdsDocument(argument ?? null) ? { policy: { PolicyName: name, PolicyDocument: policy } } : { arn: policy };
  const parameters = isObject(argument) ? argument : {};
  return { policy: named(name, ...templatePolicy(key ?? '', parameters)) };
}

const holdsDocument = (value: Json): boolean =>
  Array.isArray(value) ? value.some(holdsDocument) : isObject(value) && value['Statement'] !== undefined;

/** SAM finds AWS managed policies by name, with the path that they have. */
const pathOf = (name: string): string =>
  name.startsWith('AWSLambda') && name.endsWith('Role') ? `service-role/${name}` : name;

function eventPolicies({ kind, properties, id }: KafkaEvent & { id: string }): JsonObject[] {
  const access = objects(properties['SourceAccessConfigurations']);
  const secrets = access.flatMap(({ Type: type, URI: uri }) =>
    uri === undefined || (kind === 'MSK' ? type !== secretTypes.mtls : !isSecret(type)) ? [] : [uri],
  );
  const inVpc = kind === 'SelfManagedKafka' && access.some(({ Type: type }) => type === 'VPC_SUBNET');
  const key = properties['SecretsManagerKmsKeyId'];
  const statements: Json[] = [
    ...secrets.map((uri) => allow(['secretsmanager:GetSecretValue'], uri)),
    ...(inVpc
      ? [
          allow(
            [
              'ec2:CreateNetworkInterface',
              'ec2:DescribeNetworkInterfaces',
              'ec2:DeleteNetworkInterface',
              'ec2:DescribeVpcs',
              'ec2:DescribeSubnets',
              'ec2:DescribeSecurityGroups',
            ],
            '*',
          ),
        ]
      : []),
    ...(kind === 'SelfManagedKafka' && typeof key === 'string'
      ? [
          allow(['kms:Decrypt'], {
            'Fn::Sub': `arn:\${AWS::Partition}:kms:\${AWS::Region}:\${AWS::AccountId}:key/${key}`,
          }),
        ]
      : []),
    ...registryStatements(properties['SchemaRegistryConfig']),
  ];
  const destination = destinationPolicy(properties['DestinationConfig'], id);
  return [
    ...(statements.length === 0
      ? []
      : [
          {
            PolicyName: kind === 'MSK' ? 'MSKExecutionRolePolicy' : 'SelfManagedKafkaExecutionRolePolicy',
            // SAM writes no Version here.
            PolicyDocument: { Statement: statements },
          },
        ]),
    ...(destination === null ? [] : [destination]),
  ];
}

const objects = (value: Json | undefined): JsonObject[] => [value ?? []].flat().filter(isObject);

const isSecret = (type: Json | undefined): boolean =>
  typeof type === 'string' &&
  /^(SASL_SCRAM_\d+_AUTH|BASIC_AUTH|CLIENT_CERTIFICATE_TLS_AUTH|OAUTHBEARER_AUTH|SERVER_ROOT_CA_CERTIFICATE)$/.test(
    type,
  );

/** `${AWS::Region}` has colons of its own. */
const arnOf = (text: string) => parseArn(text.replaceAll(/\$\{[^}]*\}/g, (name) => name.replaceAll(':', '.')));

/** Access to the secrets of a registry, and to a Glue registry whose ARN is literal or in `Fn::Sub`. */
function registryStatements(config: Json | undefined): Json[] {
  if (!isObject(config)) return [];
  const uri = config['SchemaRegistryURI'];
  const text =
    typeof uri === 'string' ? uri : isObject(uri) && typeof uri['Fn::Sub'] === 'string' ? uri['Fn::Sub'] : '';
  const { service, resource = '' } = arnOf(text) ?? {};
  const registry =
    service === 'glue' && resource.startsWith('registry/') ? resource.slice('registry/'.length) : undefined;
  return [
    ...objects(config['AccessConfigs']).flatMap(({ URI: secret }) =>
      secret === undefined ? [] : [allow(['secretsmanager:GetSecretValue'], secret)],
    ),
    ...(registry === undefined
      ? []
      : [
          allow(['glue:GetRegistry'], uri!),
          allow(
            ['glue:GetSchemaVersion'],
            [{ 'Fn::Sub': `arn:\${AWS::Partition}:glue:\${AWS::Region}:\${AWS::AccountId}:schema/${registry}/*` }],
          ),
        ]),
  ];
}

/** Only for a destination with `Type`. */
function destinationPolicy(config: Json | undefined, id: string): JsonObject | null {
  const failure = isObject(config) ? config['OnFailure'] : undefined;
  if (!isObject(failure)) return null;
  const { Type: type, Destination: target = null } = failure;
  switch (type) {
    case 'SQS':
      return named(`${id}SQSPolicy`, allow('sqs:SendMessage', target));
    case 'SNS':
      return named(`${id}SNSPolicy`, allow('sns:publish', target));
    case 'S3':
      return named(
        `${id}S3Policy`,
        allow('s3:PutObject', { 'Fn::Join': ['/', [target, '*']] }),
        allow('s3:ListBucket', target),
      );
    default:
      return null;
  }
}
