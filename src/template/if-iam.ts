/**
 * A cluster outside the input may use any authentication. A role with permissions for kafka-cluster shows that its author
 * means IAM access control: then an action that nothing allows is a warning.
 */
import type { CheckId } from '../catalogue/check-ids.js';
import { matchAction } from '../access/statement.js';
import { parseDocument, type Statement } from '../access/policy-document.js';
import type { Finding } from '../checks/run.js';
import { isOk, type Read } from '../snapshot/read.js';
import { hasSymbol } from '../snapshot/symbols.js';
import type { Deployment } from './deploy/deploy.js';
import type { PlannedMapping } from './deploy/lambda.js';
import { roleOf } from './role-policies.js';
import type { TemplateResource } from './resource.js';

/** The actions that the pollers need inside Kafka, by check (MSK developer guide: common use cases for authorization). */
const needed: Partial<Record<CheckId, readonly string[]>> = {
  'access.kafka-connect': ['kafka-cluster:Connect'],
  'access.kafka-topic': ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'],
  'access.kafka-group': ['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'],
};

/** Replaces undecided findings about permissions inside Kafka by warnings where they are certain to fail with IAM. */
export function assumingIam(findings: readonly Finding[], planned: PlannedMapping, deployment: Deployment): Finding[] {
  const { mapping, resource } = planned;
  const cluster = deployment.snapshot.clusters[mapping.EventSourceArn ?? ''];
  const role = roleOf(resource, deployment);
  if (role === undefined || (cluster !== undefined && isOk(cluster)) || mapping.SourceAccessConfigurations.length > 0)
    return [...findings];
  const statements = allowing(role, deployment);
  if (statements === null || !statements.some(speaksOfKafka)) return [...findings];
  return findings.map((finding) => {
    const missing = (needed[finding.check] ?? []).filter(
      (action) => !statements.some((statement) => matchAction(statement.action, action).is !== 'no'),
    );
    return finding.status !== 'unknown' || missing.length === 0
      ? finding
      : {
          ...finding,
          status: 'warn',
          severity: 'warning',
          title: `If the cluster uses IAM access control, the execution role ${role.address} lacks ${missing.join(' and ')}`,
          evidence: [
            {
              resource: role.id,
              fact: 'its policies allow other kafka-cluster actions; the cluster is outside the template',
            },
          ],
          fixes: [{ title: `Allow ${missing.join(' and ')}.`, safety: 'by-hand', changes: [] }],
        };
  });
}

const speaksOfKafka = ({ action }: Statement): boolean =>
  action.listed && action.values.some((value) => /^kafka-cluster:/i.test(value));

/** The statements that allow something; null where a policy is not known. */
function allowing({ arn }: TemplateResource, { snapshot }: Deployment): Statement[] | null {
  const [names, attached] = [snapshot.inlinePolicyNames[arn!], snapshot.attachedPolicies[arn!]];
  if (names?.outcome !== 'ok' || attached?.outcome !== 'ok') return null;
  const documents = [
    ...names.value.map((name) => snapshot.inlinePolicies[`${arn!}#${name}`]),
    ...attached.value.map(({ PolicyArn: policy }) => snapshot.managedPolicies[policy ?? '']),
  ];
  const statements: Statement[] = [];
  for (const read of documents as (Read<string> | undefined)[]) {
    if (read?.outcome !== 'ok') return null;
    const parsed = parseDocument(read.value);
    if ('unparsable' in parsed) return null;
    for (const statement of parsed.statements) {
      if (statement.effect === 'unreadable' || statement.action.values.some(hasSymbol)) return null;
      if (statement.effect === 'allow') statements.push(statement);
    }
  }
  return statements;
}
