import { Argument } from 'commander';
import { authMethods } from '../../../mapping/choices.js';
import { audiences, type Audience } from '../../../access/policies/audience.js';
import { defineCommand } from '../../define.js';
import { option, outputOptions, sourceOptions, type OutputOptions, type SourceOptions } from '../../options.js';

/** A mapping that does not exist yet, by ARNs. */
export interface MeantMapping {
  cluster?: string;
  topic?: string;
  function?: string;
  role?: string;
  auth?: (typeof authMethods)[number];
  secret?: string;
  kmsKey?: string;
  consumerGroup?: string;
  onFailure?: string;
  schemaRegistry?: string;
  principal?: string;
}

export interface PolicyOptions
  extends SourceOptions, OutputOptions<'text' | 'json' | 'terraform' | 'cloudformation'>, MeantMapping {
  for: Audience;
  check?: string;
}

const meant = 'A mapping that does not exist yet';

export default defineCommand<PolicyOptions>({
  name: 'policy',
  group: 'Look',
  summary: 'print the least policy for a trigger: of its role, of who makes it, of secret, key, cluster, endpoints',
  description:
    'Exact actions and ARNs for the mappings that are named, or for one that is only meant: then with ARNs in the flags nothing is read from AWS. ' +
    '`--for doctor` is what this tool itself needs, and `--for acls` gives the kafka-acls lines where Kafka asks no IAM right. ' +
    '`--check ROLE` says what a role lacks and what it may beyond; it exits 1 when something is missing.',
  arguments: [new Argument('[target...]', 'mapping UUID, function or cluster, by name or ARN')],
  options: () => [
    option('--for <whom>', 'whose policy').choices(audiences).default('role'),
    option('--check <role>', 'compare a role, by name or ARN, with what the trigger needs'),
    option('--cluster <arn>', 'cluster, or VPC connection to another account’s', meant),
    option('--topic <name>', 'topic', meant),
    option('--function <arn>', 'function', meant),
    option('--role <arn>', 'execution role', meant),
    option('--auth <method>', 'how Lambda will log in').choices(authMethods).helpGroup(`${meant}:`),
    option('--secret <arn>', 'secret of SASL/SCRAM or mutual TLS', meant),
    option('--kms-key <arn>', 'the secret’s own key', meant),
    option('--consumer-group <id>', 'consumer group; any of the cluster where it is left out', meant),
    option('--on-failure <arn>', 'on-failure destination: ARN or kafka://TOPIC', meant),
    option('--schema-registry <arn>', 'AWS Glue schema registry', meant),
    option('--principal <name>', 'as Kafka sees the pollers, User:NAME, for --for acls', meant),
    ...sourceOptions(),
    ...outputOptions(['text', 'json', 'terraform', 'cloudformation']),
  ],
  examples: [
    {
      command: 'msk-lambda policy order-handler --output-file policy.json',
      does: 'the role’s policy for all MSK triggers of a function',
    },
    {
      command: 'msk-lambda policy order-handler --check order-handler-role',
      does: 'what the role lacks, and what it may beyond',
    },
    {
      command: 'msk-lambda policy --for doctor --output terraform',
      does: 'the rights that this tool needs to diagnose',
    },
  ],
  load: async () => (await import('./run.js')).run,
});
