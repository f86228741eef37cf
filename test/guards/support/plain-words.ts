/** Words that users must not read again, and AWS's terms as AWS does not spell them. */
import { readdirSync, readFileSync } from 'node:fs';
import { parseSync, Visitor } from 'rolldown/utils';

export interface Wording {
  pattern: RegExp;
  /** What to write instead. */
  instead: string;
  /** A text that the pattern finds. */
  example: string;
}

const wording = (pattern: RegExp, instead: string, example: string): Wording => ({ pattern, instead, example });

/** Private words, clauses in place of nouns, and what AWS calls otherwise. */
export const privateWords: readonly Wording[] = [
  wording(/\banew\b/i, 'again, or recreate', 'make the mapping anew'),
  wording(/\b(?:does|do|did) not serve\b/i, 'is not usable, with the reason', 'the key does not serve'),
  wording(/\bby itself\b/i, 'say what happens', 'Lambda does not try again by itself'),
  wording(/\bmoot\b/i, 'not applicable', 'the check is moot'),
  wording(/\b(?:nobody|no one) is there\b/i, 'this is not a terminal', 'nobody is there to be asked'),
  wording(/\bmay not tell\b/i, 'does not show', 'the text may not tell'),
  wording(/\bcannot tell\b/i, 'unknown', 'the tool cannot tell'),
  wording(/\bstands? (?:for|in|on|at|beside|between|without|alone)\b/i, 'matches, is', '“x” stands for 2 mappings'),
  wording(/\bwhat (?:could not be|was|follows|would|surrounds)\b/i, 'a noun', 'what could not be read may hide it'),
  wording(/\bby what (?:was|it)\b/i, 'Simulated: …; per GB', 'By what was read, no check fails then.'),
  wording(/\bcannot be taken back\b/i, 'cannot be undone', '1 of 1 calls cannot be taken back.'),
  wording(/\bthat a call can make\b/i, 'cannot be fixed automatically', 'it has no fix that a call can make'),
  wording(/\bplays? no part\b/i, 'does not apply', 'the role plays no part'),
  wording(/\bMend(?:s|ed|ing)?\b/i, 'fix', 'Mend the cause'),
  wording(/\bin the way\b/i, 'blocks', 'nothing stands in the way'),
  wording(
    /\blets? (?:nothing|nobody|the pollers|its members|members) (?:through|in|out)\b/i,
    'allows',
    'lets nothing in',
  ),
  wording(/\bno way to (?:a|the|an) (?:service|AWS|Lambda|STS)\b/i, 'cannot reach', 'there is no way to a service'),
  wording(/\bno path to\b/i, 'cannot reach', 'they have no path to Lambda'),
  wording(/\bwhich may interrupt others\b/i, 'affects other resources', 'Fix, which may interrupt others'),
  wording(/\bFix, with care\b/, 'review first', 'Fix, with care: add a rule'),
  wording(/\b(?:most|least|fewest) pollers\b/i, 'maximum, minimum pollers', 'most pollers, least pollers'),
  wording(/\bleast policy\b/i, 'least-privilege policy', 'print the least policy'),
  wording(/\bbilled by the hour\b/i, 'billed per hour', 'billed by the hour'),
  wording(/\bunder the default key\b/i, 'encrypted with the AWS managed key', 'it is under the default key'),
  wording(/\bunder a (?:customer|key)\b/i, 'encrypted with a …', 'a secret under a customer managed key'),
  wording(/\bnor is any other\b/i, 'no secret is associated', 'not associated, nor is any other'),
  wording(/\bwhich Lambda does not look for\b/i, 'Lambda expects “…”', 'it has user, which Lambda does not look for'),
  wording(/\btake .{1,40} out of (?:the )?(?:mapping|statement|poller)/i, 'remove', 'Take X out of the mapping'),
  wording(
    /\bin some (?:minutes|seconds)\b|\blook again\b/i,
    'check again in a few minutes',
    'Look again in some minutes',
  ),
  wording(
    /\bthe text outlives\b|\bno words for\b|\bno word of its own\b/i,
    'Lambda shows the error for …',
    'the text outlives a repair',
  ),
  wording(/\bnot decided\b|\bwould decide\b/i, 'could not check', 'not decided: network.nacl'),
  wording(/\bgoes on (?:where|from)\b/i, 'resumes', 'it goes on where it stopped'),
  wording(/\bnear name\b/i, 'a similar topic', 'a topic of a near name'),
  wording(/\bis no (?:ARN|JSON|text|queue|key|whole|user|consumer)\b/i, 'is not a …', 'it is no ARN of a secret'),
  wording(
    /\b(?:asks|asked) (?:no|a) right\b|\brights? (?:of|on|in|inside) (?:the|its|Kafka)\b/i,
    'permission',
    'a right of the role',
  ),
  wording(/\bis not Lambda’s to use\b/i, 'Lambda cannot assume the role', 'the role is not Lambda’s to use'),
  wording(/\b(?:picks|picked|pick) (?:it|TLS|IAM|when|only)\b/i, 'uses', 'picked when the mapping names no secret'),
  wording(
    /\bmakes? (?:the )?(?:pollers’ )?(?:network )?interfaces\b/i,
    'create',
    'may not make the network interfaces',
  ),
  wording(/\bdoes not fit\b/i, 'does not match', 'the authentication does not fit the cluster'),
  wording(/\bwhoever\b/i, 'the caller', 'the credentials of whoever made the call'),
  wording(/\bits member \w/i, 'the field “…”', 'its member username is empty'),
];

