/** Resolves names, as people give them, to the ARNs that Lambda requires. */
import { NotASecretId, NotReadable, SecretUnclear, TargetNotFound } from '../errors.js';
import { isSecretId } from '../aws/secret-arn.js';
import { isScramSecret, secretTypes, takesSecret, type SecretMethod } from '../aws/msk.js';
import { parseArn, regionOf } from '../aws/arn.js';
import { isCluster } from '../aws/event-source.js';
import { functionNameOf, unqualifiedArn } from '../aws/function-arn.js';
import { arnOfNamed } from '../account/find-cluster.js';
import { clusterNotFound, listClusters, listTopics } from '../account/queries/clusters.js';
import { listFunctions } from '../account/queries/functions.js';
import { listSecrets } from '../account/queries/secrets.js';
import { lookUpBootstrap, lookUpCluster } from '../account/queries/clusters.js';
import { lookUpFunction } from '../account/queries/functions.js';
import { lookUpSecret } from '../account/queries/secrets.js';
import { credentialsTrouble } from '../account/failure.js';
import type { Clients } from '../account/clients.js';
import { nearNames } from '../text/similar-names.js';
import { isOk, type ReadFailure } from '../snapshot/read.js';
import type { Say } from './clock.js';
import { findClusterOfBrokers, findSecret, isBrokerList, normalizeTopic, type Normalized } from './normalize-input.js';
import type { MappingChanges, MappingSettings } from './settings.js';

/** What could not be read and why; only the credentials if they are the reason. */
export function notReadable(what: string, failure: ReadFailure): NotReadable {
  const trouble = credentialsTrouble(failure.error);
  if (trouble !== null) return new NotReadable(trouble.sentence, trouble.hint);
  return new NotReadable(
    `${what} could not be read: ${failure.error.replace(/\.$/, '')}.`,
    failure.outcome === 'denied' ? `Your credentials need ${failure.action}.` : 'Run the command again.',
  );
}

/** Reports what was wrong with a text, and returns the corrected one. */
const valueOf = (setting: string, { value, notes }: Normalized, note: Say): string => {
  for (const sentence of notes) note(`${setting}: ${sentence}`);
  return value;
};

/**
 * Settings with ARNs, the secret with its type in `sourceAccess`. `note` receives corrections. Throws
 * `TargetNotFound`, `NotReadable`, `SecretUnclear`.
 */
export async function resolveSettings(
  clients: Clients,
  settings: MappingSettings,
  note: Say,
): Promise<MappingSettings> {
  const cluster = await resolveCluster(clients, settings.cluster, note);
  await refuseOtherRegion(clients, [cluster, settings.function]);
  await refuseMissing(clients, settings.cluster);
  const topics = isCluster(cluster) ? await listTopics(clients, cluster) : undefined;
  const topic = valueOf(
    'topic',
    normalizeTopic(
      settings.topic,
      topics !== undefined && isOk(topics) ? topics.value.map(({ TopicName: name }) => name) : null,
    ),
    note,
  );
  return { ...(await resolveChanges(clients, settings, cluster, note)), cluster, topic } as MappingSettings;
}

/** Lambda accepts both only from its own region; in another one it would only say that they do not exist. */
async function refuseOtherRegion(clients: Clients, arns: readonly string[]): Promise<void> {
  const region = await clients.region();
  const other = arns.find((arn) => arn.startsWith('arn:') && regionOf(arn) !== region);
  if (other !== undefined)
    throw new TargetNotFound(
      `${other} is in ${regionOf(other) ?? ''}, but the command uses ${region}: pass --region ${regionOf(other) ?? ''}.`,
    );
}

/** An ARN may name a deleted cluster; a name was found in the list. */
async function refuseMissing(clients: Clients, name: string): Promise<void> {
  if (!isCluster(name)) return;
  const read = await lookUpCluster(clients, name);
  if (!isOk(read) && read.outcome === 'not-found') throw await clusterNotFound(clients, name);
}

/** The same for changes of a mapping on this cluster. */
export async function resolveChanges<C extends MappingChanges>(
  clients: Clients,
  changes: C,
  clusterArn: string,
  note: Say,
): Promise<C> {
  const [functionArn, sourceAccess] = await Promise.all([
    typeof changes.function === 'string' ? resolveFunction(clients, changes.function, clusterArn) : undefined,
    typeof changes.secret === 'string'
      ? resolveSecret(clients, changes.secret, { clusterArn, auth: changes.auth ?? undefined, note })
      : undefined,
  ]);
  const { secret: _, ...rest } = changes;
  return {
    ...rest,
    ...(functionArn === undefined ? {} : { function: functionArn }),
    ...(sourceAccess === undefined ? {} : { sourceAccess }),
  } as unknown as C;
}

/** A cluster by name or by some of its brokers; an ARN is returned unchanged. */
export async function resolveCluster(clients: Clients, name: string, note: Say = () => {}): Promise<string> {
  if (name.startsWith('arn:')) return name;
  const clusters = await listClusters(clients);
  if (!isOk(clusters)) throw notReadable(`The list of clusters, to find ${name},`, clusters);
  const arns = clusters.value.map((cluster) => cluster.ClusterArn);
  if (isBrokerList(name)) return clusterOfBrokers(clients, name, arns, note);
  const arn = arnOfNamed(clusters.value, name);
  if (arn !== null) return arn;
  throw new TargetNotFound(
    `MSK cluster not found in ${await clients.region()}: ${name}.`,
    likely(
      name,
      clusters.value.map((cluster) => cluster.ClusterName ?? ''),
    ),
  );
}

