/** Shared by the definitions of `topic` and its subcommands. */
import { Argument } from 'commander';

export const clusterArgument = (): Argument => new Argument('<cluster>', 'cluster, by name or ARN');

export const topicApiNeeds =
  'MSK has topics in its API for provisioned clusters on Kafka 3.6 or later; no way to the brokers is needed.';
