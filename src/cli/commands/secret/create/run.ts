import { isScramSecret, scramPrefix, type SecretMethod } from '../../../../aws/msk.js';
import { limitClients } from '../../../../account/clients.js';
import { diagnoseSecret, type SecretDiagnosis } from '../../../../diagnosis/secret.js';
import { emptySnapshot } from '../../../../snapshot/snapshot.js';
import type { SecretCreateOptions } from './options.js';
import type { Call } from '../../../define-command.js';
import { printUnread } from '../../../print-answer.js';
import type { Io } from '../../../io.js';
import { profileOf } from '../file.js';
import { readMaterial } from '../material.js';
import { findSurroundings } from '../surroundings.js';
import { planSecret } from '../../../../plan/secret.js';
import { carryOut, giveSecretAnswer } from './carry-out.js';
import { openUnlimitedClients } from '../../../open-account.js';
import { NotReadable, UsageError } from '../../../../errors.js';
import { tool } from '../../../version.js';
import type { SecretCreateDocument } from '../../../../report/documents/secret.js';
import { visible } from '../../../../text/visible.js';
import { sayUserError } from '../../../user-error.js';
import { limitTime } from '../../../time-limit.js';

/** Builds the content, judges it, reads key and cluster, then creates the secret step by step. */
export async function run({ args: [wanted = ''], options, io }: Call<SecretCreateOptions>): Promise<number> {
  const type = typeOf(options);
  const name = nameOf(wanted, type, io);
  if (!io.interactive && options.yes !== true && options.dryRun !== true)
    throw new UsageError(
      'Confirmation needed, but this is not a terminal: pass --yes or --dry-run.',
      'Nothing was changed.',
    );
  const material = await readMaterial(type, options, io);
  for (const note of material.notes) io.stderr.write(`note: ${visible(note)}\n`);
  const judged = material.text === null ? null : judge(name, type, material.text);
  const clients = await openUnlimitedClients(options, io);
  try {
    const surroundings = await findSurroundings(limitClients(clients, limitTime(options.timeout)), {
      name,
      type,
      options,
      io,
      content: material.text,
    });
    const { description } = options;
    const plan = planSecret({ name, description, ...surroundings, findings: judged?.findings ?? [] });
    const creation = { io, options, clients, plan, name, type, judged };
    const [obstacle] = plan.obstacles;
    if (obstacle !== undefined)
      return await giveSecretAnswer(creation, {
        outcome: 'blocked',
        message: `${obstacle.sentence} Nothing was created.`,
      });
    if (options.dryRun === true)
      return await giveSecretAnswer(creation, {
        outcome: 'planned',
        message: `Dry run: ${plan.steps.length === 1 ? 'one call' : `${plan.steps.length} calls`}. Nothing was created.`,
      });
    return await carryOut(creation, material.text ?? '', surroundings.existingArn);
  } catch (error) {
    if (!(error instanceof NotReadable)) throw error;
    sayUserError(io, error);
    const unread: SecretCreateDocument = {
      schemaVersion: 1,
      changed: 0,
      outcome: 'undecided',
      message: `Nothing was created: ${error.message} ${error.hint}`,
      plan: [],
      secret: { arn: null, name, type, principal: judged?.profile?.principal ?? null },
      findings: [],
    };
    await printUnread(io, options, unread);
    return error.exitCode;
  }
}

function typeOf({ username, certificate, privateKey, chain, kmsKey, cluster }: SecretCreateOptions): SecretMethod {
  const files = certificate !== undefined || privateKey !== undefined || chain !== undefined;
  if (username !== undefined && files)
    throw new UsageError(
      'a secret contains a user or a client certificate, not both',
      'Pass --username, or --certificate and --private-key.',
    );
  if (username !== undefined) {
    if (username.trim() === '') throw new UsageError('--username is empty');
    if (kmsKey === undefined)
      throw new UsageError(
        'missing required flag: --kms-key',
        'MSK requires a symmetric customer managed key for SASL/SCRAM; the AWS managed key aws/secretsmanager is not allowed.',
      );
    return 'scram';
  }
  if (!files)
    throw new UsageError('missing required flags: --username (SASL/SCRAM), or --certificate and --private-key (mTLS)');
  if (certificate === undefined) throw new UsageError('missing required flag: --certificate');
  if (privateKey === undefined) throw new UsageError('missing required flag: --private-key');
  if (cluster !== undefined)
    throw new UsageError(
      '--cluster is only for SASL/SCRAM: MSK does not associate client certificates with a cluster',
      'Omit --cluster. The private certificate authorities of the cluster determine which client certificates it accepts.',
    );
  return 'mtls';
}

/** With characters that Secrets Manager accepts, and MSK's prefix where it is required. */
function nameOf(wanted: string, type: SecretMethod, io: Io): string {
  if (!/^[A-Za-z0-9/_+=.@-]{1,500}$/.test(wanted))
    throw new UsageError('the name of a secret must have 1 to 500 characters: A–Z, a–z, 0–9 and /_+=.@-');
  if (type === 'mtls' || isScramSecret(wanted)) return wanted;
  io.stderr.write(`note: the secret is named ${scramPrefix}${wanted}: MSK requires this prefix for SASL/SCRAM\n`);
  return scramPrefix + wanted;
}

/** The checks of the content, the same as for a file. */
function judge(name: string, type: SecretMethod, text: string): SecretDiagnosis {
  const snapshot = emptySnapshot({
    tool,
    partition: 'aws',
    region: '-',
    account: null,
    caller: null,
    capturedAt: new Date().toISOString(),
  });
  snapshot.secretProfiles[name] = { outcome: 'ok', value: profileOf(text) };
  return diagnoseSecret(snapshot, name, { asserted: type, clusterArn: null, fromFile: true });
}
