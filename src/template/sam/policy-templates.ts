/** SAM policy templates that grant what a Kafka trigger needs (SAM developer guide: policy template list). */
import type { Json, JsonObject } from '../resource.js';

const allow = (action: Json, ...resources: Json[]): JsonObject => ({
  Effect: 'Allow',
  Action: action,
  Resource: resources,
});

const inAccount = (service: string, prefix: string, name: Json): Json => ({
  'Fn::Sub': [`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${prefix}\${name}`, { name }],
});
const bucket = (name: Json, end: string): Json => ({
  'Fn::Sub': [`arn:\${AWS::Partition}:s3:::\${name}${end}`, { name }],
});

const statements: Record<string, (parameters: JsonObject) => JsonObject[]> = {
  AWSSecretsManagerGetSecretValuePolicy: ({ SecretArn: secret = null }) => [
    allow('secretsmanager:GetSecretValue', secret),
  ],
  KMSDecryptPolicy: ({ KeyId: key = null }) => [allow('kms:Decrypt', inAccount('kms', 'key/', key))],
  SQSSendMessagePolicy: ({ QueueName: queue = null }) => [allow('sqs:SendMessage*', inAccount('sqs', '', queue))],
  SNSPublishMessagePolicy: ({ TopicName: topic = null }) => [allow('sns:Publish', inAccount('sns', '', topic))],
  SNSCrudPolicy: ({ TopicName: topic = null }) => [
    allow(['sns:Publish', 'sns:Subscribe'], inAccount('sns', '', topic)),
  ],
  S3WritePolicy: ({ BucketName: name = null }) => [allow('s3:PutObject', bucket(name, ''), bucket(name, '/*'))],
  S3CrudPolicy: ({ BucketName: name = null }) => [
    allow(['s3:GetObject', 's3:ListBucket', 's3:PutObject', 's3:DeleteObject'], bucket(name, ''), bucket(name, '/*')),
  ],
  S3FullAccessPolicy: ({ BucketName: name = null }) => [
    allow(['s3:ListBucket', 's3:GetObject', 's3:PutObject', 's3:DeleteObject'], bucket(name, ''), bucket(name, '/*')),
  ],
  VPCAccessPolicy: () => [
    allow(['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces'], '*'),
  ],
};

/** The statements of a template; none for one that grants nothing that a Kafka trigger needs. */
export const templatePolicy = (name: string, parameters: JsonObject): JsonObject[] =>
  statements[name]?.(parameters) ?? [];
