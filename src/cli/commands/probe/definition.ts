import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { probeOptions } from './options.js';

export default defineCommand({
  name: 'probe',
  group: 'Diagnose',
  summary: 'connect to the brokers as Lambda does, and show where it stops',
  description:
    'Takes the steps of Lambda’s pollers one by one: DNS, TCP, TLS, client certificate, login, topic, consumer group, offsets, one record. ' +
    'A failed step is shown with Kafka’s answer, the responsible check, a fix, and the error that Lambda would show. ' +
    'It uses the login, brokers, topic and consumer group of the mapping. With --bootstrap and --secret-file it makes no AWS call. ' +
    'It connects from this machine, which must reach the brokers: the brokers of MSK have private addresses. ' +
    'With --from-vpc it connects from the subnets of the pollers, after a confirmation.\n' +
    'It never commits offsets, never retries a refused login, and joins the consumer group only if the group is empty. ' +
    'Asking for the coordinator of a group can make a new cluster create the internal topic __consumer_offsets.',
  arguments: [
    new Argument(
      '[target]',
      'mapping by UUID, function with one mapping, or cluster, by name or ARN; default with --sandbox: its only mapping',
    ),
  ],
  options: probeOptions,
  examples: [
    {
      command: 'msk-lambda probe --sandbox scram',
      does: 'a simulated account, whose brokers answer on this machine',
    },
    {
      command: 'msk-lambda probe 5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11',
      does: 'the brokers, login, topic and consumer group of a mapping',
    },
    {
      command: 'msk-lambda probe order-handler --from-vpc',
      does: 'the same from each subnet of the pollers, with the execution role',
    },
    {
      command: 'msk-lambda probe orders-cluster --auth iam --topic orders --via socks5://localhost:1080',
      does: 'a cluster behind a bastion host',
    },
    {
      command: 'msk-lambda probe --bootstrap b-1:9096,b-2:9096 --auth scram --secret-file secret.json --topic orders',
      does: 'without AWS access',
    },
  ],
  load: async () => (await import('./run.js')).run,
});
