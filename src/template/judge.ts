/** Judges the mappings of templates as they will be, with the checks of `doctor`. */
import { checksOfThePast } from '../checks/checks-of-the-past.js';
import type { AnyCheck } from '../checks/define.js';
import type { Finding } from '../checks/run.js';
import type { CheckId } from '../catalogue/check-ids.js';
import type { TemplateCheckId } from '../catalogue/template-checks.js';
import { findingsAmong } from '../diagnosis/diagnose.js';
import { checksForSelfManaged } from '../diagnosis/self-managed.js';
import { rankCauses } from '../diagnosis/rank.js';
import type { Mapping } from '../snapshot/resources/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { passedFinding, templateFinding, templateJudges } from './checks/index.js';
import type { PlannedMapping } from './deploy/lambda.js';
import type { Deployment } from './deploy/deploy.js';
import { untilDeployment } from './deploy/unknown.js';
import { assumingIam } from './if-iam.js';
import type { LintFinding, LintMapping } from './lint-result.js';
import type { Locate } from './locate-finding.js';
import { explainUndecided } from './outside-template.js';
import type { TemplateResource } from './resource.js';
import { withSharedGroup } from './shared-group.js';

/** Checks about what exists only after a deployment: states, past records, topics that clients create, secret values. */
const afterDeployment: ReadonlySet<CheckId> = new Set<CheckId>([
  ...checksOfThePast,
  'cluster.state',
  'cluster.topic',
  'cluster.health',
  'cluster.broker',
  'function.state',
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

/** What the judgement of mappings needs beyond the deployment. */
export interface JudgeOptions {
  checks: readonly AnyCheck[];
  /** Ids of the checks on templates that are chosen. */
  templateChecks: ReadonlySet<TemplateCheckId>;
  standing: Snapshot | null;
  locate: Locate;
  /** The findings that the templates' authors do not suppress. */
  unsuppressed(findings: readonly LintFinding[], mapping: TemplateResource): LintFinding[];
}

/** The findings about each mapping, in the order of the templates. */
export function judgeMappings(
  deployment: Deployment,
  { checks, templateChecks, standing, locate, unsuppressed }: JudgeOptions,
): LintMapping[] {
  const findingsOf = findingsAmong(deployment.snapshot, checks);
  const { allowing } = deployment;
  const allowingOf = allowing === null ? null : findingsAmong(allowing.snapshot, checks);
  const findingsToday = standing === null ? null : findingsAmong(standing, checks);
  return deployment.mappings.map((planned, index) => {
    const { resource, mapping } = planned;
    const ofTemplate = templateJudges
      .filter(([id]) => templateChecks.has(id))
      .flatMap(([id, judge]) => {
        const faults = judge(planned, { deployment, standing });
        return faults.length === 0 ? [passedFinding(id, resource.locate([]))] : faults.map(templateFinding);
      });
    const isRefused = ofTemplate.some(({ check, status }) => check === 'template.refused' && status === 'fail');
    // On self-managed Kafka, only some checks are valid.
    const valid =
      mapping.EventSourceArn === undefined ? new Set(checksForSelfManaged(mapping, checks).map(({ id }) => id)) : null;
    const ofAccount = assumingIam(
      decided(findingsOf(mapping), allowing === null ? undefined : allowingOf?.(allowing.mappings[index]!.mapping))
        .map((finding) => withSharedGroup(finding, planned, deployment))
        .map((finding) => explainUndecided(finding, deployment, { standing: standing !== null })),
      planned,
      deployment,
    )
      .map((finding) =>
        isDecidedByDeployment(finding) || (isRefused && isRetryWarning(finding)) ? skipped(finding) : finding,
      )
      .filter(({ check }) => valid?.has(check) !== false)
      .map((finding) => locate(finding, planned))
      .map(withAddress(planned))
      .map(whatGetsWorse(planned, deployment, findingsToday));
    const findings = unsuppressed([...ofAccount, ...ofTemplate], resource);
    return {
      address: resource.address,
      functionAddress: deployment.find(mapping.FunctionArn)?.address ?? null,
      sourceAddress: deployment.find(mapping.EventSourceArn)?.address ?? null,
      location: resource.locate([]),
      topic: mapping.Topics[0] ?? null,
      isSelfManaged: valid !== null && mapping.SelfManagedEventSource !== undefined,
      verdict: verdictOf(findings),
      causes: causesOf(findings),
      findings,
    };
  });
}

/** The mapping has its name in the template, also where it exists and has a UUID. */
const withAddress =
  ({ resource, mapping }: PlannedMapping) =>
  (finding: LintFinding): LintFinding => ({
    ...finding,
    evidence: finding.evidence.map((item) =>
      item.resource === mapping.UUID ? { ...item, resource: resource.address } : item,
    ),
  });

/** Says so where a check that fails passes today, for a mapping that exists. */
function whatGetsWorse(
  planned: PlannedMapping,
  deployment: Deployment,
  findingsToday: ((mapping: Mapping) => Finding[]) | null,
): (finding: LintFinding) => LintFinding {
  const existing = deployment.existing(planned)?.mapping;
  let passing: ReadonlySet<string> | null = null;
  return (finding) => {
    if (finding.status !== 'fail' || existing === undefined || findingsToday === null) return finding;
    passing ??= new Set(findingsToday(existing).flatMap(({ check, status }) => (status === 'pass' ? [check] : [])));
    if (!passing.has(finding.check)) return finding;
    const fact = 'passes this check today; the deployment makes it fail';
    return { ...finding, evidence: [...finding.evidence, { resource: existing.UUID, fact }] };
  };
}

/** A mapping that the template disables is as its author wants it. */
const isDecidedByDeployment = ({ check, status }: Finding): boolean =>
  check === 'mapping.state' || (afterDeployment.has(check) && status !== 'fail' && status !== 'pass');

/** Lambda rejects retry limits without provisioned mode, and template.refused says so. */
const isRetryWarning = ({ check, status, title }: Finding): boolean =>
  check === 'mapping.destination' && status === 'warn' && title.startsWith('Retry limits are set');

/** What stops the deployment stops it before the pollers meet anything. */
function causesOf(findings: readonly LintFinding[]): LintMapping['causes'] {
  const isOfAccount = (finding: LintFinding): finding is LintFinding & Finding =>
    !finding.check.startsWith('template.');
  const stopping = findings.filter((finding) => !isOfAccount(finding) && finding.status === 'fail');
  return [
    ...stopping.map(({ check }) => ({ check, confidence: 0.97, because: 'This stops the deployment.' })),
    ...rankCauses(findings.filter(isOfAccount), { clues: [], disabledByUser: false, showsNoError: true }),
  ];
}

/** A fault that is gone where all that is not known allows access is not decided before the deployment. */
function decided(findings: readonly Finding[], allowing: readonly Finding[] | undefined): Finding[] {
  if (allowing === undefined) return [...findings];
  const faults = new Set(allowing.filter(isFault).map(({ check }) => check));
  return findings.map((finding) =>
    isFault(finding) && !faults.has(finding.check)
      ? { ...finding, status: 'unknown', title: `Undecided until deployment: ${finding.title}`, fixes: [] }
      : finding,
  );
}

const isFault = ({ status }: Finding): boolean => status === 'fail' || status === 'warn';

/** A note is no warning. What no template can decide was skipped, so every unknown counts. */
export function verdictOf(findings: readonly LintFinding[]): LintMapping['verdict'] {
  const has = (status: LintFinding['status']) =>
    findings.some((finding) => finding.status === status && (status !== 'warn' || finding.severity !== 'info'));
  return has('fail') ? 'broken' : has('warn') ? 'at-risk' : has('unknown') ? 'unknown' : 'healthy';
}
