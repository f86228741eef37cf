/**
 * Texts about event source mappings on sources other than Kafka: this tool knows nothing about them, and must not
 * guess.
 */
import { squeeze } from './normalize.js';
import type { KnownText } from './known-text.js';

const kinds: Record<string, string> = {
  sqs: 'an Amazon SQS queue',
  kinesis: 'an Amazon Kinesis stream',
  dynamodb: 'an Amazon DynamoDB stream',
  mq: 'an Amazon MQ broker',
  rds: 'an Amazon DocumentDB cluster',
};

/** Calls that only the pollers of such a source make, by service. */
const pollerActions: Record<string, readonly string[]> = {
  sqs: ['ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility'],
  kinesis: [
    'GetRecords',
    'GetShardIterator',
    'DescribeStream',
    'DescribeStreamSummary',
    'ListShards',
    'ListStreams',
    'SubscribeToShard',
  ],
  dynamodb: ['GetRecords', 'GetShardIterator', 'DescribeStream', 'ListStreams', 'ListShards'],
  mq: ['DescribeBroker'],
};

/**
 * The source of the mapping, by the ARN in the text. Quantifiers are bounded, because the text may be of any length.
 */
const sourceArn = /event_?source(?:_?arn)?["'=:(]{1,6}arn:[a-z-]{3,12}:(sqs|kinesis|dynamodb|mq|rds):/;

/** Words that only texts about these sources contain. */
const words: readonly (readonly [kind: string, piece: string])[] = [
  ['sqs', 'queue visibility timeout'],
  ['sqs', 'event source mapping with SQS arn'],
  ['sqs', 'must be greater than 0 if maximum batch size is greater than 10'],
  ['kinesis', 'KinesisBatchInfo'],
  ['dynamodb', 'DDBStreamBatchInfo'],
  ...['aws', 'aws-cn', 'aws-us-gov'].flatMap((partition) =>
    ['kinesis', 'dynamodb'].map((kind) => [kind, `cannot access stream arn:${partition}:${kind}:`] as const),
  ),
  ...Object.entries(pollerActions).flatMap(([kind, actions]) =>
    actions.map((action) => [kind, `to call ${action} on ${kind}`] as const),
  ),
];
const squeezedWords = words.map(([kind, piece]) => [kind, squeeze(piece)] as const);

export const otherEventSource: KnownText = {
  id: 'other-event-source',
  fragments: [],
  text: 'PROBLEM: Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds',
  meaning:
    'This error is about an event source mapping on another source. msk-lambda supports only Kafka event source mappings.',
  causes: [],
  remedy:
    'See the AWS documentation of that source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html',
};

/** The entry with the source's name, for a text about a mapping on another source than Kafka; otherwise undefined. */
export function matchOtherSource(squeezed: string): KnownText | undefined {
  const kind =
    sourceArn.exec(squeezed)?.[1] ?? squeezedWords.find(([, piece]) => squeezed.includes(piece))?.[0] ?? undefined;
  if (kind === undefined) return undefined;
  return {
    ...otherEventSource,
    meaning: `This error is about an event source mapping on ${kinds[kind]!}. msk-lambda supports only Kafka event source mappings.`,
  };
}
