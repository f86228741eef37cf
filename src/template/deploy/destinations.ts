/** Destinations of discarded records, and Glue registries, as they will be. */
import { ok } from '../../snapshot/read.js';
import type { TemplateResource } from '../resource.js';
import { memberOf, textOf, type Deploying } from './deploying.js';
import { documentText } from './iam.js';

const kinds: Record<string, { kind: string; policy: string; names: string }> = {
  'AWS::SQS::Queue': { kind: 'sqs', policy: 'AWS::SQS::QueuePolicy', names: 'Queues' },
  'AWS::SNS::Topic': { kind: 'sns', policy: 'AWS::SNS::TopicPolicy', names: 'Topics' },
  'AWS::S3::Bucket': { kind: 's3', policy: 'AWS::S3::BucketPolicy', names: 'Bucket' },
};

export function addDestinations(deploying: Deploying): void {
  const { snapshot, scope } = deploying;
  for (const [type, { kind, policy, names }] of Object.entries(kinds))
    for (const resource of deploying.all(type)) {
      const document = deploying
        .all(policy)
        .find(({ properties }) =>
          [properties[names]].flat().some((name) => name === resource.id || name === resource.arn),
        );
      const key = keyOf(resource);
      snapshot.destinations[resource.arn!] = ok({
        arn: resource.arn!,
        kind,
        region: scope.region,
        ...(key === undefined ? {} : { kmsKeyId: key }),
        ...(document === undefined ? {} : { policy: documentText(document.properties['PolicyDocument']) }),
      });
    }
  for (const { arn, properties } of deploying.all('AWS::Glue::Registry'))
    snapshot.registries[arn!] = ok({
      RegistryArn: arn!,
      RegistryName: textOf(properties['Name']),
      Status: 'AVAILABLE',
    });
}

const keyOf = ({ properties }: TemplateResource): string | undefined =>
  textOf(properties['KmsMasterKeyId']) ??
  textOf(
    memberOf(
      {
        first:
          [memberOf(properties, 'BucketEncryption', 'ServerSideEncryptionConfiguration') ?? null].flat()[0] ?? null,
      },
      'first',
      'ServerSideEncryptionByDefault',
      'KMSMasterKeyID',
    ),
  );
