/**
 * Refusals of AWS that are not about the mapping's own settings: conflicts, missing resources, SASL/SCRAM secrets,
 * keys.
 */
import { scramPrefix } from '../aws/msk.js';
import type { KnownText } from './known-text.js';

const notAboutMappings = 'The error is not about an event source mapping: do not delete one.';

/** ResourceConflictException (409) of Lambda, by what already exists. */
const conflicts: readonly KnownText[] = [
  {
    id: 'request-function-exists',
    fragments: ['function already exist'],
    text: 'ResourceConflictException: Function already exist: FUNCTION',
    meaning: `A function with this name exists in the account and region, and the tool tries to create it. ${notAboutMappings}`,
    causes: [],
    remedy: 'Import the function into the tool (terraform import, a CloudFormation import), or use another name.',
  },
  {
    id: 'request-alias-exists',
    fragments: ['alias already exists'],
    text: 'ResourceConflictException: Alias already exists: ARN',
    meaning: `An alias with this name exists, and the tool tries to create it. ${notAboutMappings}`,
    causes: [],
    remedy: 'Update the alias (`aws lambda update-alias`) or import it into the tool.',
  },
  {
    id: 'request-statement-exists',
    fragments: [['the statement id (', 'provided already exists']],
    text: 'ResourceConflictException: The statement id (ID) provided already exists. Please provide a new statement id, or remove the existing statement.',
    meaning: `The function’s resource-based policy has a statement with this ID. ${notAboutMappings} An event source mapping on MSK needs no statement in this policy.`,
    causes: [],
    remedy:
      'Use another statement ID, or remove the statement first: `aws lambda remove-permission --function-name NAME --statement-id ID`.',
  },
];

const missing: readonly KnownText[] = [
  {
    id: 'request-mapping-missing',
    fragments: [
      'the resource you requested does not exist',
      ['ResourceNotFoundException', 'EventSourceMapping operation'],
      ['event source mapping', "couldn't find resource"],
    ],
    text: 'ResourceNotFoundException: The resource you requested does not exist. (Service: Lambda, Status Code: 404)',
    meaning:
      'Lambda has no event source mapping with this UUID in this region and account. It was deleted, it was recreated with another UUID, or the request went to another region or account. After a delete, this error means success.',
    causes: [],
    remedy:
      'Check the region and account of the request (`aws sts get-caller-identity`, `aws configure list`), then list the mappings: `msk-lambda list`. If a tool has stored the old UUID, refresh its state.',
  },
  {
    id: 'request-cluster-missing',
    fragments: [
      ['NotFoundException', 'DescribeCluster'],
      ['NotFoundException', 'GetBootstrapBrokers'],
      ['NotFoundException', 'Service: Kafka'],
    ],
    text: 'NotFoundException: an error occurred when calling the DescribeClusterV2 operation',
    meaning:
      'MSK has no cluster with this ARN in this region and account. A recreated cluster has the same name but another UUID at the end of its ARN.',
    causes: [{ check: 'cluster.state', because: 'the cluster was deleted, or the ARN is wrong' }],
    remedy: 'List the clusters with `aws kafka list-clusters-v2`, and compare the complete ARN.',
  },
  {
    id: 'request-secret-missing',
    fragments: ["secrets manager can't find the specified secret"],
    text: 'ResourceNotFoundException: Secrets Manager can’t find the specified secret.',
    meaning:
      'Secrets Manager has no secret with this name or ARN in this region and account, or the secret has no value yet.',
    causes: [{ check: 'secret.exists', because: 'the secret was deleted, or its ARN is not complete' }],
  },
  {
    id: 'request-role-missing',
    fragments: [['the role with name', 'cannot be found']],
    text: 'NoSuchEntity: The role with name ROLE cannot be found.',
    meaning: 'IAM has no role with this name in this account. A function without its role cannot be invoked.',
    causes: [{ check: 'access.trust', because: 'Lambda cannot assume a role that does not exist' }],
  },
];

