/** From names, as people give them, to the ARNs that Lambda takes. */
import { listClusters, listFunctions } from '../account/lists.js';
import { lookUpCluster, lookUpFunction, lookUpSecret } from '../account/look-up.js';
import { TargetNotFound } from '../account/targets.js';
import type { Clients } from '../account/clients.js';
import { nearNames } from '../checks/near-names.js';
import { isOk, type ReadFailure } from '../snapshot/read.js';
import type { MappingChanges, MappingSettings } from './settings.js';

/** What had to be read and could not be: nothing is said about the account, and nothing was changed. */
export class NotReadable extends Error {
  override name = 'NotReadable';
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

export const notReadable = (what: string, failure: ReadFailure): NotReadable =>
  new NotReadable(`${what} could not be read: ${failure.error}.`, failure.outcome === 'denied' ? `Your credentials need ${failure.action}.` : 'Try again.');

/** The authentication type of a secret cannot be told from what is there. */
export class SecretUnclear extends Error {
  override name = 'SecretUnclear';
}

/** Settings with ARNs, the secret with its type in `sourceAccess`. Throws `TargetNotFound`, `NotReadable`, `SecretUnclear`. */
export async function resolveSettings(clients: Clients, settings: MappingSettings): Promise<MappingSettings> {
  const cluster = await resolveCluster(clients, settings.cluster);
  return { ...(await resolveChanges(clients, settings, cluster)), cluster } as MappingSettings;
}

/** The same for changes of a mapping on this cluster. */
export async function resolveChanges<C extends MappingChanges>(clients: Clients, changes: C, clusterArn: string): Promise<C> {
  const [functionArn, sourceAccess] = await Promise.all([
    typeof changes.function === 'string' ? resolveFunction(clients, changes.function, clusterArn) : undefined,
    typeof changes.secret === 'string' ? resolveSecret(clients, changes.secret, { clusterArn, auth: changes.auth ?? undefined }) : undefined,
  ]);
  const { secret: _, ...rest } = changes;
  return { ...rest, ...(functionArn === undefined ? {} : { function: functionArn }), ...(sourceAccess === undefined ? {} : { sourceAccess }) } as unknown as C;
}

/** The ARN of a cluster by its name; an ARN is taken as it is. */
export async function resolveCluster(clients: Clients, name: string): Promise<string> {
  if (name.startsWith('arn:')) return name;
  const clusters = await listClusters(clients);
  if (!isOk(clusters)) throw notReadable(`The list of clusters, to find ${name},`, clusters);
  const found = clusters.value.filter((cluster) => cluster.ClusterName === name);
  if (found.length === 1) return found[0]!.ClusterArn;
  if (found.length > 1) throw new TargetNotFound(`Several clusters are named ${name}.`, found.map((cluster) => cluster.ClusterArn));
  throw new TargetNotFound(`There is no MSK cluster ${name} in ${await clients.region()}.`, likely(name, clusters.value.map((cluster) => cluster.ClusterName ?? '')));
}

async function resolveFunction(clients: Clients, name: string, clusterArn: string): Promise<string> {
  if (name.startsWith('arn:')) return name;
  const read = await lookUpFunction(clients, name);
  const parts = name.split(':');
  const spelt = parts[0] === 'function' ? parts.slice(1) : /^\d{12}$/.test(parts[0]!) ? parts.slice(2) : parts;
  // The mapping's function is the alias or version that was named, not the one it stands for.
  const qualified = (unqualified: string): string => [...unqualified.split(':').slice(0, 7), ...spelt.slice(1)].join(':');
  if (isOk(read)) return qualified(read.value.FunctionArn);
  if (read.outcome !== 'not-found') {
    const [, partition, , region, account] = clusterArn.split(':');
    return qualified(`arn:${partition}:lambda:${region}:${account}:function:${spelt[0]}`);
  }
  const functions = await listFunctions(clients);
  throw new TargetNotFound(`There is no function ${name} in ${await clients.region()}.`, isOk(functions) ? likely(spelt[0]!, functions.value.map((one) => one.FunctionName)) : []);
}

/** Names that are near, or all where there are few. */
const likely = (name: string, names: readonly string[]): string[] => {
  const near = nearNames(name, names);
  return near.length > 0 ? near : names.length <= 5 ? names.filter((one) => one !== '').toSorted() : [];
};

const types = { scram: 'SASL_SCRAM_512_AUTH', mtls: 'CLIENT_CERTIFICATE_TLS_AUTH' } as const;

/** The secret's ARN, and the type by which Lambda is to use it: as asserted, else as the cluster has it on. */
async function resolveSecret(clients: Clients, name: string, { clusterArn, auth }: { clusterArn: string; auth: MappingSettings['auth'] }): Promise<NonNullable<MappingSettings['sourceAccess']>> {
  const [uri, method] = await Promise.all([secretArn(clients, name), auth === 'scram' || auth === 'mtls' ? auth : methodOf(clients, name, clusterArn)]);
  return [{ type: types[method], uri }];
}

async function secretArn(clients: Clients, name: string): Promise<string> {
  if (name.startsWith('arn:')) return name;
  const secret = await lookUpSecret(clients, name);
  if (isOk(secret) && secret.value.ARN !== undefined) return secret.value.ARN;
  if (!isOk(secret) && secret.outcome !== 'not-found') throw notReadable(`The secret ${name}`, secret);
  throw new TargetNotFound(`There is no secret ${name} in ${await clients.region()}.`);
}

async function methodOf(clients: Clients, secret: string, clusterArn: string): Promise<'scram' | 'mtls'> {
  const cluster = clusterArn.includes(':cluster/') ? await lookUpCluster(clients, clusterArn) : undefined;
  const authentication = cluster !== undefined && isOk(cluster) ? cluster.value.Provisioned?.ClientAuthentication : undefined;
  const [scram, mtls] = [authentication?.Sasl?.Scram?.Enabled === true, authentication?.Tls?.Enabled === true];
  if (scram !== mtls) return scram ? 'scram' : 'mtls';
  // MSK takes secrets of this prefix only for SASL/SCRAM.
  if (/(^|:)AmazonMSK_/.test(secret)) return 'scram';
  throw new SecretUnclear(`whether the secret ${secret} is for SASL/SCRAM or for mutual TLS cannot be told`);
}
