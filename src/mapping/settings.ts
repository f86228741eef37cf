/**
 * All settings of an event source mapping on Amazon MSK, under this tool's names: the flags of `create`, the entries
 * of a mapping file and the answers of the wizard have this type. Ranges and forms: AWS Lambda API reference,
 * CreateEventSourceMapping.
 */
import { authMethods, secretTypes } from '../aws/msk.js';
import {
  eventRecordFormats,
  logLevels,
  metricGroups,
  registryAccessTypes,
  schemaAttributes,
  startingPositions,
} from '../aws/mapping-api.js';
import * as limits from '../aws/limits.js';
import * as z from 'zod/mini';

const described = <S extends z.ZodMiniType>(schema: S, description: string): S =>
  schema.check(z.describe(description)) as S;

/** A whole number in a range; the sentence follows the name of the setting. */
const whole = ({ least, most }: limits.Range) => {
  const range = `must be a whole number ${limits.inWords({ least, most })}`;
  return z.int(range).check(z.gte(least, range), z.lte(most, range));
};

/** The same, or -1 for no limit. */
const wholeOrEndless = ({ least, most }: limits.Range) => {
  const range = `must be -1 (no limit) or a whole number ${limits.inWords({ least, most })}`;
  return z.union([z.literal(-1), z.int(range).check(z.gte(least, range), z.lte(most, range))], range);
};

const oneOf = <const V extends readonly [string, ...string[]]>(values: V) =>
  z.enum(values, `must be ${listed(values)}`);

const listed = (values: readonly string[]): string =>
  values.length === 1 ? values[0]! : `${values.slice(0, -1).join(', ')} or ${values.at(-1)!}`;

const text = (most: number) => {
  const range = `must have 1 to ${most.toLocaleString('en-US')} characters`;
  return z.string(range).check(z.minLength(1, range), z.maxLength(most, range));
};

const matching = (pattern: RegExp, sentence: string) => z.string(sentence).check(z.regex(pattern, sentence));

const flag = (sentence = 'must be true or false') => z.boolean(sentence);

const sourceAccessTypes = [secretTypes.scram, secretTypes.mtls] as const;

const topicSentence = 'must be a topic name: 2 to 249 letters, digits, “.”, “_” and “-”, not beginning with “.”';
const groupSentence = 'must have 1 to 200 letters, digits, blanks and -/*:_+=.@';

const registrySchema = z.strictObject({
  uri: described(text(10_000), 'ARN of an AWS Glue registry, or the https address of a Confluent registry'),
  eventRecordFormat: z.optional(
    described(oneOf(eventRecordFormats), 'JSON: the function gets decoded records; SOURCE: the original bytes'),
  ),
  validate: described(
    z
      .array(oneOf(schemaAttributes))
      .check(z.minLength(1, 'must be KEY, VALUE or both'), z.maxLength(2, 'must be KEY, VALUE or both')),
    'what to validate against the schema',
  ),
  access: z.optional(
    described(
      z
        .array(
          z.strictObject({
            type: oneOf(registryAccessTypes),
            uri: matching(/^arn:[^:]+:secretsmanager:[^:]+:\d{12}:secret:.+$/, 'must be the ARN of a secret'),
          }),
        )
        .check(z.maxLength(2, 'must have at most 2 entries')),
      'secrets for a Confluent registry',
    ),
  ),
});

