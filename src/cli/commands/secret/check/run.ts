import { regionOf } from '../../../../aws/arn.js';
import type { Snapshot } from '../../../../snapshot/snapshot.js';
import { readSecrets } from '../../../../account/scopes/secret.js';
import { diagnoseSecret, type SecretDiagnosis } from '../../../../diagnosis/secret.js';
import { normalizeCluster, normalizeSecret } from '../../../../mapping/normalize-input.js';
import { resolveCluster } from '../../../../mapping/resolve.js';
import { toSecretCheck, toUnreadSecrets } from '../../../../report/documents/secret.js';
import { renderSecrets } from '../../../../report/secret-text.js';
import { visible } from '../../../../text/visible.js';
import { emptySnapshot } from '../../../../snapshot/snapshot.js';
import { printAnswer, printUnread } from '../../../print-answer.js';
import type { SecretCheckOptions } from './options.js';
import type { Call } from '../../../define-command.js';
import { exitCodeOf, exitCodes } from '../../../exit-codes.js';
import type { Io } from '../../../io.js';
import { startProgress } from '../../../progress.js';
import { readSecretFile } from '../file.js';
import { openClients, sayTrouble } from '../../../open-account.js';
import { NotReadable, UsageError } from '../../../../errors.js';
import { tool } from '../../../version.js';
import { ownSourceWords } from '../../../source-words.js';
import { sayUserError } from '../../../user-error.js';

/** Profiles and judges secrets; files need no AWS access. */
export async function run({ args, options, io }: Call<SecretCheckOptions>): Promise<number> {
  const files = new Map<string, SecretDiagnosis>();
  for (const name of args) {
    const profile = await readSecretFile(name, io);
    if (profile === null) continue;
    const shown = name === '-' ? 'stdin' : name;
    const snapshot: Snapshot = { ...nothingRead('-'), secretProfiles: { [shown]: { outcome: 'ok', value: profile } } };
    files.set(name, diagnoseSecret(snapshot, shown, { asserted: options.type, clusterArn: null, fromFile: true }));
  }
  const ids = args.filter((name) => !files.has(name));
  const account = ids.length === 0 ? { secrets: [], region: '-' } : await checkInAccount(ids, options, io);
  if (typeof account === 'number') {
    const unread = args.flatMap((name) =>
      files.has(name) ? toSecretCheck([files.get(name)!]).secrets : toUnreadSecrets([name]),
    );
    await printUnread(io, options, { schemaVersion: 1, secrets: unread });
    return account;
  }
  const secrets = args.flatMap((name) => files.get(name) ?? account.secrets[ids.indexOf(name)] ?? []);
  const verdicts = secrets.map(({ verdict }) => verdict);
  await printAnswer(io, options, {
    text: () =>
      options.quiet === true
        ? secrets.map(({ secret, verdict }) => `${visible(secret)} ${verdict}`).join('\n')
        : renderSecrets(secrets, {
            ...io,
            region: account.region,
            profile: options.profile,
            source: ownSourceWords(options),
            verbose: options.verbose === true,
          }),
    json: () => toSecretCheck(secrets),
  });
  return exitCodeOf(verdicts, options.failOn);
}

const nothingRead = (region: string): Snapshot =>
  emptySnapshot({ tool, partition: 'aws', region, account: null, caller: null, capturedAt: new Date().toISOString() });

async function checkInAccount(
  names: readonly string[],
  options: SecretCheckOptions,
  io: Io,
): Promise<{ secrets: SecretDiagnosis[]; region: string } | number> {
  const normalized = names.map(normalizeSecret);
  for (const note of normalized.flatMap(({ notes }) => notes)) io.stderr.write(`note: ${visible(note)}\n`);
  const ids = normalized.map(({ value }) => value);
  // The region from the ARN, unless a flag names another one.
  const region = options.region ?? ids.map(regionOf).find((named) => named !== null);
  const clients = await openClients({ ...options, ...(region === undefined ? {} : { region }) }, io);
  const progress = startProgress(io, ids.length === 1 ? 'Reading the secret' : 'Reading the secrets');
  try {
    const clusterArn =
      options.cluster === undefined ? null : await resolveCluster(clients, normalizeCluster(options.cluster).value);
    const { snapshot, trouble } = await readSecrets({
      clients,
      ids,
      clusterArn,
      secretValues: options.secretValues,
      tool,
      now: new Date(),
    });
    io.signal.throwIfAborted();
    progress.stop();
    sayTrouble(io, trouble);
    if (trouble !== null) return exitCodes.cannotTell;
    for (const [index, id] of ids.entries())
      if (snapshot.secrets[id]?.outcome === 'not-found')
        throw new UsageError(
          `no secret and no file with this name: ${visible(names[index]!)} (region ${snapshot.region})`,
          'List the secrets: `aws secretsmanager list-secrets`.',
        );
    return {
      secrets: ids.map((id, index) => ({
        ...diagnoseSecret(snapshot, id, { asserted: options.type, clusterArn, fromFile: false }),
        secret: names[index]!,
      })),
      region: snapshot.region,
    };
  } catch (error) {
    if (error instanceof NotReadable) return sayUserError(io, error);
    throw error;
  } finally {
    progress.stop();
  }
}
