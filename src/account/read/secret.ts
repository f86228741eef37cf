import { isOk, mapRead } from '../../snapshot/read.js';
import { keySchema, secretSchema } from '../../snapshot/resources/index.js';
import { policyText } from '../../snapshot/resources/shape.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { keep, member, type Reader } from '../reader.js';

/** The secret of a mapping: described, profiled, with its policy and key. Its value lives no longer than this call. */
export async function readSecret(reader: Reader, snapshot: Snapshot, id: string, { values }: { values: boolean }): Promise<void> {
  const about = (operation: string) => ({ service: 'secretsmanager', operation, resource: id });
  await Promise.all([readItself(), readSecretPolicy(reader, snapshot, id), readValue()]);

  async function readItself() {
    const read = await reader.call('secretsmanager', 'DescribeSecret', { SecretId: id }, id);
    snapshot.secrets[id] = keep(read, secretSchema, about('DescribeSecret'));
    const key = isOk(snapshot.secrets[id]) ? snapshot.secrets[id].value.KmsKeyId : undefined;
    if (key !== undefined && key !== '' && !key.endsWith('alias/aws/secretsmanager')) await readKey(reader, snapshot, key);
  }

  async function readValue() {
    if (!values) {
      const operation = 'GetSecretValue';
      snapshot.secretProfiles[id] = {
        outcome: 'failed', service: 'secretsmanager', operation, action: `secretsmanager:${operation}`, resource: id, error: 'left out by --no-secret-values',
      };
      return;
    }
    snapshot.secretProfiles[id] = await reader.profiled('secretsmanager', 'GetSecretValue', { SecretId: id }, id, async (output) => {
      // Loaded with the first secret only: it brings the parser of certificates with it.
      const { profileSecret } = await import('../../secrets/profile.js');
      const { SecretString: text, SecretBinary: binary } = output as { SecretString?: string; SecretBinary?: Uint8Array };
      return profileSecret({ text, binary });
    });
  }
}

export async function readSecretPolicy(reader: Reader, snapshot: Snapshot, id: string): Promise<void> {
  const read = await reader.call('secretsmanager', 'GetResourcePolicy', { SecretId: id }, id);
  snapshot.secretPolicies[id] = mapRead(read, (output) => String(output['ResourcePolicy'] ?? ''));
}

/** A key with its policy, by whatever it is named: id, ARN or alias. */
export async function readKey(reader: Reader, snapshot: Snapshot, id: string): Promise<void> {
  const about = (operation: string) => ({ service: 'kms', operation, resource: id });
  const policy = reader.call('kms', 'GetKeyPolicy', { KeyId: id, PolicyName: 'default' }, id);
  const key = await reader.call('kms', 'DescribeKey', { KeyId: id }, id);
  snapshot.keys[id] = keep(member(key, 'KeyMetadata'), keySchema, about('DescribeKey'));
  snapshot.keyPolicies[id] = keep(member(await policy, 'Policy'), policyText, about('GetKeyPolicy'));
}
