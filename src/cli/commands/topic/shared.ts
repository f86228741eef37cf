/** What the definitions of `topic` and of the commands below it share. */
import { Argument } from 'commander';

export const clusterArgument = (): Argument => new Argument('<cluster>', 'cluster, by name or ARN');

export const topicApiNeeds =
  'MSK has topics in its API for provisioned clusters on Kafka 3.6 or later; no way to the brokers is needed.';
