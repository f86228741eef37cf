/** What grants or takes rights of a role besides its own policies. Read only where it may matter. */
import { accountOf } from '../../aws/arn.js';
import { isCluster } from '../../aws/event-source.js';
import { textState } from '../../catalogue/text-state.js';
import { keyOfSecret } from '../../snapshot/key-of-secret.js';
import { isOk } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import type { Reader } from '../reader.js';
import { readClusterPolicy } from './kafka.js';
import { readKeyGrants } from './secret.js';

/**
 * Few clusters have a policy. It is read only where it may cause what Lambda shows (by a Deny), or where a role
 * without any Kafka statement may have its rights from it.
 */
export async function readPolicyOfCluster(reader: Reader, snapshot: Snapshot, mapping: Mapping): Promise<void> {
  const [role, cluster] = [roleOf(snapshot, mapping), mapping.EventSourceArn];
  if (
    role === undefined ||
    cluster === undefined ||
    !isCluster(cluster) ||
    mapping.SourceAccessConfigurations.length > 0
  )
    return;
  if (textState(mapping.LastProcessingResult) === 'error' || isSilentOn(/kafka-cluster:/i, snapshot, role))
    await readClusterPolicy(reader, snapshot, cluster);
}

/** Few roles have grants on a key. Grants are read only where no policy of the role mentions KMS. */
export async function readGrantsOnKey(reader: Reader, snapshot: Snapshot, mapping: Mapping): Promise<void> {
  const role = roleOf(snapshot, mapping);
  if (role === undefined || !isSilentOn(/kms:/i, snapshot, role)) return;
  const ofRegistry = mapping.AmazonManagedKafkaEventSourceConfig?.SchemaRegistryConfig?.AccessConfigs ?? [];
  const keys = [...mapping.SourceAccessConfigurations, ...ofRegistry].flatMap(({ URI: uri = '' }) => {
    const secret = snapshot.secrets[uri];
    return secret !== undefined && isOk(secret)
      ? (keyOfSecret(secret.value, accountOf(mapping.FunctionArn)) ?? [])
      : [];
  });
  await Promise.all(
    keys.map((key) => reader.once(`grants ${key} ${role}`, () => readKeyGrants(reader, snapshot, key, role))),
  );
}

function roleOf(snapshot: Snapshot, mapping: Mapping): string | undefined {
  const read = snapshot.functions[mapping.FunctionArn ?? ''];
  return read !== undefined && isOk(read) ? read.value.Role : undefined;
}

/** An unread document leaves the role undecided, whatever the other documents say: the role is then not “silent”. */
function isSilentOn(service: RegExp, snapshot: Snapshot, role: string): boolean {
  const [names, attached] = [snapshot.inlinePolicyNames[role], snapshot.attachedPolicies[role]];
  if (names === undefined || attached === undefined || !isOk(names) || !isOk(attached)) return false;
  const documents = [
    ...names.value.map((name) => snapshot.inlinePolicies[`${role}#${name}`]),
    ...attached.value.map(({ PolicyArn }) => snapshot.managedPolicies[PolicyArn]),
  ];
  return documents.every((policy) => policy !== undefined && isOk(policy) && !service.test(policy.value));
}
