/** The secret of a login: its text stays in memory, its profile is for the findings. */
import { readFile, stat } from 'node:fs/promises';
import type { SecretMethod } from '../../../aws/msk.js';
import { diagnoseSecret } from '../../../diagnosis/secret.js';
import { UsageError } from '../../../errors.js';
import type { ProbeSecret } from '../../../probe/judge/probe-context.js';
import type { ProbeCredentials } from '../../../probe/probe-input.js';
import { membersOf } from '../../../probe/secret-credentials.js';
import type { SecretUse } from '../../../checks/support/secret-use.js';
import { profileSecret } from '../../../secrets/profile.js';
import { emptySnapshot } from '../../../snapshot/snapshot.js';
import { ok } from '../../../snapshot/read.js';
import { whyUnreadable } from '../../../text/file-errors.js';
import { visible } from '../../../text/visible.js';
import { tool } from '../../version.js';
import { redactErrors } from '../secret/redact-errors.js';

/** Secrets Manager stores at most 64 KB. */
const mostFileBytes = 1_000_000;

/** A secret with its text. The text must not leave the process. */
export interface LoginSecret {
  /** As people know it: name, ARN or path. */
  name: string;
  arn: string | null;
  text: string;
}

/** The JSON text in a file. Throws `UsageError` where there is none: then nothing is sent. */
export async function readSecretFile(path: string): Promise<LoginSecret> {
  let text: string;
  try {
    if ((await stat(path)).size > mostFileBytes) throw new UsageError(`${visible(path)} is too large for a secret`);
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(whyUnreadable(visible(path), error), undefined, { cause: error });
  }
  if (membersOf(text) === null)
    throw new UsageError(
      `the secret file ${visible(path)} is not a JSON object`,
      'Expected {"username": "…", "password": "…"} or {"certificate": "…", "privateKey": "…"}. The content is not shown.',
    );
  return { name: path, arn: null, text };
}

/** The method that the members show; null where they show none or both. */
export function methodOfContent({ text }: LoginSecret): SecretMethod | null {
  const members = membersOf(text) ?? {};
  const has = (...names: string[]): boolean =>
    names.some((name) => members[name] !== undefined && members[name] !== null);
  const [scram, mtls] = [has('username', 'password'), has('certificate', 'privateKey')];
  return scram === mtls ? null : scram ? 'scram' : 'mtls';
}

/** What the checks of `secret check` say about the content: nothing of the content itself. */
export function judgeContent(
  method: SecretMethod,
  secret: LoginSecret,
  { region, use }: { region: string; use: Pick<SecretUse, 'uuid' | 'clusterArn'> },
): ProbeSecret {
  const profile = redactErrors(() => profileSecret({ text: secret.text }));
  const snapshot = emptySnapshot({
    tool,
    partition: 'aws',
    region,
    account: null,
    caller: null,
    capturedAt: new Date().toISOString(),
  });
  const { findings } = diagnoseSecret({ ...snapshot, secretProfiles: { [secret.name]: ok(profile) } }, secret.name, {
    asserted: method,
    clusterArn: null,
    fromFile: true,
  });
  return {
    use: {
      secret: secret.name,
      arn: secret.arn,
      key: null,
      username: method === 'scram' ? (profile.principal?.replace(/^User:/, '') ?? null) : null,
      ...use,
    },
    profile,
    findings: findings.filter(
      ({ check, status }) => contentChecks.has(check) && (status === 'fail' || status === 'warn'),
    ),
  };
}

const contentChecks: ReadonlySet<string> = new Set([
  'secret.scram',
  'secret.certificate',
  'secret.private-key',
  'secret.size',
]);

/** Values that must not be in any output. */
export function secretValues(
  credentials: ProbeCredentials,
  { profile }: { profile: ProbeSecret['profile'] },
): string[] {
  if (credentials.kind === 'scram')
    return [
      // A user whose password is the user name is no secret.
      ...(credentials.password === credentials.username ? [] : [credentials.password]),
      // What looks like a password in the place of a user name.
      ...(profile.principalWithheld === true || profile.swapped === true ? [credentials.username] : []),
    ];
  return credentials.kind === 'mtls' ? [credentials.privateKey, credentials.passphrase ?? ''] : [];
}
