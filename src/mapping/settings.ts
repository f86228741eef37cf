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
  const range = `takes a whole number ${limits.inWords({ least, most })}`;
  return z.int(range).check(z.gte(least, range), z.lte(most, range));
};

/** The same, or -1 for no limit. */
const wholeOrEndless = ({ least, most }: limits.Range) => {
  const range = `takes -1, for no limit, or a whole number ${limits.inWords({ least, most })}`;
  return z.union([z.literal(-1), z.int(range).check(z.gte(least, range), z.lte(most, range))], range);
};

const oneOf = <const V extends readonly [string, ...string[]]>(values: V) => z.enum(values, `takes ${listed(values)}`);

const listed = (values: readonly string[]): string =>
  values.length === 1 ? values[0]! : `${values.slice(0, -1).join(', ')} or ${values.at(-1)!}`;

const text = (most: number) => {
  const range = `takes 1 to ${most.toLocaleString('en-US')} characters`;
  return z.string(range).check(z.minLength(1, range), z.maxLength(most, range));
};

const matching = (pattern: RegExp, sentence: string) => z.string(sentence).check(z.regex(pattern, sentence));

const flag = (sentence = 'takes true or false') => z.boolean(sentence);

const sourceAccessTypes = [secretTypes.scram, secretTypes.mtls] as const;

const topicSentence = 'takes the name of a topic: 2 to 249 letters, digits, “.”, “_” and “-”, and no “.” at its start';
const groupSentence = 'takes 1 to 200 letters, digits, blanks and -/*:_+=.@';

const registrySchema = z.strictObject({
  uri: described(text(10_000), 'ARN of an AWS Glue registry, or the https address of a Confluent registry'),
  eventRecordFormat: z.optional(
    described(oneOf(eventRecordFormats), 'JSON: the function gets decoded records; SOURCE: the original bytes'),
  ),
  validate: described(
    z
      .array(oneOf(schemaAttributes))
      .check(z.minLength(1, 'takes KEY, VALUE or both'), z.maxLength(2, 'takes KEY, VALUE or both')),
    'what is validated against its schema',
  ),
  access: z.optional(
    described(
      z
        .array(
          z.strictObject({
            type: oneOf(registryAccessTypes),
            uri: matching(/^arn:[^:]+:secretsmanager:[^:]+:\d{12}:secret:.+$/, 'takes the ARN of a secret'),
          }),
        )
        .check(z.maxLength(2, 'takes 2 entries at most')),
      'secrets for a Confluent registry',
    ),
  ),
});

export const settingsSchema = z.strictObject({
  function: described(text(256), 'function by name or ARN, with “:alias” or “:version” where it is meant'),
  cluster: described(text(1024), 'cluster by name or ARN; for another account’s cluster the ARN of the VPC connection'),
  topic: described(matching(/^[a-zA-Z0-9_-][a-zA-Z0-9._-]{1,248}$/, topicSentence), 'the topic to read'),
  startingPosition: described(oneOf(startingPositions), 'where a consumer group without committed offsets starts'),
  startingPositionTimestamp: z.optional(
    described(
      z
        .string('takes an instant, as 2026-01-31T08:00:00Z or in Unix seconds')
        .check(
          z.refine(
            (value) => !Number.isNaN(Date.parse(value)),
            'takes an instant, as 2026-01-31T08:00:00Z or in Unix seconds',
          ),
        ),
      'the instant of AT_TIMESTAMP, in ISO 8601',
    ),
  ),
  enabled: z.optional(described(flag(), 'false: made, but not polling; true where it is left out')),
  auth: z.optional(
    described(oneOf(authMethods), 'the authentication that is expected; Lambda picks it by itself, this only asserts'),
  ),
  secret: z.optional(described(text(200), 'secret by name or ARN, for SASL/SCRAM or mutual TLS')),
  sourceAccess: z.optional(
    described(
      z
        .array(z.strictObject({ type: oneOf(sourceAccessTypes), uri: text(limits.sourceAccessUriLength) }))
        .check(z.maxLength(1, 'takes one entry: MSK takes one secret')),
      'the same as AWS has it: the secret with its type',
    ),
  ),
  consumerGroup: z.optional(
    described(
      matching(limits.consumerGroupPattern, groupSentence),
      'consumer group id; Lambda takes the mapping’s UUID where it is left out',
    ),
  ),
  batchSize: z.optional(described(whole(limits.batchSize), 'most records in one invocation; 100 where it is left out')),
  batchingWindow: z.optional(
    described(whole(limits.batchingWindow), 'seconds to gather records; 500 ms where it is left out'),
  ),
  filters: z.optional(
    described(
      z.array(text(limits.filterPatternLength)).check(z.maxLength(20, 'takes 20 patterns at most')),
      'event filter patterns as JSON texts, joined by OR',
    ),
  ),
  kmsKey: z.optional(
    described(
      matching(/^arn:[^:]+:kms:[^:]+:\d{12}:(key|alias)\/.+$/, 'takes the ARN of a KMS key'),
      'key that encrypts the filters',
    ),
  ),
  onFailure: z.optional(described(text(350), 'ARN of a queue, SNS topic or bucket, or kafka://topic')),
  maximumRetryAttempts: z.optional(
    described(wholeOrEndless(limits.retryAttempts), 'retries of a failing batch; needs provisioned pollers'),
  ),
  maximumRecordAge: z.optional(
    described(wholeOrEndless(limits.recordAge), 'seconds after which a record is given up; needs provisioned pollers'),
  ),
  bisectBatchOnError: z.optional(described(flag(), 'split a failing batch in two; needs provisioned pollers')),
  reportBatchItemFailures: z.optional(
    described(flag(), 'the function tells which records failed; needs provisioned pollers'),
  ),
  provisionedPollers: z.optional(
    described(
      z.strictObject({
        minimum: z.optional(described(whole(limits.minimumPollers), '1 where it is left out')),
        maximum: z.optional(described(whole(limits.maximumPollers), '200 where it is left out')),
        group: z.optional(
          described(
            matching(limits.pollerGroupPattern, 'takes at most 128 letters, digits, “-” and “_”'),
            'poller group to share with other mappings of the VPC',
          ),
        ),
      }),
      'provisioned mode; on-demand where it is left out or empty',
    ),
  ),
  schemaRegistry: z.optional(described(registrySchema, 'registry that decodes records; needs provisioned pollers')),
  metrics: z.optional(described(z.array(oneOf(metricGroups)), 'metric groups to switch on; they are billed')),
  logLevel: z.optional(described(oneOf(logLevels), 'level of the pollers’ log; needs provisioned pollers')),
  tags: z.optional(
    described(
      z.record(
        // The API's patterns of TagKey and TagValue.
        matching(
          /^(?![aA][wW][sS]:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u,
          'has a key that begins with “aws:”, is longer than 128 characters, or holds others than letters, digits, blanks and _.:/=+-@',
        ),
        matching(
          /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u,
          'takes values of at most 256 letters, digits, blanks and _.:/=+-@',
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
