import { defineCommand } from '../../define-command.js';
import decode from './decode/definition.js';
import fromLog from './from-log/definition.js';
import generate from './generate/definition.js';
import invoke from './invoke/definition.js';

export default defineCommand({
  name: 'event',
  group: 'Try',
  summary: 'generate, decode, find and send the events that Lambda sends for Kafka records',
  description:
    'The event has the records by topic and partition, with key and value in Base64 and the bytes of headers as signed numbers. Only `invoke` needs AWS access.',
  examples: [
    {
      command: 'msk-lambda event generate --topic orders --value \'{"id":1}\' --header trace=abc',
      does: 'an event with one record',
    },
    { command: 'msk-lambda event decode event.json', does: 'keys, values and headers as text' },
    { command: 'msk-lambda event from-log failed-record.json', does: 'the event of a failed-record document' },
  ],
  commands: [generate, decode, fromLog, invoke],
});
