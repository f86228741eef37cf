/**
 * Refusals of AWS that are not about the mapping's own settings: conflicts, missing resources, SASL/SCRAM secrets,
 * keys.
 */
import { scramPrefix } from '../aws/msk.js';
import type { KnownText } from './known-text.js';

const notAboutMappings = 'This is not about an event source mapping: delete none.';

/** ResourceConflictException (409) of Lambda, by what already exists. */
const conflicts: readonly KnownText[] = [
  {
    id: 'request-function-exists',
    fragments: ['function already exist'],
    text: 'ResourceConflictException: Function already exist: FUNCTION',
    meaning: `A function of this name exists in the account and region, and the tool wants to create it. ${notAboutMappings}`,
    causes: [],
    remedy: 'Import the function into the tool (terraform import, a CloudFormation import), or take another name.',
  },
  {
    id: 'request-alias-exists',
    fragments: ['alias already exists'],
    text: 'ResourceConflictException: Alias already exists: ARN',
    meaning: `An alias of this name exists on the function, and the tool wants to create it. ${notAboutMappings}`,
    causes: [],
    remedy: 'Update the alias (`aws lambda update-alias`) or import it into the tool.',
  },
  {
    id: 'request-statement-exists',
    fragments: [['the statement id (', 'provided already exists']],
    text: 'ResourceConflictException: The statement id (ID) provided already exists. Please provide a new statement id, or remove the existing statement.',
    meaning: `The function’s resource-based policy has a statement of this id. ${notAboutMappings} A mapping on MSK needs no statement there: Lambda invokes the function for it.`,
    causes: [],
    remedy:
      'Take another statement id, or remove the statement first: `aws lambda remove-permission --function-name NAME --statement-id ID`.',
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
      'Lambda has no event source mapping of this UUID in the region and account that were asked. It was deleted, it was created again under another UUID, or the request went to another region or account. After a delete this is the sign of success.',
    causes: [],
    remedy:
      'See which region and account were asked (`aws sts get-caller-identity`, `aws configure list`), then list what exists there: `msk-lambda list`. Where a tool remembers the old UUID, refresh its state.',
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
      'MSK has no cluster of this ARN in the region and account that were asked. A cluster that was created again has the same name and another UUID at the end of its ARN.',
    causes: [{ check: 'cluster.state', because: 'the cluster was deleted, or the ARN is another’s' }],
    remedy: 'List the clusters with `aws kafka list-clusters-v2`, and compare the whole ARN.',
  },
  {
    id: 'request-secret-missing',
    fragments: ["secrets manager can't find the specified secret"],
    text: 'ResourceNotFoundException: Secrets Manager can’t find the specified secret.',
    meaning:
      'Secrets Manager has no secret of this name or ARN in the region and account that were asked, or the secret has no value yet.',
    causes: [{ check: 'secret.exists', because: 'the secret was deleted, or its ARN is not the whole one' }],
  },
  {
    id: 'request-role-missing',
    fragments: [['the role with name', 'cannot be found']],
    text: 'NoSuchEntity: The role with name ROLE cannot be found.',
    meaning:
      'IAM has no role of this name in the account that was asked. A function whose role was deleted cannot be called.',
    causes: [{ check: 'access.trust', because: 'Lambda cannot assume a role that does not exist' }],
  },
];

