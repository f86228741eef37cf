/** The services of which a mapping's surroundings need a call or two only. */
import { metricKey, type WantedMetric } from '../../snapshot/metrics.js';
import { isOk } from '../../snapshot/read.js';
import type { OrganizationPolicies } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { awsError, valueOrError, type Answers } from '../answers.js';

export const sts: Answers = {
  GetCallerIdentity: (_, snapshot) => ({ Account: snapshot.account, Arn: snapshot.caller, UserId: 'AIDAEXAMPLE' }),
};

export const kms: Answers = {
  DescribeKey: ({ KeyId: id }, snapshot) => {
    const { DeletionDate: date, ...key } = valueOrError(snapshot.keys, keyOf(snapshot, id), 'NotFoundException');
    return { KeyMetadata: { ...key, ...(date === undefined ? {} : { DeletionDate: new Date(date) }) } };
  },
  GetKeyPolicy: ({ KeyId: id }, snapshot) => {
    // Only describing, and what is done with the key, takes an alias.
    if (/(^|:)alias\//.test(String(id))) throw awsError('NotFoundException', `Invalid keyId '${String(id)}'`);
    return { Policy: valueOrError(snapshot.keyPolicies, keyOf(snapshot, id), 'NotFoundException') };
  },
  ListGrants: ({ KeyId: id, GranteePrincipal: grantee }, snapshot) => {
    const grantKey = `${keyOf(snapshot, id)}#${String(grantee)}`;
    return { Grants: snapshot.keyGrants[grantKey] === undefined ? [] : valueOrError(snapshot.keyGrants, grantKey) };
  },
};

/** A snapshot keeps a key under what a secret names it by; the account knows it by id and by ARN, too. */
const keyOf = ({ keys }: Snapshot, id: unknown): string =>
  Object.entries(keys).find(
    ([key, read]) => key === id || (isOk(read) && (read.value.Arn === id || read.value.KeyId === id)),
  )?.[0] ?? String(id);

interface MetricQuery {
  Id: string;
  MetricStat: {
    Metric: { Namespace: string; MetricName: string; Dimensions: { Name: string; Value: string }[] };
    Stat: string;
  };
}

export const cloudwatch: Answers = {
  GetMetricData: ({ MetricDataQueries: queries, EndTime: end }, snapshot) => ({
    MetricDataResults: (queries as MetricQuery[]).map(({ Id, MetricStat: { Metric: metric, Stat } }) => {
      const wanted: WantedMetric = {
        namespace: metric.Namespace,
        name: metric.MetricName,
        statistic: Stat as WantedMetric['statistic'],
        dimensions: Object.fromEntries(metric.Dimensions.map(({ Name, Value }) => [Name, Value])),
      };
      const read = snapshot.metrics[metricKey(wanted)];
      const { timestamps = [], values = [] } = read !== undefined && isOk(read) ? read.value : {};
      // The account's last hour is the one that ends now, whenever that is.
      const later = new Date(end as string | Date).getTime() - Date.parse(snapshot.capturedAt);
      const Timestamps = timestamps.map((at) => new Date(Date.parse(at) + (Number.isNaN(later) ? 0 : later)));
      return { Id, Timestamps, Values: values, StatusCode: 'Complete' };
    }),
  }),
};

export const logs: Answers = {
  FilterLogEvents: ({ logStreamNamePrefix: prefix }, snapshot) => {
    const uuid = String(prefix).split('/').at(-1)!;
    const read = snapshot.pollerLogs[uuid];
    if (read === undefined) return { events: [] };
    return {
      events: valueOrError(snapshot.pollerLogs, uuid).map((line) => ({
        timestamp: Date.parse(line.timestamp),
        logStreamName: `${String(prefix)}`,
        message: JSON.stringify({
          level: line.level,
          eventType: line.eventType,
          error: { errorCode: line.errorCode, errorMessage: line.errorMessage },
          brokerEndpoints: line.brokers,
          securityProtocol: line.securityProtocol,
          saslMechanism: line.saslMechanism,
          consumerGroupId: line.consumerGroup,
          networkConfig: { subnetCidr: line.subnetCidr, securityGroups: line.securityGroups },
        }),
      })),
    };
  },
};

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

/** Only where the account holds its organization's policies; most callers may not ask. */
export const organizations: Answers = {
  ListParents: ({ ChildId: child }, snapshot) => {
    const chain = levelsOf(snapshot).map(({ target }) => target);
    const parent = chain[chain.indexOf(String(child)) - 1];
    return {
      Parents:
        parent === undefined ? [] : [{ Id: parent, Type: parent.startsWith('r-') ? 'ROOT' : 'ORGANIZATIONAL_UNIT' }],
    };
  },
  ListPoliciesForTarget: ({ TargetId: target, Filter: kind }, snapshot) => {
    const level = levelsOf(snapshot, kind === 'SERVICE_CONTROL_POLICY').find(
      (candidate) => candidate.target === target,
    );
    return {
      Policies: (level?.policies ?? []).map(({ id, name }) => ({
        Id: id,
        Name: name,
        Type: kind,
        Arn: `arn:${snapshot.partition}:organizations::999900001111:policy/o-example/${String(kind).toLowerCase()}/${id}`,
      })),
    };
  },
  DescribePolicy: ({ PolicyId: id }, snapshot) => {
    const all = [...levelsOf(snapshot), ...levelsOf(snapshot, false)].flatMap(({ policies }) => policies);
    return { Policy: { Content: all.find((policy) => policy.id === id)?.document } };
  },
};

function levelsOf(snapshot: Snapshot, serviceControl = true): OrganizationPolicies['levels'] {
  const read = snapshot.serviceControlPolicies[snapshot.account ?? ''];
  if (read === undefined)
    throw awsError('AccessDeniedException', 'You don’t have permissions to access this resource.', 400);
  const policies = serviceControl ? read : snapshot.resourceControlPolicies[snapshot.account ?? ''];
  return policies !== undefined && isOk(policies) ? policies.value.levels : [];
}

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

export const glue: Answers = {
  GetRegistry: ({ RegistryId: id }, snapshot) =>
    valueOrError(snapshot.registries, (id as { RegistryArn?: string }).RegistryArn, 'EntityNotFoundException'),
};
