import { authMethods } from '../../../aws/msk.js';
import { audiences } from '../../../access/policies/audience.js';
import { outputOptionsIn, sourceOptions } from '../../shared-options.js';
import { option, type OptionsOf } from '../../typed-option.js';

const planned = { group: 'A mapping that does not exist yet' } as const;

/** A mapping that does not exist yet, by ARNs. */
const plannedMappingOptions = () => [
  option('--cluster <arn>', 'cluster, or VPC connection to another account’s', planned),
  option('--topic <name>', 'topic', planned),
  option('--function <arn>', 'function', planned),
  option('--role <arn>', 'execution role', planned),
  option('--auth <method>', 'how Lambda will log in', { ...planned, choices: authMethods }),
  option('--secret <arn>', 'secret of SASL/SCRAM or mutual TLS', planned),
  option('--kms-key <arn>', 'the secret’s own key', planned),
  option('--consumer-group <id>', 'consumer group; any of the cluster where it is left out', planned),
  option('--on-failure <arn>', 'on-failure destination: ARN or kafka://TOPIC', planned),
  option('--schema-registry <arn>', 'AWS Glue schema registry', planned),
  option('--principal <name>', 'as Kafka sees the pollers, User:NAME, for --for acls', planned),
];

export const policyOptions = () => [
  option('--for <whom>', 'whose policy', { choices: audiences, default: 'role' }),
  option('--check <role>', 'compare a role, by name or ARN, with what the trigger needs'),
  ...plannedMappingOptions(),
  ...sourceOptions(),
  ...outputOptionsIn(['text', 'json', 'terraform', 'cloudformation']),
];

export type PlannedMappingOptions = OptionsOf<typeof plannedMappingOptions>;
export type PolicyOptions = OptionsOf<typeof policyOptions>;
