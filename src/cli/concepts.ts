/** The terms that help, output and documentation use, explained once: `msk-lambda help concepts` and the man page. */
import { wrap } from '../text/wrap.js';

export interface Concept {
  term: string;
  meaning: string;
}

export const concepts: readonly Concept[] = [
  {
    term: 'event source mapping',
    meaning:
      'The Lambda resource that connects one Kafka topic of a cluster with one function. The console calls it a trigger. Its UUID identifies it; most commands also accept the name of the function or cluster.',
  },
  {
    term: 'poller',
    meaning:
      'The process that Lambda runs for a mapping. It reads records from the topic and invokes the function with batches of them. It has network interfaces in the subnets and security groups of the cluster, and it uses the execution role of the function. AWS calls it an event poller.',
  },
  {
    term: 'on-demand mode',
    meaning:
      'The default: Lambda chooses the number of pollers. From the subnets of the cluster, they must reach the brokers, Lambda, STS and, if the mapping has a secret, Secrets Manager, through a NAT gateway or VPC endpoints.',
  },
  {
    term: 'provisioned mode',
    meaning:
      'You choose the minimum and maximum number of pollers (--minimum-pollers, --maximum-pollers), billed per event poller hour. The pollers then need no network path to Lambda, STS or Secrets Manager. Retry limits, schema registries and poller logs require this mode.',
  },
  {
    term: 'consumer group',
    meaning:
      'The name under which Kafka stores how far a mapping has read: its committed offsets. The default is the UUID of the mapping, so a new mapping starts without offsets. Lambda allows each consumer group in one mapping only.',
  },
  {
    term: 'starting position',
    meaning:
      'Where a consumer group without committed offsets starts: TRIM_HORIZON (oldest record kept), LATEST (only records written from now on) or AT_TIMESTAMP. A consumer group with committed offsets resumes from them and ignores the starting position.',
  },
  {
    term: 'bootstrap priority',
    meaning:
      'A cluster has one bootstrap string for each authentication method that is turned on. Lambda selects one in this order and tries no other: mTLS and SASL/SCRAM (if the mapping has a secret of that type), IAM, TLS without authentication, plaintext. See `msk-lambda broker`.',
  },
  {
    term: 'execution role',
    meaning:
      'The IAM role of the function. The pollers use it too: to look up the cluster, to create network interfaces, to read the secret and, with IAM authentication, to read the topic and use the consumer group. See `msk-lambda policy`.',
  },
  {
    term: 'check',
    meaning:
      'One rule that `doctor` evaluates, with an ID such as network.aws-path. A check passes, fails, warns, is not applicable, or is unknown when the permissions to read its data are missing. See `msk-lambda explain --list`.',
  },
];

const indent = 2;

/** All concepts as text of this width. */
export const renderConcepts = (columns: number): string =>
  concepts.map(({ term, meaning }) => `${term}\n${wrap(meaning, { columns, indent })}\n`).join('\n');
