/** Faults of a mapping's on-failure destination (AWS: capturing discarded batches for Kafka event sources). */
import { parseArn } from '../../../aws/arn.js';
import type { Destination, Topic } from '../../../snapshot/resources/index.js';
import { pass, undecided, type Judgement } from '../../define.js';
import { valueOrNull, type Fact } from '../../../subject/fact.js';

/** A fault of a destination; its kind decides the fix. */
export interface DestinationFault {
  kind: 'on-demand' | 'own-topic' | 'topic-gone' | 'unsupported' | 'elsewhere' | 'gone';
  /** For the title, after “The on-failure destination NAME”. */
  short: string;
  fact: string;
}
type FaultOrJudgement = DestinationFault | Judgement<never>;
const fault = (kind: DestinationFault['kind'], short: string, fact: string): DestinationFault => ({
  kind,
  short,
  fact,
});

/** `kafka://NAME`, for a mapping that reads `topic`. `works`: Lambda shows that it polls. */
export function judgeTopic(
  destination: string,
  { topic, topics, works, onDemand }: { topic: string; topics: Fact<Topic[]>; works: boolean; onDemand: boolean },
): FaultOrJudgement {
  const name = destination.slice('kafka://'.length);
  if (onDemand)
    return fault(
      'on-demand',
      'requires provisioned mode',
      'a Kafka topic as on-failure destination requires provisioned mode',
    );
  if (name === topic)
    return fault('own-topic', 'is the topic that the mapping reads', 'the mapping would read its own failed records');
  const names = (valueOrNull(topics) ?? []).map(({ TopicName }) => TopicName);
  if (!names.includes(topic) || names.includes(name)) return pass;
  // MSK lists only the topics that the caller's permissions allow it to describe.
  return works
    ? undecided(`your credentials do not see the topic ${name} (MSK lists only topics that they may describe)`)
    : fault('topic-gone', 'does not exist', 'kafka:ListTopics does not list this topic');
}

/** A queue, SNS topic or bucket by its ARN, for a mapping in `region`. */
export function judgeArn(arn: string, region: string, destination: Fact<Destination | null>): FaultOrJudgement {
  const { service = '', region: itsRegion = '' } = parseArn(arn) ?? {};
  if (!['sqs', 'sns', 's3'].includes(service))
    return fault(
      'unsupported',
      'has a type that Lambda does not support',
      'supported are SQS queues, SNS topics, S3 buckets and Kafka topics (kafka://…)',
    );
  // SQS and SNS destinations cannot be FIFO (AWS: event source mapping metrics).
  if (service !== 's3' && arn.endsWith('.fifo'))
    return fault(
      'unsupported',
      'is a FIFO queue or topic',
      'Lambda supports only standard queues and standard SNS topics',
    );
  if (itsRegion !== '' && itsRegion !== region)
    return fault(
      'elsewhere',
      'is in another region',
      `the destination is in ${itsRegion}, the mapping is in ${region}`,
    );
  if (destination.is === 'unread') return undecided('the destination could not be read', destination.missing);
  return destination.is === 'known' && destination.value === null
    ? fault('gone', 'does not exist', 'the mapping still names it')
    : pass;
}
