/** The services of on-failure destinations: SQS, SNS, S3. */
import { awsError, valueOrError, type Answers } from '../answers.js';

export const sqs: Answers = {
  GetQueueAttributes: ({ QueueUrl: url }, snapshot) => {
    const [account, name] = String(url).split('/').slice(-2);
    const arn = Object.keys(snapshot.destinations).find((candidate) => candidate.endsWith(`:${account}:${name}`));
    const { policy, kmsKeyId } = valueOrError(snapshot.destinations, arn, 'QueueDoesNotExist');
    return {
      Attributes: {
        QueueArn: arn,
        ...(policy === undefined ? {} : { Policy: policy }),
        ...(kmsKeyId === undefined ? {} : { KmsMasterKeyId: kmsKeyId }),
      },
    };
  },
};

export const sns: Answers = {
  GetTopicAttributes: ({ TopicArn: arn }, snapshot) => {
    const { policy, kmsKeyId } = valueOrError(snapshot.destinations, arn, 'NotFoundException');
    return {
      Attributes: {
        TopicArn: arn,
        ...(policy === undefined ? {} : { Policy: policy }),
        ...(kmsKeyId === undefined ? {} : { KmsMasterKeyId: kmsKeyId }),
      },
    };
  },
};

export const s3: Answers = {
  GetBucketEncryption: ({ Bucket: name }, snapshot) => {
    const { kmsKeyId } = valueOrError(
      snapshot.destinations,
      `arn:${snapshot.partition}:s3:::${String(name)}`,
      'NoSuchBucket',
    );
    const rule =
      kmsKeyId === undefined ? { SSEAlgorithm: 'AES256' } : { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: kmsKeyId };
    return { ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: rule }] } };
  },
  HeadBucket: ({ Bucket: name }, snapshot) => {
    const { region } = valueOrError(
      snapshot.destinations,
      `arn:${snapshot.partition}:s3:::${String(name)}`,
      'NotFound',
    );
    return { BucketRegion: region ?? snapshot.region };
  },
  GetBucketPolicy: ({ Bucket: name }, snapshot) => {
    const { policy } = valueOrError(
      snapshot.destinations,
      `arn:${snapshot.partition}:s3:::${String(name)}`,
      'NoSuchBucket',
    );
    if (policy === undefined) throw awsError('NoSuchBucketPolicy', 'The bucket policy does not exist', 404);
    return { Policy: policy };
  },
};
