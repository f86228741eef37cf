/** Faults of a mapping's on-failure destination (AWS: capturing discarded batches for Kafka event sources). */
import { parseArn } from '../../../aws/arn.js';
import type { Destination, Topic } from '../../../snapshot/resources/index.js';
import { pass, undecided, type Judgement } from '../../define.js';
import { valueOrNull, type Fact } from '../../../subject/fact.js';

/** A fault of a destination; its kind decides the fix. */
export interface DestinationFault {
  kind: 'on-demand' | 'own-topic' | 'topic-gone' | 'unsupported' | 'elsewhere' | 'gone';
  fact: string;
}
type FaultOrJudgement = DestinationFault | Judgement<never>;
const fault = (kind: DestinationFault['kind'], fact: string): DestinationFault => ({ kind, fact });

/** `kafka://NAME`, for a mapping that reads `topic`. `works`: Lambda shows that it polls. */
export function judgeTopic(
  destination: string,
  { topic, topics, works, onDemand }: { topic: string; topics: Fact<Topic[]>; works: boolean; onDemand: boolean },
): FaultOrJudgement {
  const name = destination.slice('kafka://'.length);
  if (onDemand) return fault('on-demand', 'a Kafka topic as destination needs provisioned pollers');
  if (name === topic) return fault('own-topic', 'it is the topic that the mapping reads');
  const names = (valueOrNull(topics) ?? []).map(({ TopicName }) => TopicName);
  if (!names.includes(topic) || names.includes(name)) return pass;
  // MSK lists only the topics that the caller's permissions allow it to describe.
  return works
    ? undecided(`MSK does not list the topic ${name} to your credentials`)
    : fault('topic-gone', 'ListTopics does not show the topic');
}

/** A queue, SNS topic or bucket by its ARN, for a mapping in `region`. */
export function judgeArn(arn: string, region: string, destination: Fact<Destination | null>): FaultOrJudgement {
  const { service = '', region: itsRegion = '' } = parseArn(arn) ?? {};
  if (!['sqs', 'sns', 's3'].includes(service))
    return fault('unsupported', 'it is no queue, SNS topic, bucket or kafka:// topic');
  // SQS and SNS destinations cannot be FIFO (AWS: event source mapping metrics).
  if (service !== 's3' && arn.endsWith('.fifo')) return fault('unsupported', 'a FIFO queue or topic is not supported');
  if (itsRegion !== '' && itsRegion !== region)
    return fault('elsewhere', `it is in ${itsRegion}, the mapping in ${region}`);
  if (destination.is === 'unread') return undecided('the destination could not be read', destination.missing);
  return destination.is === 'known' && destination.value === null
    ? fault('gone', 'AWS answers that it does not exist')
    : pass;
}
