/** Checks of a secret alone, without a mapping. */
import { isScramSecret, type SecretMethod } from '../aws/msk.js';
import { registrySecretTypes, type RegistrySecretType } from '../aws/mapping-api.js';
import { registrySecretCheck } from '../checks/mapping/support/registry-secret-check.js';
import { checks } from '../checks/index.js';
import { runChecks, type Finding } from '../checks/run.js';
import { lookup, isOk } from '../snapshot/read.js';
import type { SecretProfile } from '../snapshot/resources/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { secretSubject } from '../subject/secret-subject.js';
import type { Verdict } from './diagnosis.js';

export type SecretType = SecretMethod | RegistrySecretType;

export interface SecretDiagnosis {
  /** As the user named it. */
  secret: string;
  arn: string | null;
  /** Its authentication method: the asserted one, else by its members; null where neither shows it. */
  type: SecretType | null;
  verdict: Exclude<Verdict, 'disabled'>;
  /** Null where the content was not read. */
  profile: SecretProfile | null;
  findings: Finding[];
}

/** `asserted`: the method that the user names. */
export function diagnoseSecret(
  snapshot: Snapshot,
  id: string,
  {
    asserted,
    clusterArn,
    fromFile,
  }: { asserted?: SecretType | undefined; clusterArn: string | null; fromFile: boolean },
): SecretDiagnosis {
  const read = lookup(snapshot.secretProfiles, id, { service: 'secretsmanager', operation: 'GetSecretValue' });
  const described = snapshot.secrets[id];
  const profile = isOk(read) ? read.value : null;
  const arn = described !== undefined && isOk(described) ? described.value.ARN : null;
  const type = asserted ?? typeOf(profile) ?? (isScramSecret(arn ?? id) ? 'scram' : null);
  const secretChecks = checks.filter(({ id: check }) => check.startsWith('secret.'));
  const judge = (method: SecretMethod, chosen = secretChecks) =>
    runChecks(chosen, secretSubject(snapshot, id, { method, clusterArn, fromFile }));
  // A registry's secret needs no name, and MSK takes no part in it: any key serves that the role may use.
  const surroundings = secretChecks.filter(({ id: check }) => /exists|kms|size/.test(check));
  const judgeForRegistry = (kind: RegistrySecretType) => [
    ...judge('mtls', surroundings),
    ...runChecks(
      [registrySecretCheck],
      secretSubject(snapshot, id, {
        method: 'mtls',
        clusterArn,
        fromFile,
        registryAccess: registrySecretTypes[kind],
      }),
    ),
  ];
  // Where the method is unknown, only the content is judged, as SASL/SCRAM, which is the most common; the rules for
  // names and keys might not apply.
  const findings =
    type === null
      ? [
          ...judge('mtls', surroundings),
          ...judge(
            'scram',
            secretChecks.filter(({ id: check }) => check === 'secret.scram'),
          ),
        ]
      : type === 'scram' || type === 'mtls'
        ? judge(type)
        : judgeForRegistry(type);
  return { secret: id, arn, type, verdict: verdictOf(findings), profile, findings };
}

/** By its members, or by members that look like misspelt ones. */
function typeOf(profile: SecretProfile | null): SecretType | null {
  const names = profile === null ? [] : [...profile.members, ...profile.misspelt.map(({ meant }) => meant)];
  if (names.includes('certificate') || names.includes('privateKey')) return 'mtls';
  if (names.includes('username') || names.includes('password')) return 'scram';
  return names.some((name) => name.startsWith('oauth')) ? 'oauth' : null;
}

function verdictOf(findings: readonly Finding[]): SecretDiagnosis['verdict'] {
  const has = (status: Finding['status']) => findings.some((finding) => finding.status === status);
  return has('fail') ? 'broken' : has('unknown') ? 'unknown' : has('warn') ? 'at-risk' : 'healthy';
}
