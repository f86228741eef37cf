/** Fixes of several findings for one policy: applied one after another, each would undo the one before. */
import type { Finding } from '../checks/run.js';

type Fix = Finding['fixes'][number];
type Change = Fix['changes'][number];

interface Policy {
  Statement: object[];
}

/**
 * A new version of a managed policy replaces the previous one (AWS: versioning IAM policies), and a policy has at
 * most five versions. Where several checks each add a statement to the same permissions boundary, each of their
 * fixes adds all of these statements.
 */
export function withOneVersion(findings: readonly Finding[]): Finding[] {
  if (findings.every(({ fixes }) => fixes.length === 0)) return [...findings];
  const documents = new Map<string, string[]>();
  for (const change of findings.flatMap(({ fixes }) => fixes.flatMap(({ changes }) => changes)).filter(isVersion))
    documents.set(policyOf(change), [...new Set([...(documents.get(policyOf(change)) ?? []), documentOf(change)])]);
  if ([...documents.values()].every(({ length }) => length < 2)) return [...findings];
  const replaced = (change: Change): Change =>
    isVersion(change)
      ? { ...change, input: { ...change.input, PolicyDocument: union(documents.get(policyOf(change))!) } }
      : change;
  const shared = ({ changes }: Fix) =>
    changes.some((change) => isVersion(change) && documents.get(policyOf(change))!.length > 1);
  return findings.map((finding) => ({
    ...finding,
    fixes: finding.fixes.map((fix) =>
      shared(fix)
        ? {
            ...fix,
            title: `${fix.title}, together with the other permissions that this mapping needs`,
            changes: fix.changes.map(replaced),
          }
        : fix,
    ),
  }));
}

const isVersion = ({ operation }: Change): boolean => operation === 'CreatePolicyVersion';
const policyOf = ({ input }: Change): string => String(input['PolicyArn']);
const documentOf = ({ input }: Change): string => String(input['PolicyDocument']);

/** The statements of all documents without duplicates; the rest of the documents is the same. */
function union(documents: readonly string[]): string {
  const policies = documents.map((document) => JSON.parse(document) as Policy);
  const statements = new Map(
    policies.flatMap(({ Statement }) => Statement).map((statement) => [JSON.stringify(statement), statement]),
  );
  return JSON.stringify({ ...policies[0], Statement: [...statements.values()] });
}
