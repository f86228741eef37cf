import { defineCommand } from '../../../define-command.js';
import { generateOptions } from './options.js';

export default defineCommand({
  name: 'generate',
  group: 'Try',
  summary: 'print an event as Lambda sends it for Kafka records',
  description:
    'One record from the flags, or one record per line of a file (JSON lines of key, value, headers, partition, offset, timestamp). A record without --value is a tombstone. ' +
    'With --schema, the value is JSON that the schema encodes (with --key-schema, the key): --schema-format SOURCE and JSON are the formats of a mapping with a schema registry; CONFLUENT and GLUE are what a mapping without one delivers.',
  options: generateOptions,
  examples: [
    {
      command: 'msk-lambda event generate --topic orders --key 42 --value \'{"id":42}\'',
      does: 'an event with one record',
    },
    { command: 'msk-lambda event generate --from-file records.jsonl --topic orders', does: 'one record per line' },
    {
      command: 'msk-lambda event generate --self-managed --bootstrap broker-1.example.com:9092 --value text',
      does: 'the event of a self-managed source',
    },
    {
      command: 'msk-lambda event generate --value \'{"id":42}\' --schema order.avsc --schema-format SOURCE',
      does: 'a value that a schema registry has validated',
    },
  ],
  load: async () => (await import('./run.js')).run,
});
