/** Undecided findings in the words of templates: nothing was read, so no read failed. */
import { readEvidence, unreadData, type Finding } from '../checks/run.js';
import { notInSnapshot, type ReadFailure } from '../snapshot/read.js';
import { enumerate } from '../text/enumerate.js';
import type { Deployment } from './deploy/deploy.js';
import { untilDeployment } from './deploy/unknown.js';

/** What a read is about, by its operation, or else by its service. */
const nouns: Readonly<Record<string, string>> = {
  'ec2:DescribeSubnets': 'subnet',
  'glue:GetRegistry': 'schema registry',
  'iam:GetPolicyVersion': 'policy',
  'kafka:DescribeVpcConnection': 'VPC connection',
  ec2: 'VPC',
  iam: 'execution role',
  kafka: 'cluster',
  kms: 'KMS key',
  lambda: 'function',
  route53: 'hosted zone',
  s3: 'bucket',
  secretsmanager: 'secret',
  sns: 'SNS topic',
  sqs: 'queue',
};

const nounOf = ({ service, operation }: ReadFailure): string =>
  nouns[`${service}:${operation}`] ?? nouns[service] ?? 'resource';

/**
 * The finding with the reason why its data is missing: the resource is outside the templates, or a value of it is known
 * only after the deployment. `standing`: the account was read too, so a resource outside the templates is missing in it.
 */
export function explainUndecided(
  finding: Finding,
  deployment: Pick<Deployment, 'find'>,
  { standing }: { standing: boolean },
): Finding {
  if (finding.status !== 'unknown') return finding;
  const unread = finding.unread ?? [];
  const outside = unread.filter(
    ({ error, resource }) => error === notInSnapshot && !standing && deployment.find(resource) === undefined,
  );
  const facts = new Map(
    unread.flatMap((failure) => {
      const fact = outside.includes(failure)
        ? `the ${nounOf(failure)} is outside the template`
        : failure.error === untilDeployment || (failure.error === notInSnapshot && !standing)
          ? 'it has values that are known only after the deployment'
          : null;
      const { resource, fact: written } = readEvidence(failure);
      return fact === null ? [] : [[`${resource} ${written}`, fact] as const];
    }),
  );
  return {
    ...finding,
    title:
      facts.size === 0
        ? finding.title
        : finding.title.replace(unreadData, reasonOf(outside, outside.length === facts.size)),
    evidence: distinct(
      finding.evidence.map((item) => ({ ...item, fact: facts.get(`${item.resource} ${item.fact}`) ?? item.fact })),
    ),
  };
}

/** `isAll`: nothing else is missing. */
function reasonOf(outside: readonly ReadFailure[], isAll: boolean): string {
  const later = 'known only after the deployment';
  if (outside.length === 0) return `values that it needs are ${later}`;
  const missing = [...new Set(outside.map((failure) => `the ${nounOf(failure)}`))];
  return `${enumerate(missing)} ${missing.length === 1 ? 'is' : 'are'} outside the template${isAll ? '' : `, and other values are ${later}`}`;
}

/** Several reads of one resource have the same reason. */
const distinct = (evidence: Finding['evidence']): Finding['evidence'] => [
  ...new Map(evidence.map((item) => [`${item.resource} ${item.fact}`, item])).values(),
];