/** UnprocessedScramSecrets of BatchAssociateScramSecret: MSK answers 200 and refuses each secret separately. */
const scram: readonly KnownText[] = [
  {
    id: 'scram-secret-name-prefix',
    fragments: [`must have the prefix '${scramPrefix}'`, `must begin with the prefix ${scramPrefix}`],
    text: `ErrorCode: InvalidSecretArn, ErrorMessage: The provided secret arn cannot be used with Amazon MSK. Secret names must have the prefix '${scramPrefix}'`,
    meaning:
      'MSK associates only secrets whose name begins with AmazonMSK_ with a cluster. The name of this secret is different.',
    causes: [{ check: 'secret.name-prefix', because: 'the name of the secret does not begin with AmazonMSK_' }],
    remedy:
      'A secret cannot be renamed: create one with the prefix and a customer managed key, and associate it. `msk-lambda secret create` does all of it.',
  },
  {
    id: 'scram-secret-default-key',
    fragments: [
      ['secret', 'encrypted with the default key', 'MSK'],
      ['secret', 'default AWS KMS key', 'MSK'],
      ['secret', 'default KMS key', 'MSK'],
    ],
    text: 'ErrorCode: InvalidSecretArn, ErrorMessage: The provided secret is encrypted with the default key. You can’t use this secret with Amazon MSK.',
    meaning:
      'The secret is encrypted with the AWS managed key aws/secretsmanager. MSK requires a customer managed key.',
    causes: [{ check: 'secret.kms', because: 'the secret is encrypted with the AWS managed key' }],
    remedy:
      'Encrypt the secret with a customer managed key (`aws secretsmanager update-secret --secret-id SECRET --kms-key-id KEY`), then associate it again.',
  },
  {
    id: 'scram-secret-not-accessible',
    fragments: [
      "Amazon MSK wasn't able to access the provided secret",
      'Amazon MSK was not able to access the provided secret',
    ],
    text: 'ErrorCode: InvalidSecretArn, ErrorMessage: Amazon MSK wasn’t able to access the provided secret.',
    meaning:
      'MSK could not read the secret: the key policy or the secret’s policy does not allow it, the secret is still being created, or it is in another account or region.',
    causes: [
      { check: 'secret.kms', because: 'the KMS key is disabled, or its key policy does not allow MSK to decrypt' },
      { check: 'secret.exists', because: 'the secret does not exist yet, or is scheduled for deletion' },
    ],
    remedy:
      'Your credentials need secretsmanager:GetSecretValue, secretsmanager:PutResourcePolicy and kms:CreateGrant, kms:Decrypt on the key. Wait a minute after creating the secret, then associate it again.',
  },
  {
    id: 'scram-secret-format',
    fragments: [
      ['secret', 'invalid schema', 'MSK'],
      ['secret', 'invalid schema', 'SecretArn'],
    ],
    text: 'ErrorCode: InvalidSecretArn, ErrorMessage: The provided secret has an invalid schema. SecretArn: ARN',
    meaning: 'MSK read the secret, but it is not JSON with username and password.',
    causes: [{ check: 'secret.scram', because: 'the secret does not contain username and password' }],
    remedy: 'Store {"username": "…", "password": "…"}. `msk-lambda secret check` shows what is missing.',
  },
  {
    id: 'scram-secret-already-associated',
    fragments: [
      ['secret', 'already associated', 'MSK'],
      ['secret', 'already associated', 'cluster'],
    ],
    text: 'The provided secret ARN is already associated with this cluster.',
    meaning: 'The secret is already associated with the cluster, so the brokers know its user.',
    causes: [{ check: 'secret.association', because: 'shows the secrets that are associated with the cluster' }],
    remedy:
      'No action is needed for this secret. If the login still fails, the content of the secret was changed: wait until MSK has read it.',
  },
];

