/** What a new secret depends on: its key and cluster are read, and its name must be free. */
import { meaningOf } from '../../../aws/states.js';
import type { SecretMethod } from '../../../aws/msk.js';
import type { Clients } from '../../../account/clients.js';
import { lookUpCluster } from '../../../account/queries/clusters.js';
import { compareContent, lookUpKey, lookUpSecret } from '../../../account/queries/secrets.js';
import { normalizeCluster } from '../../../mapping/normalize-input.js';
import { notReadable, resolveCluster } from '../../../mapping/resolve.js';
import { isSameUser } from '../../../secrets/same-user.js';
import { visible } from '../../../text/visible.js';
import { isOk } from '../../../snapshot/read.js';
import type { SecretCreateOptions } from './create/options.js';
import type { Io } from '../../io.js';
import { UsageError } from '../../../errors.js';

export interface Surroundings {
  /** ARN of the key; undefined for the default key. */
  keyArn: string | undefined;
  /** Undefined where the secret is not to be associated. */
  clusterArn: string | undefined;
  /** An existing secret of this name with the same user; undefined where there is none. */
  existingArn: string | undefined;
}

export interface Wanted {
  name: string;
  type: SecretMethod;
  options: SecretCreateOptions;
  io: Io;
  /** The content to store; null where a dry run does without. */
  content: string | null;
}

/** Throws `UsageError` for what cannot be used, `NotReadable` for what could not be read. */
export async function findSurroundings(
  clients: Clients,
  { name, options: { kmsKey, cluster }, io, content }: Wanted,
): Promise<Surroundings> {
  const [keyArn, clusterArn, existingArn] = await Promise.all([
    kmsKey === undefined ? undefined : findKey(clients, kmsKey),
    cluster === undefined ? undefined : findCluster(clients, cluster, io),
    findExisting(clients, name, cluster === undefined ? null : content),
  ]);
  io.signal.throwIfAborted();
  return { keyArn, clusterArn, existingArn };
}

/**
 * An existing secret of this name is kept if it holds the same user: an earlier run ended before the association.
 * Otherwise it blocks the command.
 */
async function findExisting(clients: Clients, name: string, content: string | null): Promise<string | undefined> {
  const existing = await lookUpSecret(clients, name);
  if (!isOk(existing)) return undefined;
  if (content !== null && existing.value.DeletedDate === undefined) {
    const same = await compareContent(clients, existing.value.ARN, (text) => isSameUser(text, content));
    if (isOk(same) && same.value) return existing.value.ARN;
  }
  const hint =
    existing.value.DeletedDate === undefined
      ? 'Give another name, or store the new content in it with `aws secretsmanager put-secret-value`.'
      : 'It is scheduled for deletion, and keeps its name until then: restore it, or give another name.';
  throw new UsageError(`there is a secret ${name} already: ${existing.value.ARN}`, hint);
}

async function findKey(clients: Clients, id: string): Promise<string> {
  const read = await lookUpKey(
    clients,
    id.startsWith('arn:') || id.startsWith('alias/') || /^(mrk-)?[0-9a-f-]{32,36}$/i.test(id) ? id : `alias/${id}`,
  );
  if (!isOk(read)) {
    if (read.outcome === 'not-found')
      throw new UsageError(
        `there is no key ${visible(id)} in ${await clients.region()}`,
        'Give its id, its ARN, or its alias as alias/NAME.',
      );
    throw notReadable(`The key ${id}`, read);
  }
  const { Arn: arn, KeyId, KeyManager: manager, KeySpec: spec, KeyState: state, KeyUsage: usage } = read.value;
  if (manager === 'AWS')
    throw new UsageError(
      `the key ${visible(id)} is managed by AWS`,
      'MSK and the execution role need a key of your own: make a symmetric customer-managed one.',
    );
  if ((spec ?? 'SYMMETRIC_DEFAULT') !== 'SYMMETRIC_DEFAULT' || (usage ?? 'ENCRYPT_DECRYPT') !== 'ENCRYPT_DECRYPT')
    throw new UsageError(
      `the key ${visible(id)} is ${spec} for ${usage}`,
      'Secrets are encrypted by symmetric keys only.',
    );
  // A key in state Updating encrypts too.
  if (meaningOf('key', state) === 'down')
    throw new UsageError(
      `the key ${visible(id)} is in state ${state} and encrypts nothing`,
      'Enable it first, or give another key.',
    );
  return arn ?? KeyId;
}

async function findCluster(clients: Clients, name: string, io: Io): Promise<string> {
  const read = await lookUpCluster(clients, await resolveCluster(clients, normalizeCluster(name).value));
  if (!isOk(read)) {
    if (read.outcome === 'not-found')
      throw new UsageError(`there is no cluster ${visible(name)} in ${await clients.region()}`);
    throw notReadable(`The cluster ${name}`, read);
  }
  const { ClusterArn: arn, ClusterType: type, Provisioned: provisioned } = read.value;
  if (type === 'SERVERLESS') throw new UsageError(`${visible(name)} is Serverless, which takes IAM access only`);
  if (provisioned?.ClientAuthentication?.Sasl?.Scram?.Enabled !== true)
    io.stderr.write(`note: SASL/SCRAM is off in ${visible(name)}; turn it on before a mapping uses the secret\n`);
  return arn;
}
