import { parseArn } from '../../aws/arn.js';
import * as z from 'zod/mini';
import { isOk, mapRead, type Read } from '../../snapshot/read.js';
import { registrySchema, type Destination } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { keep, member, type Reader } from '../reader.js';
import { readKey } from './secret.js';

/** The on-failure destination, read from its own service. A Kafka topic is read with the topics of its cluster. */
export async function readDestination(reader: Reader, snapshot: Snapshot, arn: string): Promise<void> {
  const { service, region = '', account = '', resource: name = '' } = parseArn(arn) ?? {};
  if (service === 'sqs') snapshot.destinations[arn] = await readQueue(reader, arn, { region, account, name });
  if (service === 'sns') snapshot.destinations[arn] = await readTopic(reader, arn, region);
  if (service === 's3') snapshot.destinations[arn] = await readBucket(reader, arn, name);
  const read = snapshot.destinations[arn];
  const key = read !== undefined && isOk(read) ? read.value.kmsKeyId : undefined;
  // An AWS managed key needs no permission of the role.
  if (key !== undefined && key !== '' && !/alias\/aws\//.test(key))
    await reader.once(`key ${key}`, () => readKey(reader, snapshot, key));
}

const attributesSchema = z.object({ Policy: z.optional(z.string()), KmsMasterKeyId: z.optional(z.string()) });
type Attributes = z.infer<typeof attributesSchema>;

async function readQueue(
  reader: Reader,
  arn: string,
  { region, account, name }: Record<'region' | 'account' | 'name', string>,
): Promise<Read<Destination>> {
  // SQS takes only account and name from the URL; the endpoint comes from the client's configuration.
  const QueueUrl = `https://sqs.${region}.amazonaws.com/${account}/${name}`;
  const read = await reader.call(
    'sqs',
    'GetQueueAttributes',
    { QueueUrl, AttributeNames: ['Policy', 'KmsMasterKeyId', 'QueueArn'] },
    arn,
  );
  const attributes = keep(member(read, 'Attributes'), attributesSchema, {
    service: 'sqs',
    operation: 'GetQueueAttributes',
    resource: arn,
  });
  return mapRead(attributes, (value) => destination(arn, 'sqs', region, value));
}

async function readTopic(reader: Reader, arn: string, region: string): Promise<Read<Destination>> {
  const read = await reader.call('sns', 'GetTopicAttributes', { TopicArn: arn }, arn);
  const attributes = keep(member(read, 'Attributes'), attributesSchema, {
    service: 'sns',
    operation: 'GetTopicAttributes',
    resource: arn,
  });
  return mapRead(attributes, (value) => destination(arn, 'sns', region, value));
}

const encryptionSchema = z.object({
  ServerSideEncryptionConfiguration: z.optional(
    z.object({
      Rules: z._default(
        z.array(
          z.object({
            ApplyServerSideEncryptionByDefault: z.optional(z.object({ KMSMasterKeyID: z.optional(z.string()) })),
          }),
        ),
        [],
      ),
    }),
  ),
});

/**
 * A bucket exists even if it has no policy or hides it. The policy is an empty text where there is none, and absent
 * where S3 did not show it: S3 shows it only to the owner's account (S3: GetBucketPolicy).
 */
async function readBucket(reader: Reader, arn: string, name: string): Promise<Read<Destination>> {
  const Bucket = name.split('/')[0]!;
  const [head, policy, encryption] = await Promise.all(
    ['HeadBucket', 'GetBucketPolicy', 'GetBucketEncryption'].map((operation) =>
      reader.call('s3', operation, { Bucket }, arn),
    ),
  );
  const Policy = isOk(policy!)
    ? textOf(policy.value['Policy'])
    : /^NoSuchBucketPolicy\b/.test(policy!.error ?? '')
      ? ''
      : undefined;
  const rules = keep(encryption!, encryptionSchema, { service: 's3', operation: 'GetBucketEncryption', resource: arn });
  const KmsMasterKeyId = isOk(rules)
    ? rules.value.ServerSideEncryptionConfiguration?.Rules[0]?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID
    : undefined;
  return mapRead(
    keep(head!, z.object({ BucketRegion: z.optional(z.string()) }), {
      service: 's3',
      operation: 'HeadBucket',
      resource: arn,
    }),
    (output) => destination(arn, 's3', output.BucketRegion, { Policy, KmsMasterKeyId }),
  );
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const destination = (arn: string, kind: string, region: string | undefined, attributes: Attributes): Destination => ({
  arn,
  kind,
  ...(region === undefined ? {} : { region }),
  ...(attributes.Policy === undefined ? {} : { policy: attributes.Policy }),
  ...(attributes.KmsMasterKeyId === undefined ? {} : { kmsKeyId: attributes.KmsMasterKeyId }),
});

/** A Glue schema registry. */
export async function readRegistry(reader: Reader, snapshot: Snapshot, arn: string): Promise<void> {
  const read = await reader.call('glue', 'GetRegistry', { RegistryId: { RegistryArn: arn } }, arn);
  snapshot.registries[arn] = keep(read, registrySchema, { service: 'glue', operation: 'GetRegistry', resource: arn });
}
