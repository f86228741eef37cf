/** How the probe logs in: the secret of SASL/SCRAM or mutual TLS, or credentials for IAM. */
import { callerCredentials, roleCredentials } from '../../../account/queries/credentials.js';
import { readSecretText } from '../../../account/queries/secrets.js';
import type { Clients } from '../../../account/clients.js';
import { credentialsTrouble } from '../../../account/failure.js';
import { authNames, takesSecret, type AuthMethod } from '../../../aws/msk.js';
import { isSecretId } from '../../../aws/secret-arn.js';
import { NotASecretId, NotReadable, UsageError } from '../../../errors.js';
import { normalizeSecret } from '../../../mapping/normalize-input.js';
import type { ProbeIdentity, ProbeSecret } from '../../../probe/judge/probe-context.js';
import type { ProbeCredentials } from '../../../probe/probe-input.js';
import { isOk, type ReadFailure } from '../../../snapshot/read.js';
import { shell } from '../../../text/shell.js';
import { visible } from '../../../text/visible.js';
import { credentialsOf } from '../../../probe/secret-credentials.js';
import { judgeContent, secretValues, type LoginSecret } from './login-secret.js';

export interface Login {
  credentials: ProbeCredentials;
  secret: ProbeSecret | null;
  identity: ProbeIdentity | null;
  /** Values that no output may contain. */
  hidden: string[];
}

export interface LoginRequest {
  /** Null where the login takes none, or none was found. */
  secret: LoginSecret | null;
  assumeRole: string | undefined;
  /** The execution role where the probe runs with its credentials, in a function; otherwise null. */
  executionRole: string | null;
  /** Opens AWS clients on first use; a login with a file opens none. */
  clients: () => Promise<Clients>;
  region: () => Promise<string>;
  mappingUuid: string | null;
  clusterArn: string | null;
}

/** Throws `UsageError` for a login that lacks something, `NotReadable` where AWS gave no credentials. */
export async function prepareLogin(method: AuthMethod, request: LoginRequest): Promise<Login> {
  const { secret, assumeRole, mappingUuid, clusterArn } = request;
  if (assumeRole !== undefined && method !== 'iam')
    throw new UsageError(`--assume-role is for IAM, and the authentication method is ${authNames[method]}`);
  if (takesSecret(method)) {
    if (secret === null)
      throw new UsageError(
        `${authNames[method]} needs a secret`,
        'Pass --secret NAME, or --secret-file FILE with the JSON text of the secret.',
      );
    const credentials = credentialsOf(method, secret);
    const judged = judgeContent(method, secret, { region: '-', use: { uuid: mappingUuid, clusterArn } });
    return { credentials, secret: judged, identity: null, hidden: secretValues(credentials, judged) };
  }
  if (secret !== null)
    throw new UsageError(
      `${authNames[method]} uses no secret`,
      'Leave out --secret and --secret-file, or pass --auth scram or --auth mtls.',
    );
  if (method !== 'iam') return { credentials: { kind: 'none' }, secret: null, identity: null, hidden: [] };
  if (request.executionRole !== null)
    return {
      credentials: { kind: 'none' },
      secret: null,
      identity: { arn: request.executionRole, isExecutionRole: true },
      hidden: [],
    };
  const clients = await request.clients();
  const read = await (assumeRole === undefined ? callerCredentials(clients) : roleCredentials(clients, assumeRole));
  if (!isOk(read)) throw withoutCredentials(read, assumeRole);
  const { accessKeyId, secretAccessKey, sessionToken } = read.value;
  const credentials = { accessKeyId, secretAccessKey, sessionToken: sessionToken ?? null };
  return {
    credentials: { kind: 'iam', region: await request.region(), mechanism: 'AWS_MSK_IAM', credentials },
    secret: null,
    identity: { arn: assumeRole ?? null, isExecutionRole: false },
    hidden: [secretAccessKey, sessionToken ?? ''],
  };
}

function withoutCredentials({ error, action, outcome }: ReadFailure, assumeRole: string | undefined): NotReadable {
  const trouble = credentialsTrouble(error);
  if (trouble !== null) return new NotReadable(trouble.sentence, trouble.hint);
  return assumeRole === undefined
    ? new NotReadable(`Your AWS credentials could not be loaded: ${error}`, 'Sign in again and run the command again.')
    : new NotReadable(
        `The role ${assumeRole} could not be assumed: ${error}`,
        outcome === 'denied'
          ? `Your credentials need ${action} on the role, and its trust policy must allow them.`
          : 'Check the ARN of the role.',
      );
}

/** A secret of the account. Throws `NotReadable` where its text cannot be read. */
export async function readAccountSecret(clients: Clients, id: string): Promise<LoginSecret> {
  const { value } = normalizeSecret(id);
  if (!isSecretId(value)) throw new NotASecretId();
  const read = await readSecretText(clients, value);
  if (isOk(read)) return { name: read.value.arn, arn: read.value.arn, text: read.value.text };
  const trouble = credentialsTrouble(read.error);
  if (trouble !== null) throw new NotReadable(trouble.sentence, trouble.hint);
  if (read.outcome === 'not-found')
    throw new NotReadable(
      `The secret ${visible(value)} does not exist in ${await clients.region()}.`,
      'List the secrets: `aws secretsmanager list-secrets`.',
    );
  throw new NotReadable(
    `The secret ${visible(value)} could not be read: ${read.error}`,
    read.outcome === 'denied'
      ? `Your credentials need ${read.action} on the secret, and kms:Decrypt on its key; or pass its JSON text with --secret-file.`
      : /^DecryptionFailure\b/.test(read.error)
        ? `KMS cannot decrypt it. The state of its key: \`${shell`msk-lambda secret check ${value}`}\`.`
        : 'Try again, or pass its JSON text with --secret-file.',
  );
}