/** Terms as AWS does not spell them. */
export const misspeltTerms: readonly Wording[] = [
  wording(
    /\bcustomer-managed key|\bAWS-managed key/i,
    'customer managed key, AWS managed key',
    'a customer-managed key',
  ),
  wording(
    /\bpermission boundary|\bpermissions-boundary (?:of|does|is)/i,
    'permissions boundary',
    'the permission boundary',
  ),
  wording(/\bNat [Gg]ateway/, 'NAT gateway', 'a Nat gateway'),
  wording(/\bnetwork acl\b|\bNetwork acl\b/, 'network ACL', 'the network acl'),
  wording(/\b(?:a|the|no|each|its) vpc endpoints?\b|\bVPC Endpoints?\b/, 'VPC endpoint', 'a vpc endpoint is missing'),
  wording(/\bSecret Manager\b|\bSecrets manager\b/, 'Secrets Manager', 'Secrets manager has no secret'),
  wording(/\bSecurity Groups?\b/, 'security group', 'the Security Group'),
  wording(/\bevent-source mapping|\bEvent Source Mapping/, 'event source mapping', 'an event-source mapping'),
  wording(/\bCloudwatch\b|\bCloud Watch\b/, 'CloudWatch', 'Cloudwatch has no datapoint'),
  wording(/\bCloudformation\b|\bCloud Formation\b/, 'CloudFormation', 'a Cloudformation template'),
  wording(/\bPrivatelink\b|\bPrivate Link\b/, 'PrivateLink', 'a Privatelink endpoint'),
  wording(/\bDynamodb\b|\bDynamo DB\b/, 'DynamoDB', 'a Dynamo DB stream'),
  wording(/\bIam (?:role|policy|user)\b/, 'IAM', 'the Iam role'),
  wording(
    /\bprovisioned-mode\b|\bon demand mode\b/i,
    'provisioned mode, on-demand mode',
    'the provisioned-mode mapping',
  ),
];

/** The string literals of a source, as a user may read them: code and comments are none. */
export function literalsOf(file: URL): string[] {
  const found: string[] = [];
  new Visitor({
    Literal: (node) => {
      if (typeof node.value === 'string') found.push(node.value);
    },
    TemplateLiteral: ({ quasis }) => void found.push(quasis.map(({ value }) => value.cooked ?? value.raw).join('…')),
  }).visit(parseSync(file.pathname, readFileSync(file, 'utf8')).program);
  return found.filter((text) => text.includes(' '));
}

/** Files of a folder by their ending, as paths from it. */
export const filesIn = (folder: URL, ending: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .toSorted();
