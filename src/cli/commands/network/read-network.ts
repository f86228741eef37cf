/** The account for `network`: the named mappings, or a cluster without a mapping. */
import { secretTypes } from '../../../aws/msk.js';
import { findCluster } from '../../../account/find-cluster.js';
import { mappingWithoutSecret } from '../../../account/scopes/brokers.js';
import { isOk } from '../../../snapshot/read.js';
import type { Mapping } from '../../../snapshot/resources/index.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import { offeredByConnection } from '../../../subject/auth.js';
import { subjectOf } from '../../../subject/subject.js';
import type { NetworkOptions } from './options.js';
import type { Io } from '../../io.js';
import { loadSnapshot } from '../../load-snapshot.js';
import { openClients, readSource, type Source } from '../../open-account.js';
import { UserError } from '../../../errors.js';

/**
 * A cluster without a mapping is judged for a mapping that it would accept. Throws `UserError`, as `readSource`
 * does.
 */
export async function readNetworkSource(targets: readonly string[], options: NetworkOptions, io: Io): Promise<Source> {
  try {
    return await readSource(targets, options, io);
  } catch (error) {
    const [target] = targets;
    if (!(error instanceof UserError) || target === undefined || targets.length > 1) throw error;
    const source =
      options.snapshot === undefined
        ? await fromAccount(target, options, io)
        : await fromFile(target, options.snapshot);
    if (source === null) throw error;
    return source;
  }
}

async function fromAccount(target: string, options: NetworkOptions, io: Io): Promise<Source | null> {
  const arn = await findCluster(await openClients(options, io), target);
  if (arn === null) return null;
  const source = await readSource([], options, io, { planned: [mappingWithoutSecret(arn)] });
  const cluster = source.snapshot.clusters[arn];
  return cluster?.outcome === 'not-found' ? null : { ...source, snapshot: withSecret(source.snapshot) };
}

async function fromFile(target: string, path: string): Promise<Source | null> {
  const snapshot = await loadSnapshot(path);
  const cluster = Object.entries(snapshot.clusters).find(
    ([arn, read]) => arn === target || (isOk(read) && read.value.ClusterName === target),
  );
  if (cluster === undefined) return null;
  const mapping: Mapping = mappingWithoutSecret(cluster[0]);
  return {
    snapshot: withSecret({
      ...snapshot,
      mappings: { ...snapshot.mappings, [mapping.UUID]: { outcome: 'ok', value: mapping } },
      targets: [mapping.UUID],
    }),
    trouble: null,
  };
}

/** If the cluster needs a secret, the planned mapping names one, of the first method that the cluster accepts. */
function withSecret(snapshot: Snapshot): Snapshot {
  const uuid = snapshot.targets[0] ?? '';
  const { mapping, auth, cluster, vpcConnection: connection } = subjectOf(snapshot, uuid);
  if (mapping.is !== 'known' || auth.is !== 'known' || auth.value.enabled) return snapshot;
  const offered =
    connection.is === 'known' && connection.value !== null
      ? offeredByConnection(connection.value, mapping.value)
      : cluster.is === 'known'
        ? cluster.value
        : null;
  const Type = offered?.scram === true ? secretTypes.scram : offered?.mtls === true ? secretTypes.mtls : undefined;
  if (Type === undefined) return snapshot;
  return {
    ...snapshot,
    mappings: {
      ...snapshot.mappings,
      [uuid]: { outcome: 'ok', value: { ...mapping.value, SourceAccessConfigurations: [{ Type }] } },
    },
  };
}
