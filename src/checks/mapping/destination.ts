import type { Destination } from '../../snapshot/resources/index.js';
import { defineCheck, fail, pass, undecided, type Judgement } from '../define.js';

interface Evidence {
  uuid: string;
  destination: string;
  fact: string;
}

export default defineCheck({
  id: 'mapping.destination',
  title: 'The on-failure destination is missing, or of the wrong kind',
  severity: 'error',
  stage: 'flow',
  needs: ['mapping', 'destinationReference', 'destinationIfRead', 'eventSource', 'topic'],
  judge({ mapping, destinationReference: destination, destinationIfRead, eventSource, topic }): Judgement<Evidence> {
    const wrong = (fact: string) => fail<Evidence>({ uuid: mapping.UUID, destination, fact });
    if (destination.startsWith('kafka://')) {
      if (mapping.ProvisionedPollerConfig === undefined) return wrong('a Kafka topic as destination needs provisioned pollers');
      return destination.slice('kafka://'.length) === topic ? wrong('it is the topic that the mapping reads') : pass;
    }
    const [prefix, , service, region = ''] = destination.split(':');
    if (prefix !== 'arn' || !['sqs', 'sns', 's3'].includes(service ?? '')) return wrong('it is no queue, SNS topic, bucket or kafka:// topic');
    // SQS and SNS destinations cannot be FIFO (AWS: event source mapping metrics).
    if (service !== 's3' && destination.endsWith('.fifo')) return wrong('a FIFO queue or topic is not supported');
    if (region !== '' && region !== eventSource.region) return wrong(`it is in ${region}, the mapping in ${eventSource.region}`);
    if (destinationIfRead.is === 'unread') return undecided('the destination could not be read', destinationIfRead.missing);
    if (destinationIfRead.is === 'known' && (destinationIfRead.value satisfies Destination | null) === null) return wrong('AWS answers that it does not exist');
    return pass;
  },
  describe: ({ destination, fact }) => ({ title: 'The on-failure destination does not work', evidence: [{ resource: destination, fact }] }),
  fixes: ({ uuid }) => [
    { title: 'Create the destination, or name one that exists', safety: 'by-hand', changes: [] },
    {
      title: 'Or take the destination out of the mapping',
      safety: 'care',
      changes: [{ service: 'lambda', operation: 'UpdateEventSourceMapping', input: { UUID: uuid, DestinationConfig: {} }, undo: null }],
    },
  ],
});
