import { authMethods } from '../../../aws/msk.js';
import { audiences } from '../../../access/policies/audience.js';
import { outputOptionsIn, shellOptions, sourceOptions } from '../../shared-options.js';
import { option, type OptionsOf } from '../../typed-option.js';

const planned = { group: 'Planned mapping' } as const;

/** A mapping that does not exist yet, by ARNs. */
const plannedMappingOptions = () => [
  option('--cluster <arn>', 'MSK cluster; for a cluster of another account, the VPC connection', planned),
  option('--topic <name>', 'topic to read', planned),
  option('--function <arn>', 'function', planned),
  option('--role <arn>', 'execution role', planned),
  option('--auth <method>', 'authentication method', { ...planned, choices: authMethods }),
  option('--secret <arn>', 'secret for SASL/SCRAM or mTLS', planned),
  option('--kms-key <arn>', 'customer managed KMS key of the secret', planned),
  option('--consumer-group <id>', 'consumer group; default: any group of the cluster', planned),
  option('--on-failure <arn>', 'on-failure destination: ARN or kafka://TOPIC', planned),
  option('--schema-registry <arn>', 'AWS Glue schema registry', planned),
  option('--principal <name>', 'principal of the pollers in Kafka, User:NAME; with --for acls', planned),
];

/** The attributes of these options. */
export const plannedNames = [
  'cluster',
  'topic',
  'function',
  'role',
  'auth',
  'secret',
  'kmsKey',
  'consumerGroup',
  'onFailure',
  'schemaRegistry',
  'principal',
] as const;

export const policyOptions = () => [
  option('--for <whom>', 'principal or resource that the policy is for', { choices: audiences, default: 'role' }),
  option(
    '--check <role>',
    'compare the policies of this role (name or ARN) with the permissions that the mapping needs',
  ),
  option(
    '--only-missing',
    'with --for doctor: read the account, and allow only the actions that your credentials lack',
    {
      conflicts: ['check', ...plannedNames],
    },
  ),
  ...plannedMappingOptions(),
  ...sourceOptions(),
  ...shellOptions(),
  ...outputOptionsIn(['text', 'json', 'terraform', 'cloudformation'], {
    quiet: 'with --check or --only-missing: print only the missing actions, one per line',
  }),
];

export type PlannedMappingOptions = OptionsOf<typeof plannedMappingOptions>;
export type PolicyOptions = OptionsOf<typeof policyOptions>;
