/** The content of one secret for a schema registry, without a mapping: for `secret check`. */
import { defineCheck, fail, pass, undecided, warn, type Judgement } from '../../define.js';
import type { Fix } from '../../../fixes/fix.js';
import type { Facts } from '../../../subject/subject.js';
import { valueOrNull } from '../../../subject/fact.js';
import { manual, replaceContent } from '../../support/secret-use.js';
import { contentFaults } from './registry-secret.js';

interface Evidence {
  secret: string;
  facts: string[];
  fixes: Fix[];
}

/** Stores the right content in the secret that is there; a file is edited by its owner. */
export const contentFixes = ({ uri, secret }: Facts['registrySecrets'][number]): Fix[] => [
  manual(
    'Store the members that AWS documents for this type of access in the secret',
    replaceContent({
      secret: uri,
      arn: valueOrNull(secret)?.ARN ?? null,
      uuid: null,
      key: null,
      clusterArn: null,
      username: null,
    }),
  ),
];

export const registrySecretCheck = defineCheck({
  id: 'mapping.schema-registry',
  title: 'The secret does not hold what its type of registry access requires',
  severity: 'error',
  stage: 'flow',
  indicator: 'the members of the secret are not those of its type',
  docs: ['https://docs.aws.amazon.com/lambda/latest/dg/kafka-cluster-auth.html'],
  needs: ['registrySecrets'],
  judge({ registrySecrets: [entry] }): Judgement<Evidence> {
    if (entry === undefined || entry.profile.is === 'not-applicable') return pass;
    if (entry.profile.is === 'unread')
      return undecided('the content of the secret could not be read', entry.profile.missing);
    const { faults, risks } = contentFaults(entry.type, entry.profile.value);
    const evidence = { secret: entry.uri, facts: [...faults, ...risks], fixes: contentFixes(entry) };
    return faults.length > 0 ? fail(evidence) : risks.length > 0 ? warn(evidence) : pass;
  },
  describe: ({ secret, facts }) => ({
    title: `The content of the secret ${secret}: ${facts[0]!}`,
    evidence: facts.map((fact) => ({ resource: secret, fact })),
  }),
  fixes: ({ fixes }) => fixes,
});
