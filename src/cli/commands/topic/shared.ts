/** Shared by the definitions of `topic` and its subcommands. */
import { Argument } from 'commander';

export const clusterArgument = (): Argument => new Argument('<cluster>', 'MSK cluster, by name or ARN');

export const topicApiNeeds =
  'Uses the MSK API, so it needs no network access to the brokers; available for provisioned clusters with Kafka 3.6 or later.';
