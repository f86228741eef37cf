/** What Lambda verifies when a mapping is created: it assumes the role, describes the cluster and reads the secret. */
import { isOk } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { awsError } from '../answers.js';
import { judgeShowing } from './judge.js';

const invalid = (message: string): Error => awsError('InvalidParameterValueException', message);

/** Throws Lambda's error for a mapping whose execution role lacks a permission. */
export function refuseWithoutRights(snapshot: Snapshot, mapping: Mapping): void {
  const failing = new Map(
    judgeShowing(snapshot, mapping).findings.flatMap((finding) =>
      finding.status === 'fail' ? [[finding.check, finding]] : [],
    ),
  );
  if (failing.has('access.trust')) throw invalid('The role defined for the function cannot be assumed by Lambda.');
  const refused = failing.get('access.msk-api') ?? failing.get('access.network-interfaces');
  if (refused !== undefined) {
    const [, service = 'ec2', action = 'CreateNetworkInterface'] =
      /\b(kafka|ec2):([A-Za-z0-9]+)/.exec(refused.evidence.map(({ fact }) => fact).join(' ')) ?? [];
    throw invalid(
      `The function execution role does not have permissions to call ${action} on ${service.toUpperCase()}`,
    );
  }
  const uri = mapping.SourceAccessConfigurations[0]?.URI;
  const unreadable =
    failing.has('access.secret') ||
    failing.has('access.kms') ||
    failing.has('secret.exists') ||
    (uri !== undefined && isLocked(snapshot, uri));
  if (uri !== undefined && unreadable)
    throw invalid(
      `Cannot access secret manager value ${uri}. Please ensure the role can perform the 'secretsmanager:GetSecretValue' action on your broker in IAM.`,
    );
}

/** Lambda accepts a secret only by its complete ARN, and needs its key. */
function isLocked(snapshot: Snapshot, uri: string): boolean {
  const secret = snapshot.secrets[uri];
  if (secret === undefined || !isOk(secret) || secret.value.ARN !== uri) return true;
  const key = snapshot.keys[secret.value.KmsKeyId ?? ''];
  return key !== undefined && isOk(key) && key.value.Enabled === false;
}
