/** Judges the mappings of templates as they will be, with the checks of `doctor`. */
import type { AnyCheck } from '../checks/define.js';
import type { Finding } from '../checks/run.js';
import type { CheckId } from '../catalogue/check-ids.js';
import { findingsAmong } from '../diagnosis/diagnose.js';
import { rankCauses } from '../diagnosis/rank.js';
import type { Deployment } from './deploy/deploy.js';
import type { PlannedMapping } from './deploy/lambda.js';
import { untilDeployment } from './deploy/unknown.js';
import type { LintFinding, LintMapping } from './lint-result.js';
import type { Locate } from './locate-finding.js';

/** Checks about what exists only after a deployment: states, past records, topics that clients create, secret values. */
const afterDeployment: ReadonlySet<CheckId> = new Set<CheckId>([
  'mapping.state',
  'cluster.state',
  'cluster.topic',
  'cluster.acl',
  'cluster.health',
  'cluster.broker',
  'function.state',
  'function.errors',
  'lag.traffic',
  'lag.trend',
  'lag.consumers',
  'records.dropped',
  'records.filtered',
  'records.polling',
  'records.undelivered',
  'secret.scram',
  'secret.certificate',
  'secret.private-key',
  'secret.size',
  'network.subnet-capacity',
  'mapping.conflict',
  'mapping.poller-group',
]);

/** Says that a check is decided only by the deployment. */
const skipped = (finding: Finding): Finding => ({
  ...finding,
  status: 'skip',
  title: `Known after deployment`,
  evidence: [{ resource: finding.check, fact: untilDeployment }],
  fixes: [],
  missingActions: [],
});

/** The findings about each mapping, in the order of the templates. `more`: findings of the checks on templates. */
export function judgeMappings(
  deployment: Deployment,
  checks: readonly AnyCheck[],
  locate: Locate,
  more: (mapping: PlannedMapping) => LintFinding[],
): LintMapping[] {
  const findingsOf = findingsAmong(deployment.snapshot, checks);
  return deployment.mappings.map((planned) => {
    const judged = findingsOf(planned.mapping).map((finding) =>
      afterDeployment.has(finding.check) && finding.status !== 'fail' && finding.status !== 'pass'
        ? skipped(finding)
        : finding,
    );
    const findings = [...judged.map((finding) => locate(finding, planned)), ...more(planned)];
    return {
      address: planned.resource.address,
      functionAddress: deployment.find(planned.mapping.FunctionArn)?.address ?? null,
      sourceAddress: deployment.find(planned.mapping.EventSourceArn)?.address ?? null,
      location: planned.resource.locate([]),
      topic: planned.mapping.Topics[0] ?? null,
      verdict: verdictOf(findings),
      causes: rankCauses(findings, { clues: [], disabledByUser: false, showsNoError: true }),
      findings,
    };
  });
}

/** A note is no warning. What no template can decide was skipped, so every unknown counts. */
export function verdictOf(findings: readonly Finding[]): LintMapping['verdict'] {
  const has = (status: Finding['status']) =>
    findings.some((finding) => finding.status === status && (status !== 'warn' || finding.severity !== 'info'));
  return has('fail') ? 'broken' : has('warn') ? 'at-risk' : has('unknown') ? 'unknown' : 'healthy';
}
