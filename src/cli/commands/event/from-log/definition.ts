import { Argument } from 'commander';
import { defineCommand } from '../../../define-command.js';
import { fromLogOptions } from './options.js';

export default defineCommand({
  name: 'from-log',
  group: 'Try',
  summary: 'find the event in a log line or a failed-record document',
  description:
    'Prints the event on standard output and, for a failed-record document, on standard error why Lambda discarded the records. ' +
    'Accepts lines of CloudWatch Logs (text or JSON format, with prefixes, also a Python dictionary) and the document of an on-failure destination: an SQS message, an SNS notification or the object in S3. Documents of SQS and SNS contain no records: exit code 1.',
  arguments: [new Argument('<file>', 'log or document; - is standard input')],
  options: fromLogOptions,
  examples: [
    { command: 'msk-lambda event from-log failed-record.json', does: 'the event of a failed-record document' },
    {
      command: 'aws logs tail /aws/lambda/order-handler | msk-lambda event from-log -',
      does: 'the event that the function logged',
    },
    {
      command: 'msk-lambda event from-log log.txt | msk-lambda event decode -',
      does: 'contents of the records in a log',
    },
  ],
  load: async () => (await import('./run.js')).run,
});
