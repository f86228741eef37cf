/** What the checks of a secret say of the healthy account with one thing changed. */
import { checks } from '../../../src/checks/index.js';
import { runChecks, type Finding } from '../../../src/checks/run.js';
import { profileSecret } from '../../../src/secrets/profile.js';
import type { Snapshot } from '../../../src/snapshot/snapshot.js';
import { subjectOf } from '../../../src/subject/subject.js';
import { ok } from '../../../src/snapshot/read.js';
import { accountWith, secretArn, uuid, value, type HealthyOptions } from '../../accounts/account.js';

/** The text of a failed login by SCRAM, of one by certificate, and of a secret that could not be loaded. */
export const texts = {
  sasl: 'PROBLEM: SASL authentication failed.',
  tls: 'PROBLEM: Server failed to authenticate Lambda.',
  invalid: 'PROBLEM: Provided certificate or private key is invalid.',
  ok: 'OK',
} as const;
export type Text = keyof typeof texts;

export type SecretCheck =
  | 'exists'
  | 'name-prefix'
  | 'kms'
  | 'association'
  | 'scram'
  | 'certificate'
  | 'private-key'
  | 'size';

/** As in a diagnosis: a check whose ground is taken away is skipped. */
export function judge(
  check: SecretCheck,
  change: (snapshot: Snapshot) => void,
  { text = 'sasl', ...options }: HealthyOptions & { text?: Text } = {},
): Finding {
  return findingIn(
    accountWith(
      (snapshot) => {
        value(snapshot.mappings, uuid).LastProcessingResult = texts[text];
        change(snapshot);
      },
      { auth: 'scram', ...options },
    ),
    check,
  );
}

export const findingIn = (snapshot: Snapshot, check: SecretCheck): Finding =>
  runChecks(checks, subjectOf(snapshot, uuid)).find((finding) => finding.check === `secret.${check}`)!;

/** The checks of a secret alone. */
export const secretFindings = (snapshot: Snapshot): Finding[] =>
  runChecks(
    checks.filter(({ id }) => id.startsWith('secret.')),
    subjectOf(snapshot, uuid),
  );

/** A client certificate's secret with this content. The snapshot's clock is set to now, as the certificates are made now. */
export const holding =
  (content: object | string) =>
  (snapshot: Snapshot): void => {
    snapshot.capturedAt = new Date().toISOString();
    snapshot.secretProfiles[secretArn] = ok(
      profileSecret({ text: typeof content === 'string' ? content : JSON.stringify(content) }),
    );
  };

/** Title and evidence. */
export const facts = (finding: Finding): string =>
  [finding.title, ...finding.evidence.map(({ fact }) => fact)].join('\n');
