import { defineCheck, fail, pass, skip, undecided, warn, type Judgement } from '../define.js';
import { retrySettings } from './support/retry-settings.js';
import { hasProvisionedPollers } from '../../snapshot/provisioned.js';

interface Evidence {
  uuid: string;
  title: string;
  destination: string;
  facts: string[];
}

export default defineCheck({
  id: 'mapping.destination',
  title: 'The on-failure destination is missing, of the wrong kind, or retries are set without what they need',
  severity: 'error',
  stage: 'flow',
  indicator: 'the ARN under DestinationConfig leads to nothing, to a FIFO queue or to another region',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure-destination.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html',
  ],
  needs: ['mapping', 'eventSource', 'topic', 'works'],
  mayUse: ['destination', 'topics'],
  judge({ mapping, destination: read, topics, eventSource, topic, works }): Judgement<Evidence> {
    const destination = mapping.DestinationConfig?.OnFailure?.Destination ?? '';
    const onDemand = !hasProvisionedPollers(mapping);
    const evidence = { uuid: mapping.UUID, destination, title: 'The on-failure destination does not work' };
    const wrong = (fact: string) => fail<Evidence>({ ...evidence, facts: [fact] });
    const retries = onDemand ? retrySettings(mapping) : [];
    const unused =
      retries.length === 0
        ? null
        : warn<Evidence>({
            ...evidence,
            title: 'Retries are limited, and the mapping has no provisioned pollers',
            facts: [`${retries.join(', ')}: limits of retries need provisioned pollers`],
          });
    if (destination === '') return unused ?? skip('the mapping has no on-failure destination');
    if (destination.startsWith('kafka://')) {
      const name = destination.slice('kafka://'.length);
      if (onDemand) return wrong('a Kafka topic as destination needs provisioned pollers');
      if (name === topic) return wrong('it is the topic that the mapping reads');
      const names = topics.is === 'known' ? topics.value.map((one) => one.TopicName) : [];
      if (!names.includes(topic) || names.includes(name)) return unused ?? pass;
      // MSK lists only the topics that the caller's own rights let it describe.
      return works
        ? undecided(`MSK does not list the topic ${name} to your credentials`)
        : wrong('ListTopics does not show the topic');
    }
    const [prefix, , service, region = ''] = destination.split(':');
    if (prefix !== 'arn' || !['sqs', 'sns', 's3'].includes(service ?? ''))
      return wrong('it is no queue, SNS topic, bucket or kafka:// topic');
    // SQS and SNS destinations cannot be FIFO (AWS: event source mapping metrics).
    if (service !== 's3' && destination.endsWith('.fifo')) return wrong('a FIFO queue or topic is not supported');
    if (region !== '' && region !== eventSource.region)
      return wrong(`it is in ${region}, the mapping in ${eventSource.region}`);
    if (read.is === 'unread') return undecided('the destination could not be read', read.missing);
    if (read.is === 'known' && read.value === null) return wrong('AWS answers that it does not exist');
    return unused ?? pass;
  },
  describe: ({ uuid, title, destination, facts }) => ({
    title,
    evidence: facts.map((fact) => ({ resource: destination === '' ? uuid : destination, fact })),
  }),
  fixes: ({ uuid, destination }) =>
    destination === ''
      ? [{ title: 'Give the mapping provisioned pollers, or take the limits away', safety: 'by-hand', changes: [] }]
      : [
          { title: 'Create the destination, or name one that exists', safety: 'by-hand', changes: [] },
          {
            title: 'Or take the destination out of the mapping',
            safety: 'care',
            changes: [
              {
                service: 'lambda',
                operation: 'UpdateEventSourceMapping',
                input: { UUID: uuid, DestinationConfig: {} },
                undo: {
                  service: 'lambda',
                  operation: 'UpdateEventSourceMapping',
                  input: { UUID: uuid, DestinationConfig: { OnFailure: { Destination: destination } } },
                },
              },
            ],
          },
        ],
});