async function clusterOfBrokers(
  clients: Clients,
  brokers: string,
  arns: readonly string[],
  note: Say,
): Promise<string> {
  const clusters = await Promise.all(arns.map(async (arn) => ({ arn, strings: await lookUpBootstrap(clients, arn) })));
  const cluster = findClusterOfBrokers(
    brokers,
    clusters.map(({ arn, strings }) => ({ arn, strings: isOk(strings) ? Object.values(strings.value) : [] })),
  );
  if (cluster !== null) return valueOf('cluster', cluster, note);
  const unread = clusters.flatMap(({ strings }) => (isOk(strings) ? [] : [strings]))[0];
  if (unread !== undefined) throw notReadable('The brokers of the clusters, to find the matching cluster,', unread);
  throw new TargetNotFound(`The brokers ${brokers} do not belong to an MSK cluster in ${await clients.region()}.`);
}

/** In the forms that AWS accepts: with or without account, with or without alias or version. */
const functionName = /^(?:(?:[a-z]{2}(?:-[a-z]+)+-\d:)?(\d{12}):)?(?:function:)?([^:]+)(:[^:]+)?$/;

async function resolveFunction(clients: Clients, name: string, clusterArn: string): Promise<string> {
  const { partition, region, account: ownAccount } = parseArn(clusterArn)!;
  const [, account, plain = name, qualifier = ''] = name.startsWith('arn:') ? [] : (functionName.exec(name) ?? []);
  const arnIn = (account: string | undefined): string =>
    `arn:${partition}:lambda:${region}:${account}:function:${plain}${qualifier}`;
  const arn = name.startsWith('arn:') ? name : account === undefined ? undefined : arnIn(account);
  const read = await lookUpFunction(clients, arn ?? plain + qualifier);
  // The mapping's function is the named alias or version, not the version behind an alias.
  if (isOk(read)) return arn ?? unqualifiedArn(read.value.FunctionArn) + qualifier;
  if (read.outcome !== 'not-found') return arn ?? arnIn(ownAccount);
  const functions = await listFunctions(clients);
  const wanted = functionNameOf(arn) ?? plain;
  throw new TargetNotFound(
    `Function not found in ${await clients.region()}: ${name}.`,
    isOk(functions)
      ? likely(
          wanted,
          functions.value.map(({ FunctionName: functionName }) => functionName),
        )
      : [],
  );
}

/** Similar names, or all where there are few. */
const likely = (name: string, names: readonly string[]): string[] => {
  const near = nearNames(name, names);
  return near.length > 0 ? near : names.length <= 5 ? names.filter((listed) => listed !== '').toSorted() : [];
};

/** The secret's ARN and its type for Lambda: the asserted one, otherwise the one that the cluster has enabled. */
async function resolveSecret(
  clients: Clients,
  name: string,
  { clusterArn, auth, note }: { clusterArn: string; auth: MappingSettings['auth']; note: Say },
): Promise<NonNullable<MappingSettings['sourceAccess']>> {
  const [uri, method] = await Promise.all([
    secretArn(clients, name, note),
    auth !== undefined && takesSecret(auth) ? auth : methodOf(clients, name, clusterArn),
  ]);
  return [{ type: secretTypes[method], uri }];
}

/** A complete ARN is used unchanged, whether the secret exists or not: the checks report that. */
async function secretArn(clients: Clients, name: string, note: Say): Promise<string> {
  if (!isSecretId(name)) throw new NotASecretId();
  const isArn = name.startsWith('arn:');
  const secret = await lookUpSecret(clients, name);
  // AWS also finds a secret by part of its ARN, but Lambda does not.
  if (isOk(secret) && secret.value.ARN !== undefined)
    return valueOf('secret', findSecret(name, [secret.value]) ?? { value: secret.value.ARN, notes: [] }, note);
  if (!isOk(secret) && secret.outcome !== 'not-found') {
    if (isArn) return name;
    throw notReadable(`The secret ${name}`, secret);
  }
  const listed = await listSecrets(clients);
  const named = isOk(listed) ? findSecret(name, listed.value) : null;
  if (named !== null) return valueOf('secret', named, note);
  if (isArn) return name;
  throw new TargetNotFound(
    `Secret not found in ${await clients.region()}: ${name}.`,
    isOk(listed)
      ? likely(
          name,
          listed.value.map(({ Name: listedName = '' }) => listedName),
        )
      : [],
  );
}

async function methodOf(clients: Clients, secret: string, clusterArn: string): Promise<SecretMethod> {
  const cluster = isCluster(clusterArn) ? await lookUpCluster(clients, clusterArn) : undefined;
  const authentication =
    cluster !== undefined && isOk(cluster) ? cluster.value.Provisioned?.ClientAuthentication : undefined;
  const [scram, mtls] = [authentication?.Sasl?.Scram?.Enabled === true, authentication?.Tls?.Enabled === true];
  if (scram !== mtls) return scram ? 'scram' : 'mtls';
  // MSK accepts secrets with this prefix only for SASL/SCRAM.
  if (isScramSecret(secret)) return 'scram';
  throw new SecretUnclear(`cannot determine whether the secret ${secret} is for SASL/SCRAM or mTLS`);
}
