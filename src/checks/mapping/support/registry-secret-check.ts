/** The content of one secret for a schema registry, without a mapping: for `secret check`. */
import type { RegistryAccessType } from '../../../aws/mapping-api.js';
import { secretTypes } from '../../../aws/msk.js';
import { secretNameOf } from '../../../aws/secret-arn.js';
import { ownCommand } from '../../../fixes/own-command.js';
import { shell } from '../../../text/shell.js';
import { defineCheck, fail, pass, undecided, warn, type Judgement } from '../../define.js';
import type { Fix } from '../../../fixes/fix.js';
import type { Facts } from '../../../subject/subject.js';
import { valueOrNull } from '../../../subject/fact.js';
import { manual } from '../../support/secret-use.js';
import { contentFaults } from './registry-secret.js';

interface Evidence {
  secret: string;
  facts: string[];
  fixes: Fix[];
}

/** What AWS documents as the content, by type of access. */
const wanted: Record<string, { members: string; type: string }> = {
  BASIC_AUTH: { members: 'username and password', type: 'basic' },
  [secretTypes.mtls]: { members: 'certificate and privateKey (PKCS#8)', type: 'mtls' },
  SERVER_ROOT_CA_CERTIFICATE: { members: 'certificate (PEM)', type: 'root-ca' },
  OAUTHBEARER_AUTH: {
    members: 'oauthTokenEndpointUrl, oauthClientId and oauthClientSecret (or oauthClientEmail and oauthPrivateKey)',
    type: 'oauth',
  },
} satisfies Record<RegistryAccessType, object>;

/** Stores the right content in the secret that exists; a file is edited by its owner. */
export function contentFixes({ type = '', uri, secret }: Facts['registrySecrets'][number]): Fix[] {
  const content = wanted[type];
  const arn = valueOrNull(secret)?.ARN;
  const members = content === undefined ? 'the fields that AWS documents for its type' : content.members;
  const commands =
    arn === undefined || content === undefined
      ? []
      : [
          shell`aws secretsmanager put-secret-value --secret-id ${arn} --secret-string file://secret.json`,
          ownCommand('secret', 'check', arn, '--type', content.type),
        ];
  return [manual(`Store ${members} in secret ${secretNameOf(arn ?? uri)} as JSON text`, commands)];
}

export const registrySecretCheck = defineCheck({
  id: 'mapping.schema-registry',
  title: 'The secret does not have the fields that its type requires',
  severity: 'error',
  stage: 'flow',
  indicator: 'the fields of the secret do not match its type',
  docs: ['https://docs.aws.amazon.com/lambda/latest/dg/kafka-cluster-auth.html'],
  needs: ['registrySecrets', 'capturedAt'],
  judge({ registrySecrets: [entry], capturedAt }): Judgement<Evidence> {
    if (entry === undefined || entry.profile.is === 'not-applicable') return pass;
    if (entry.profile.is === 'unread')
      return undecided('the content of the secret could not be read', entry.profile.missing);
    const { faults, risks } = contentFaults(entry.type, entry.profile.value, capturedAt);
    const evidence = { secret: entry.uri, facts: [...faults, ...risks], fixes: contentFixes(entry) };
    return faults.length > 0 ? fail(evidence) : risks.length > 0 ? warn(evidence) : pass;
  },
  describe: ({ secret, facts }) => ({
    title: `The secret ${secretNameOf(secret)} does not have the fields that its type requires`,
    evidence: facts.map((fact) => ({ resource: secret, fact })),
  }),
  fixes: ({ fixes }) => fixes,
});
