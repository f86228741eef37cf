/** What a new secret depends on: its key and cluster are read, and its name must be free. */
import { meaningOf } from '../../../aws/states.js';
import type { SecretMethod } from '../../../aws/msk.js';
import type { Clients } from '../../../account/clients.js';
import { clusterNotFound, lookUpCluster } from '../../../account/queries/clusters.js';
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
      ? 'Use another name, or store the new content in it: `aws secretsmanager put-secret-value`.'
      : 'It is scheduled for deletion and keeps its name until then: restore it or use another name.';
  throw new UsageError(`the secret ${name} already exists: ${existing.value.ARN}`, hint);
}

async function findKey(clients: Clients, id: string): Promise<string> {
  const read = await lookUpKey(
    clients,
    id.startsWith('arn:') || id.startsWith('alias/') || /^(mrk-)?[0-9a-f-]{32,36}$/i.test(id) ? id : `alias/${id}`,
  );
  if (!isOk(read)) {
    if (read.outcome === 'not-found')
      throw new UsageError(
        `KMS key not found in ${await clients.region()}: ${visible(id)}`,
        'Give its ID, its ARN, or alias/NAME.',
      );
    throw notReadable(`The key ${id}`, read);
  }
  const { Arn: arn, KeyId, KeyManager: manager, KeySpec: spec, KeyState: state, KeyUsage: usage } = read.value;
  if (manager === 'AWS')
    throw new UsageError(
      `the key ${visible(id)} is an AWS managed key`,
      'MSK requires a symmetric customer managed key.',
    );
  if ((spec ?? 'SYMMETRIC_DEFAULT') !== 'SYMMETRIC_DEFAULT' || (usage ?? 'ENCRYPT_DECRYPT') !== 'ENCRYPT_DECRYPT')
    throw new UsageError(
      `the key ${visible(id)} is ${spec} for ${usage}`,
      'Secrets Manager requires a symmetric key for encryption and decryption.',
    );
  // A key in state Updating encrypts too.
  if (meaningOf('key', state) === 'down')
    throw new UsageError(
      `the key ${visible(id)} is in state ${state} and cannot encrypt`,
      'Enable it first, or use another key.',
    );
  return arn ?? KeyId;
}

async function findCluster(clients: Clients, name: string, io: Io): Promise<string> {
  const read = await lookUpCluster(clients, await resolveCluster(clients, normalizeCluster(name).value));
  if (!isOk(read)) {
    if (read.outcome === 'not-found') throw await clusterNotFound(clients, name);
    throw notReadable(`The cluster ${name}`, read);
  }
  const { ClusterArn: arn, ClusterType: type, Provisioned: provisioned } = read.value;
  if (type === 'SERVERLESS')
    throw new UsageError(`${visible(name)} is an MSK Serverless cluster, which supports only IAM authentication`);
  if (provisioned?.ClientAuthentication?.Sasl?.Scram?.Enabled !== true)
    io.stderr.write(
      `note: SASL/SCRAM is not enabled in ${visible(name)}; enable it before a mapping uses the secret\n`,
    );
  return arn;
}
