/** Accounts whose secret Lambda cannot use. */
import { ok } from '../../snapshot/read.js';
import { broken, notFound, value, type SandboxAccount } from '../account.js';
import { clusterArn, keyArn, roleArn, secretArn } from '../healthy.js';
import { certificateText } from '../secret-text.js';
import { problem } from './texts.js';

const sasl = problem('sasl-authentication-failed');
const day = 86_400_000;

export const secretAccounts: readonly SandboxAccount[] = [
  broken(
    'secret-not-associated',
    'The secret is not associated with the cluster',
    'secret.association',
    sasl,
    { auth: 'scram' },
    (snapshot) => {
      snapshot.scramSecrets[clusterArn] = ok([]);
    },
  ),
  broken(
    'secret-default-key',
    'The secret is encrypted with the AWS managed key',
    'secret.kms',
    sasl,
    { auth: 'scram' },
    (snapshot) => {
      delete value(snapshot.secrets, secretArn).KmsKeyId;
      snapshot.scramSecrets[clusterArn] = ok([]);
      snapshot.keys = {};
      snapshot.keyPolicies = {};
    },
  ),
  broken(
    'secret-deleted',
    'The secret is scheduled for deletion',
    'secret.exists',
    problem('cannot-access-secret'),
    { auth: 'scram' },
    (snapshot) => {
      value(snapshot.secrets, secretArn).DeletedDate = '2026-11-22T08:00:00.000Z';
      snapshot.secretProfiles[secretArn] = {
        outcome: 'failed',
        service: 'secretsmanager',
        operation: 'GetSecretValue',
        action: 'secretsmanager:GetSecretValue',
        error: 'InvalidRequestException',
      };
    },
  ),
  broken(
    'secret-gone',
    'The secret of the mapping does not exist',
    'secret.exists',
    problem('cannot-access-secret'),
    { auth: 'scram' },
    (snapshot) => {
      snapshot.secrets[secretArn] = notFound('secretsmanager', 'DescribeSecret');
      snapshot.secretPolicies[secretArn] = notFound('secretsmanager', 'GetResourcePolicy');
      snapshot.secretProfiles[secretArn] = notFound('secretsmanager', 'GetSecretValue');
    },
  ),
  broken(
    'key-disabled',
    'The secret’s KMS key is disabled',
    'secret.kms',
    problem('cannot-access-secret'),
    { auth: 'scram' },
    (snapshot) => {
      Object.assign(value(snapshot.keys, keyArn), { KeyState: 'Disabled', Enabled: false });
    },
  ),
  broken(
    'secret-right-missing',
    'The execution role may not read the secret',
    'access.secret',
    problem('cannot-access-secret'),
    { auth: 'scram' },
    (snapshot) => {
      snapshot.inlinePolicies[`${roleArn}#kafka-access`] = ok(
        JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: keyArn }],
        }),
      );
    },
  ),
  broken(
    'secret-misspelt',
    'The secret has the fields user and pass instead of username and password',
    'secret.scram',
    sasl,
    { auth: 'scram' },
    () => {},
    {
      contents: () => ({ [secretArn]: () => JSON.stringify({ user: 'orders-reader', pass: 'not kept' }) }),
    },
  ),
  broken(
    'key-of-another',
    'The private key in the secret does not belong to its certificate',
    'secret.private-key',
    problem('invalid-certificate-or-key'),
    { auth: 'mtls' },
    () => {},
    {
      contents: () => ({
        [secretArn]: (now) =>
          JSON.stringify({
            ...(JSON.parse(certificateText(now)) as object),
            privateKey: (JSON.parse(certificateText(now)) as { privateKey: string }).privateKey,
          }),
      }),
    },
  ),
  broken(
    'certificate-expired',
    'The client certificate has expired',
    'secret.certificate',
    problem('server-failed-to-authenticate-lambda'),
    { auth: 'mtls' },
    () => {},
    {
      contents: () => ({ [secretArn]: (now) => certificateText(now, { from: -400 * day, to: -2 * day }) }),
    },
  ),
];
