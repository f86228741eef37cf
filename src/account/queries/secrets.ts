/** Secrets and their keys: by name, and all of a region. */
import type { Read } from '../../snapshot/read.js';
import { secretSchema, keySchema, type Secret, type KmsKey } from '../../snapshot/resources/index.js';
import type { Clients } from '../clients.js';
import { keep, keepList, member, Reader } from '../reader.js';

/** By name or ARN, without the secret's value. */
export async function lookUpSecret(clients: Clients, name: string): Promise<Read<Secret>> {
  const read = await new Reader(clients).call('secretsmanager', 'DescribeSecret', { SecretId: name }, name);
  return keep(read, secretSchema, { service: 'secretsmanager', operation: 'DescribeSecret', resource: name });
}

/** Secrets with their names, without values. Includes those that are scheduled for deletion. */
export async function listSecrets(clients: Clients): Promise<Read<Secret[]>> {
  const pages = await new Reader(clients).pages('secretsmanager', 'ListSecrets', { IncludePlannedDeletion: true });
  return keepList(pages, secretSchema, { service: 'secretsmanager', operation: 'ListSecrets' });
}

/** By id, ARN or alias. */
export async function lookUpKey(clients: Clients, id: string): Promise<Read<KmsKey>> {
  const read = await new Reader(clients).call('kms', 'DescribeKey', { KeyId: id }, id);
  return keep(member(read, 'KeyMetadata'), keySchema, { service: 'kms', operation: 'DescribeKey', resource: id });
}

/**
 * The ARN and the text of a secret, for a login with it: the caller keeps the text in memory only. The text is empty for
 * a secret that has bytes instead, which Lambda does not read.
 */
export const readSecretText = (clients: Clients, id: string): Promise<Read<{ arn: string; text: string }>> =>
  new Reader(clients).profiled('secretsmanager', 'GetSecretValue', { SecretId: id }, id, async (output) => {
    const { ARN: arn = id, SecretString: text = '' } = output as { ARN?: string; SecretString?: string };
    return { arn, text };
  });

/** Whether the content of a secret is as wanted. The content is given to `isWanted` and not kept. */
export const compareContent = (
  clients: Clients,
  id: string,
  isWanted: (text: string) => boolean,
): Promise<Read<boolean>> =>
  new Reader(clients).profiled('secretsmanager', 'GetSecretValue', { SecretId: id }, id, async (output) => {
    const { SecretString: text } = output as { SecretString?: string };
    return text !== undefined && isWanted(text);
  });
