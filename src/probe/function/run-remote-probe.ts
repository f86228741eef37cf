/** The probe as the temporary function runs it: from a subnet of the pollers, with the execution role. */
import { directDialer, type Dialer } from '../../kafka/dial.js';
import type { SigningKeys } from '../../kafka/login/signer.js';
import { hideValues } from '../hide-values.js';
import type { ProbeCredentials } from '../probe-input.js';
import { runProbeWithMechanism } from '../run-with-mechanism.js';
import { credentialsOf } from '../secret-credentials.js';
import { checkService } from './check-service.js';
import { readSecret } from './read-secret.js';
import type { RemoteAnswer, RemoteEvent, SecretFailure } from './remote-event.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** How the function reaches brokers and services; a sandbox has others. */
export interface Surroundings {
  dial: Dialer;
  checkService: typeof checkService;
  readSecret: typeof readSecret;
}

/** The answer holds no secret value and no credential. */
export async function runRemoteProbe(
  { probe, login, services }: RemoteEvent,
  env: Environment,
  surroundings: Surroundings = { dial: directDialer, checkService, readSecret },
): Promise<RemoteAnswer> {
  const { dial } = surroundings;
  const reached = Promise.all(services.map((service) => surroundings.checkService(service, probe.limits.step)));
  const found = await credentialsFor(login, env, probe.limits.step, surroundings.readSecret);
  if ('failure' in found) return { result: null, secret: found.failure, services: await reached };
  const { credentials } = found;
  const result = await runProbeWithMechanism({ ...probe, credentials, dial, signal: new AbortController().signal });
  return { result: hideValues(result, valuesOf(credentials)), secret: null, services: await reached };
}

async function credentialsFor(
  login: RemoteEvent['login'],
  env: Environment,
  limit: number,
  read: Surroundings['readSecret'],
): Promise<{ credentials: ProbeCredentials } | { failure: SecretFailure }> {
  switch (login.kind) {
    case 'none':
      return { credentials: { kind: 'none' } };
    case 'given':
      return { credentials: login.credentials };
    case 'role':
      return {
        credentials: { kind: 'iam', region: login.region, mechanism: 'AWS_MSK_IAM', credentials: keysIn(env) },
      };
    case 'secret': {
      const { id, region, address, method } = login;
      const answer = await read({ id, region, address, limit }, keysIn(env));
      return 'failure' in answer ? answer : { credentials: credentialsOf(method, answer) };
    }
  }
}

/** Lambda puts the role's credentials into the environment of the function. */
const keysIn = (env: Environment): SigningKeys => ({
  accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
  secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
  sessionToken: env['AWS_SESSION_TOKEN'] ?? null,
});

/** Values that the answer must not contain. */
function valuesOf(credentials: ProbeCredentials): string[] {
  switch (credentials.kind) {
    case 'scram':
      return [credentials.password];
    case 'mtls':
      return [credentials.privateKey, credentials.passphrase ?? ''];
    case 'iam':
      return [credentials.credentials.secretAccessKey, credentials.credentials.sessionToken ?? ''];
    case 'none':
      return [];
  }
}