export const settingsSchema = z.strictObject({
  function: described(text(256), 'function by name or ARN, with “:alias” or “:version” for one of them'),
  cluster: described(
    text(1024),
    'cluster by name or ARN; for a cluster of another account, the ARN of the VPC connection',
  ),
  topic: described(matching(/^[a-zA-Z0-9_-][a-zA-Z0-9._-]{1,248}$/, topicSentence), 'the topic to read'),
  startingPosition: described(oneOf(startingPositions), 'where a consumer group without committed offsets starts'),
  startingPositionTimestamp: z.optional(
    described(
      z
        .string('must be a time such as 2026-01-31T08:00:00Z, or Unix seconds')
        .check(
          z.refine(
            (value) => !Number.isNaN(Date.parse(value)),
            'must be a time such as 2026-01-31T08:00:00Z, or Unix seconds',
          ),
        ),
      'the time for AT_TIMESTAMP, in ISO 8601',
    ),
  ),
  enabled: z.optional(described(flag(), 'false: created disabled, does not poll; default: true')),
  auth: z.optional(
    described(oneOf(authMethods), 'the authentication method you expect; Lambda selects it, this only verifies'),
  ),
  secret: z.optional(described(text(200), 'secret by name or ARN, for SASL/SCRAM or mTLS')),
  sourceAccess: z.optional(
    described(
      z
        .array(z.strictObject({ type: oneOf(sourceAccessTypes), uri: text(limits.sourceAccessUriLength) }))
        .check(z.maxLength(1, 'must have one entry: a mapping on MSK has one secret')),
      'the same in the format of AWS: the secret with its type',
    ),
  ),
  consumerGroup: z.optional(
    described(
      matching(limits.consumerGroupPattern, groupSentence),
      'consumer group ID; default: the UUID of the mapping',
    ),
  ),
  batchSize: z.optional(
    described(whole(limits.batchSize), 'maximum number of records in one invocation; default: 100'),
  ),
  batchingWindow: z.optional(
    described(whole(limits.batchingWindow), 'maximum time to gather records, in seconds; default: 500 ms'),
  ),
  filters: z.optional(
    described(
      z.array(text(limits.filterPatternLength)).check(z.maxLength(20, 'must have at most 20 patterns')),
      'event filter patterns as JSON texts; a record matches if one of them matches',
    ),
  ),
  kmsKey: z.optional(
    described(
      matching(/^arn:[^:]+:kms:[^:]+:\d{12}:(key|alias)\/.+$/, 'must be the ARN of a KMS key'),
      'customer managed KMS key that encrypts the filters',
    ),
  ),
  onFailure: z.optional(described(text(350), 'ARN of an SQS queue, SNS topic or S3 bucket, or kafka://TOPIC')),
  maximumRetryAttempts: z.optional(
    described(wholeOrEndless(limits.retryAttempts), 'retries of a failed batch; provisioned mode only'),
  ),
  maximumRecordAge: z.optional(
    described(
      wholeOrEndless(limits.recordAge),
      'maximum age of a record sent to the function, in seconds; provisioned mode only',
    ),
  ),
  bisectBatchOnError: z.optional(
    described(flag(), 'split a failed batch in two and retry each half; provisioned mode only'),
  ),
  reportBatchItemFailures: z.optional(
    described(flag(), 'the function reports which records of a batch failed; provisioned mode only'),
  ),
  provisionedPollers: z.optional(
    described(
      z.strictObject({
        minimum: z.optional(described(whole(limits.minimumPollers), 'minimum event pollers; default: 1')),
        maximum: z.optional(described(whole(limits.maximumPollers), 'maximum event pollers; default: 200')),
        group: z.optional(
          described(
            matching(limits.pollerGroupPattern, 'must have at most 128 letters, digits, “-” and “_”'),
            'poller group to share event pollers with other mappings of the VPC',
          ),
        ),
      }),
      'turns on provisioned mode; default: on-demand mode',
    ),
  ),
  schemaRegistry: z.optional(described(registrySchema, 'schema registry that decodes records; provisioned mode only')),
  metrics: z.optional(described(z.array(oneOf(metricGroups)), 'metrics to publish; they are billed')),
  logLevel: z.optional(described(oneOf(logLevels), 'level of the poller logs; provisioned mode only')),
  tags: z.optional(
    described(
      z.record(
        // The API's patterns of TagKey and TagValue.
        matching(
          /^(?![aA][wW][sS]:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u,
          'must have keys of at most 128 letters, digits, blanks and _.:/=+-@ that do not begin with “aws:”',
        ),
        matching(
          /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u,
          'must have values of at most 256 letters, digits, blanks and _.:/=+-@',
        ),
      ),
      'tags of the mapping',
    ),
  ),
});

/** The requested settings of a mapping. `undefined`: Lambda's default. */
export type MappingSettings = z.infer<typeof settingsSchema>;
export type SettingName = keyof MappingSettings;

/** Settings to change; null takes one back to Lambda's default, and a tag whose value is null is removed. */
export type MappingChanges = {
  [N in SettingName]?: (N extends 'tags' ? Record<string, string | null> | undefined : MappingSettings[N]) | null;
};

/** Whether provisioned mode is requested; an empty block does not, as with AWS. */
export const isProvisioned = ({ provisionedPollers: pollers }: Pick<MappingChanges, 'provisionedPollers'>): boolean =>
  pollers !== undefined &&
  pollers !== null &&
  (pollers.minimum !== undefined || pollers.maximum !== undefined || (pollers.group ?? '') !== '');
