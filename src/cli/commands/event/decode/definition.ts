import { Argument } from 'commander';
import { defineCommand } from '../../../define-command.js';
import { decodeOptions } from './options.js';

export default defineCommand({
  name: 'decode',
  group: 'Try',
  summary: 'show the keys, values and headers of an event as text, and what the handler must decode',
  description:
    'Shows the contents of the records. Recognises JSON, text, binary content, the headers of the Confluent and AWS Glue schema registries, gzip, and Base64 inside Base64. ' +
    'With --schema, values are decoded by an Avro schema, a .proto file or a JSON Schema; exit code 1 if a schema does not decode a record.',
  arguments: [new Argument('<file>', 'event as JSON; - is standard input')],
  options: decodeOptions,
  examples: [
    { command: 'msk-lambda event decode event.json', does: 'keys, values and headers as text' },
    { command: 'msk-lambda event decode event.json --schema order.avsc', does: 'values decoded by an Avro schema' },
    {
      command: 'msk-lambda event decode event.json --schema 7=order.avsc --schema 8=refund.proto',
      does: 'a schema for each schema ID',
    },
    {
      command: 'msk-lambda event generate --value text | msk-lambda event decode -',
      does: 'the event that another command prints',
    },
  ],
  load: async () => (await import('./run.js')).run,
});