/** UnprocessedScramSecrets of BatchAssociateScramSecret: MSK answers 200 and refuses each secret separately. */
const scram: readonly KnownText[] = [
  {
    id: 'scram-secret-name-prefix',
    fragments: [`must have the prefix '${scramPrefix}'`, `must begin with the prefix ${scramPrefix}`],
    text: `ErrorCode: InvalidSecretArn, ErrorMessage: The provided secret arn cannot be used with Amazon MSK. Secret names must have the prefix '${scramPrefix}'`,
    meaning: 'MSK associates only secrets whose name begins with AmazonMSK_ with a cluster. This one has another name.',
    causes: [{ check: 'secret.name-prefix', because: 'the name of the secret does not begin with AmazonMSK_' }],
    remedy:
      'A secret cannot be renamed: create one with the prefix, under a customer managed key, and associate it. `msk-lambda secret create` does all of it.',
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
      'The secret is encrypted with the AWS managed key aws/secretsmanager. MSK requires a customer managed key, since it must be allowed to decrypt with it.',
    causes: [{ check: 'secret.kms', because: 'the secret’s key is the AWS managed key' }],
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
      'MSK could not read the secret: its key’s policy or its own policy does not allow it, the secret is still being created, or it is in another account or region.',
    causes: [
      { check: 'secret.kms', because: 'the key is disabled, or its policy does not allow MSK to decrypt' },
      { check: 'secret.exists', because: 'the secret is not there yet, or scheduled for deletion' },
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
    meaning: 'MSK could read the secret; it is not the JSON with username and password that MSK expects.',
    causes: [{ check: 'secret.scram', because: 'the secret does not hold username and password' }],
    remedy: 'Store {"username": "…", "password": "…"}. `msk-lambda secret check` shows what is missing.',
  },
  {
    id: 'scram-secret-already-associated',
    fragments: [
      ['secret', 'already associated', 'MSK'],
      ['secret', 'already associated', 'cluster'],
    ],
    text: 'The provided secret ARN is already associated with this cluster.',
    meaning: 'The secret is associated with the cluster already: the brokers know its user.',
    causes: [{ check: 'secret.association', because: 'shows which secrets the cluster has' }],
    remedy:
      'Nothing is to be done for this secret. If the login still fails, its content changed: wait until MSK has read it.',
  },
];

const keys: readonly KnownText[] = [
  {
    id: 'secret-key-denied',
    fragments: ['access to KMS is not allowed'],
    text: 'AccessDeniedException: Access to KMS is not allowed',
    meaning: 'Secrets Manager allowed the call, and the key of the secret did not: the caller may not decrypt with it.',
    causes: [
      { check: 'access.kms', because: 'the execution role may not decrypt with the secret’s key' },
      { check: 'secret.kms', because: 'the key is disabled or scheduled for deletion' },
    ],
    remedy: 'Allow kms:Decrypt on the key to the caller, in the key’s policy too where the key is in another account.',
  },
  {
    id: 'key-not-usable',
    fragments: [
      'the ciphertext refers to a customer master key that does not exist',
      'the ciphertext refers to a KMS key that does not exist',
    ],
    text: 'AccessDeniedException: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    meaning:
      'KMS does not tell the three apart: the key was deleted, is in another region, or the caller may not use it.',
    causes: [
      { check: 'access.kms', because: 'the execution role may not decrypt with the secret’s key' },
      { check: 'secret.kms', because: 'the key is gone, disabled or scheduled for deletion' },
    ],
  },
  {
    id: 'access-denied-encoded',
    fragments: ['encoded authorization failure message:'],
    text: 'You are not authorized to perform this operation. Encoded authorization failure message: TEXT',
    meaning:
      'EC2 refused a call and tells why only in an encoded message: who called, which action, on which resource, and whether a statement denies it or none allows it.',
    causes: [
      {
        check: 'access.network-interfaces',
        because: 'if Lambda made the call: the execution role may not manage network interfaces',
      },
    ],
    remedy:
      'Decode it with the whole text after the colon: `aws sts decode-authorization-message --encoded-message TEXT --query DecodedMessage --output text`. Your credentials need sts:DecodeAuthorizationMessage.',
  },
  {
    id: 'request-function-throttled',
    fragments: ['ReservedFunctionConcurrentInvocationLimitExceeded', 'ConcurrentInvocationLimitExceeded'],
    text: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    meaning: 'A call of the function was refused because no concurrency was left for it. The pollers try again.',
    causes: [{ check: 'function.concurrency', because: 'reserved or account concurrency is used up' }],
  },
];

export const serviceRefusals: readonly KnownText[] = [...conflicts, ...missing, ...scram, ...keys];

/** For texts that name only their kind: searched last. */
export const lastResorts: readonly KnownText[] = [
  {
    id: 'scram-secret-refused',
    fragments: ['InvalidSecretArn', ['UnprocessedScramSecrets', 'ErrorCode']],
    text: 'UnprocessedScramSecrets: ErrorCode: InvalidSecretArn',
    meaning: 'MSK refused to associate the secret with the cluster. The call itself is answered with success.',
    causes: [
      { check: 'secret.name-prefix', because: 'the name of the secret must begin with AmazonMSK_' },
      { check: 'secret.kms', because: 'the secret must be encrypted with a customer managed key' },
      { check: 'secret.exists', because: 'the secret must be in the region and account of the cluster' },
      { check: 'secret.scram', because: 'the secret must hold username and password' },
    ],
    remedy: 'Read the ErrorMessage beside the code: `aws kafka batch-associate-scram-secret` prints it.',
  },
  {
    id: 'request-conflict',
    fragments: ['ResourceConflictException'],
    text: 'ResourceConflictException (409)',
    meaning:
      'Lambda refused the request because the resource exists already or is being changed. The message beside it says which; without “existing mapping with UUID” it is not about a mapping.',
    causes: [],
    remedy: 'Read the whole message. If something is being changed, wait and try again; delete nothing before that.',
  },
  {
    id: 'access-denied-unnamed',
    fragments: [['AccessDenied', 'when calling the', 'operation']],
    text: 'An error occurred (AccessDeniedException) when calling the OPERATION operation',
    meaning:
      'The credentials of whoever made this call may not make it. The message does not name the action; it usually has the operation’s name.',
    causes: [],
    remedy:
      '`aws sts get-caller-identity` shows whose credentials they are. Have the action of that name allowed to them; if it is allowed, look for a Deny, a permissions boundary or a service control policy.',
  },
];