const keys: readonly KnownText[] = [
  {
    id: 'secret-key-denied',
    fragments: ['access to KMS is not allowed'],
    text: 'AccessDeniedException: Access to KMS is not allowed',
    meaning: 'Secrets Manager allowed the call, but KMS did not: the caller may not decrypt with the secret’s KMS key.',
    causes: [
      { check: 'access.kms', because: 'the execution role may not decrypt with the secret’s KMS key' },
      { check: 'secret.kms', because: 'the KMS key is disabled or scheduled for deletion' },
    ],
    remedy:
      'Allow kms:Decrypt on the KMS key for the caller. If the key is in another account, the key policy must allow it too.',
  },
  {
    id: 'key-not-usable',
    fragments: [
      'the ciphertext refers to a customer master key that does not exist',
      'the ciphertext refers to a KMS key that does not exist',
    ],
    text: 'AccessDeniedException: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    meaning:
      'KMS reports three cases with one message: the key was deleted, is in another region, or the caller may not use it.',
    causes: [
      { check: 'access.kms', because: 'the execution role may not decrypt with the secret’s KMS key' },
      { check: 'secret.kms', because: 'the KMS key does not exist, is disabled or is scheduled for deletion' },
    ],
  },
  {
    id: 'access-denied-encoded',
    fragments: ['encoded authorization failure message:'],
    text: 'You are not authorized to perform this operation. Encoded authorization failure message: TEXT',
    meaning:
      'EC2 denied a call. Only the encoded message shows the caller, the action, the resource, and whether a Deny matched or an Allow is missing.',
    causes: [
      {
        check: 'access.network-interfaces',
        because: 'if Lambda made the call: the execution role may not manage network interfaces',
      },
    ],
    remedy:
      'Decode the complete text after the colon: `aws sts decode-authorization-message --encoded-message TEXT --query DecodedMessage --output text`. Your credentials need sts:DecodeAuthorizationMessage.',
  },
  {
    id: 'request-function-throttled',
    fragments: ['ReservedFunctionConcurrentInvocationLimitExceeded', 'ConcurrentInvocationLimitExceeded'],
    text: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    meaning: 'Lambda throttled an invocation because no concurrency was left. The pollers retry.',
    causes: [
      { check: 'function.concurrency', because: 'the reserved concurrency or the account concurrency is used up' },
    ],
  },
];

export const serviceRefusals: readonly KnownText[] = [...conflicts, ...missing, ...scram, ...keys];

/** For texts that name only their kind: searched last. */
export const lastResorts: readonly KnownText[] = [
  {
    id: 'scram-secret-refused',
    fragments: ['InvalidSecretArn', ['UnprocessedScramSecrets', 'ErrorCode']],
    text: 'UnprocessedScramSecrets: ErrorCode: InvalidSecretArn',
    meaning: 'MSK did not associate the secret with the cluster, although the API call itself succeeds.',
    causes: [
      { check: 'secret.name-prefix', because: 'the name of the secret must begin with AmazonMSK_' },
      { check: 'secret.kms', because: 'the secret must be encrypted with a customer managed key' },
      { check: 'secret.exists', because: 'the secret must be in the region and account of the cluster' },
      { check: 'secret.scram', because: 'the secret must contain username and password' },
    ],
    remedy: 'Read the ErrorMessage after the code; `aws kafka batch-associate-scram-secret` prints it.',
  },
  {
    id: 'request-conflict',
    fragments: ['ResourceConflictException'],
    text: 'ResourceConflictException (409)',
    meaning:
      'Lambda rejected the request because the resource already exists or is being changed. The rest of the message shows which; without “existing mapping with UUID”, it is not about a mapping.',
    causes: [],
    remedy: 'Read the complete message. If a resource is being changed, wait and try again; do not delete anything.',
  },
  {
    id: 'access-denied-unnamed',
    fragments: [['AccessDenied', 'when calling the', 'operation']],
    text: 'An error occurred (AccessDeniedException) when calling the OPERATION operation',
    meaning:
      'The caller’s credentials may not perform this operation. The message does not name the action; it usually has the name of the operation.',
    causes: [],
    remedy:
      '`aws sts get-caller-identity` shows the caller. Allow the action for it; if it is allowed already, look for a Deny statement, a permissions boundary or a service control policy.',
  },
];
