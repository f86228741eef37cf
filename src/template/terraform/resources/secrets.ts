/** Secrets, keys and destinations of discarded records. */
import { member, pick, type Piece, type Translation } from './translation.js';

/** A policy inside the resource, which CloudFormation writes as a resource of its own. */
const policyPiece = (type: string, properties: Piece['properties'], policy: Piece['properties'][string] | undefined) =>
  policy === undefined || policy === null || policy === ''
    ? []
    : [{ type, properties: { ...properties, PolicyDocument: policy }, written: { PolicyDocument: ['policy'] } }];

export const secrets: Record<string, Translation> = {
  aws_secretsmanager_secret: {
    type: 'AWS::SecretsManager::Secret',
    names: { Name: 'name' },
    properties: (config) => pick(config, { Name: 'name', KmsKeyId: 'kms_key_id' }),
    more: (config, { id }) =>
      config['policy'] === undefined
        ? []
        : [
            {
              type: 'AWS::SecretsManager::ResourcePolicy',
              properties: { SecretId: id, ResourcePolicy: config['policy'] },
              written: { ResourcePolicy: ['policy'] },
            },
          ],
  },
  aws_secretsmanager_secret_version: {
    type: 'Terraform::SecretsManager::SecretVersion',
    attributes: { arn: 'configured secret_id' },
    properties: (config) => pick(config, { SecretId: 'secret_id', SecretString: 'secret_string' }),
  },
  aws_secretsmanager_secret_policy: {
    type: 'AWS::SecretsManager::ResourcePolicy',
    properties: (config) => pick(config, { SecretId: 'secret_arn', ResourcePolicy: 'policy' }),
    written: { ResourcePolicy: ['policy'], SecretId: ['secret_arn'] },
  },
  aws_kms_key: {
    type: 'AWS::KMS::Key',
    attributes: { key_id: 'id' },
    properties: (config) => ({
      ...pick(config, { KeyPolicy: 'policy', Enabled: 'is_enabled', KeyUsage: 'key_usage' }),
      ...member('KeySpec', config['customer_master_key_spec']),
    }),
    written: { KeyPolicy: ['policy'], Enabled: ['is_enabled'], KeySpec: ['customer_master_key_spec'] },
  },
  aws_kms_alias: {
    type: 'AWS::KMS::Alias',
    names: { AliasName: 'name' },
    attributes: { name: 'id' },
    properties: (config, { id }) => ({ AliasName: id, ...pick(config, { TargetKeyId: 'target_key_id' }) }),
  },
  aws_kms_key_policy: {
    type: 'Terraform::KMS::KeyPolicy',
    properties: (config) => pick(config, { KeyId: 'key_id', Policy: 'policy' }),
  },
  aws_sqs_queue: {
    type: 'AWS::SQS::Queue',
    names: { QueueName: 'name' },
    attributes: { url: 'id', name: 'QueueName' },
    properties: (config) => pick(config, { QueueName: 'name', KmsMasterKeyId: 'kms_master_key_id' }),
    more: (config, { id }) => policyPiece('AWS::SQS::QueuePolicy', { Queues: [id] }, config['policy']),
  },
  aws_sqs_queue_policy: {
    type: 'AWS::SQS::QueuePolicy',
    properties: (config) => ({ Queues: [config['queue_url'] ?? null], ...pick(config, { PolicyDocument: 'policy' }) }),
    written: { PolicyDocument: ['policy'] },
  },
  aws_sns_topic: {
    type: 'AWS::SNS::Topic',
    names: { TopicName: 'name' },
    attributes: { name: 'TopicName' },
    properties: (config) => pick(config, { TopicName: 'name', KmsMasterKeyId: 'kms_master_key_id' }),
    more: (config, { id }) => policyPiece('AWS::SNS::TopicPolicy', { Topics: [id] }, config['policy']),
  },
  aws_sns_topic_policy: {
    type: 'AWS::SNS::TopicPolicy',
    properties: (config) => ({ Topics: [config['arn'] ?? null], ...pick(config, { PolicyDocument: 'policy' }) }),
    written: { PolicyDocument: ['policy'] },
  },
  aws_s3_bucket: {
    type: 'AWS::S3::Bucket',
    names: { BucketName: 'bucket' },
    attributes: { bucket: 'id' },
    properties: (config, { id }) => ({ ...pick(config, {}), BucketName: id }),
  },
  aws_s3_bucket_policy: {
    type: 'AWS::S3::BucketPolicy',
    properties: (config) => pick(config, { Bucket: 'bucket', PolicyDocument: 'policy' }),
    written: { PolicyDocument: ['policy'] },
  },
};
