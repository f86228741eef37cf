import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { replayOptions } from './options.js';

export default defineCommand({
  name: 'replay',
  group: 'Try',
  summary: 'read a topic as Lambda does, and call a handler on this machine',
  description:
    'Reads the records of a topic, forms batches with the settings of the mapping, applies its filter, and calls a handler: of Node.js, a command in any language, or the deployed function. ' +
    'After a failure it does what Lambda does: retry, partial batch response, bisect, drop or destination. The first line names the record that blocks a partition. Without a handler, it only reads, filters and forms batches. For a mapping with a schema registry, --schema decodes the records as Lambda does.\n' +
    'It joins no consumer group, commits nothing and writes nothing. A batch contains one partition, so that each line names one partition; Lambda may put several partitions in one payload. ' +
    'Partitions take turns, one call at a time. Where Lambda retries without end, a batch is called twice, and its partition stops. ' +
    'Only records of committed transactions are read. Exit code 1: a partition is blocked, or a record is dropped.',
  arguments: [new Argument('[target]', 'mapping by UUID, function with one mapping, or with --topic a cluster')],
  options: replayOptions,
  examples: [
    {
      command: 'msk-lambda replay 5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11 --handler dist/index.mjs#handler',
      does: 'from the committed offsets on, with the settings of the mapping',
    },
    {
      command: "msk-lambda replay order-handler --command 'python3 handler.py' --from 1200 --max 500 --bisect",
      does: 'a handler in Python; finds the record that fails',
    },
    {
      command:
        'msk-lambda replay --bootstrap b-1:9096 --auth scram --secret-file secret.json --topic orders --handler index.js#handler',
      does: 'without AWS access',
    },
    {
      command: 'msk-lambda replay order-handler --handler index.js#handler --schema order.avsc',
      does: 'values decoded as by the schema registry of the mapping',
    },
    {
      command: 'msk-lambda replay --sandbox poison-pill --bisect',
      does: 'a simulated topic with a record that blocks its partition',
    },
  ],
  load: async () => (await import('./run.js')).run,
});
