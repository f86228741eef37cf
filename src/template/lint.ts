/** `lint`: from the text of templates to findings with places. */
import { checks as allChecks } from '../checks/index.js';
import { templateCheckIds, type TemplateCheckId } from '../catalogue/template-checks.js';
import type { AnyCheck } from '../checks/define.js';
import { matchesCheck, type ProjectSuppression } from '../config/suppression.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { readCloudFormation, type TemplateSource } from './cloudformation/read-templates.js';
import { templateFinding } from './checks/index.js';
import type { TemplateFault } from './checks/template-check.js';
import type { Scope } from './cloudformation/identities.js';
import { deploy } from './deploy/deploy.js';
import type { TagsByMapping } from './existing-mapping.js';
import { judgeMappings } from './judge.js';
import type { LintFinding, LintResult } from './lint-result.js';
import { locatorOf } from './locate-finding.js';
import { TemplateError, type DuplicateKey, type Json, type ReadTemplates, type UnreadPart } from './resource.js';
import { expandSam, isSam } from './sam/expand.js';
import { rewriteService } from './serverless/rewrite.js';
import { scopeOf } from './scope.js';
import { fromProject, Suppressions, suppressionsOf } from './suppressions.js';
import { readTerraform, type TerraformPlan } from './terraform/read-terraform.js';
import { inWords, wordsFor } from './words.js';

export interface LintRequest {
  sources: readonly TemplateSource[];
  parameters: Readonly<Record<string, Json>>;
  region: string | undefined;
  account: string | undefined;
  /** A plan of Terraform for the configuration in `folder`. */
  plan?: TerraformPlan | null;
  /** Paths of sources with variables of Terraform that the user names. */
  variableFiles?: readonly string[];
  /** The account as it is; null where only the templates are known. */
  standing: Snapshot | null;
  /** Tags of the account’s mappings, where they were read. */
  tags?: TagsByMapping;
  readBeside(path: string): string | null;
  checks?: readonly AnyCheck[];
  /** All if absent. */
  templateChecks?: readonly TemplateCheckId[];
  /** Findings that the project accepts, with the file that says so. */
  accepted?: { suppress: readonly ProjectSuppression[]; file: string } | undefined;
  tool: Snapshot['tool'];
  now: Date;
}

/** The resources of all inputs, and where they are deployed. */
export interface LintTemplates {
  templates: ReadTemplates;
  scope: Scope;
}

type ReadRequest = Pick<
  LintRequest,
  'sources' | 'parameters' | 'region' | 'account' | 'standing' | 'plan' | 'variableFiles' | 'readBeside'
>;

/** Throws `TemplateError` for a file that cannot be read in its format. */
export function readForLint(request: ReadRequest): LintTemplates {
  try {
    return readAll(request);
  } catch (error) {
    // The stack of calls is deeper than any template of people needs.
    if (!(error instanceof RangeError)) throw error;
    const file = request.sources[0]?.path ?? request.plan?.path ?? '-';
    throw new TemplateError(
      'it is nested too deeply, or describes too much',
      { file, line: 1, column: 1, path: '' },
      { cause: error },
    );
  }
}

function readAll({ sources, parameters, region, account, standing, ...request }: ReadRequest): LintTemplates {
  const texts = [...sources.map(({ text }) => text), ...(request.plan == null ? [] : [request.plan.text])];
  const scope = scopeOf([...texts, JSON.stringify(parameters)], {
    region: region ?? standing?.region,
    account: account ?? standing?.account ?? undefined,
  });
  const templates = joined(
    readCloudFormation(
      sources.filter(({ format }) => format !== 'terraform'),
      {
        scope,
        parameters,
        readBeside: request.readBeside,
        rewrite: (source, document, note) =>
          rewriteService(source, document, note, { scope, parameters, readBeside: request.readBeside }),
        transform: (template, resources) => (isSam(template) ? expandSam(template, resources) : resources),
      },
    ),
    readTerraform(
      sources.filter(({ format }) => format === 'terraform'),
      {
        scope,
        parameters,
        readBeside: request.readBeside,
        plan: request.plan ?? null,
        variableFiles: request.variableFiles ?? [],
      },
    ),
  );
  return { templates, scope };
}

/** Throws `TemplateError`. `read`: the inputs, where they are read already. */
export function lint(request: LintRequest, read: LintTemplates = readForLint(request)): LintResult {
  const { templates, scope } = read;
  const { sources, standing, checks = allChecks, templateChecks = templateCheckIds } = request;
  const deployment = deploy(templates, scope, request);
  const words = wordsFor(templates);
  const textOf = new Map(sources.map(({ path, text }) => [path, text]));
  const suppressions = new Suppressions(
    [
      ...suppressionsOf(templates, (file) => textOf.get(file)),
      ...fromProject(request.accepted?.suppress ?? [], request.accepted?.file ?? ''),
    ],
    templates.resources,
    request.now,
  );
  const chosen = new Set(templateChecks);
  const mappings = judgeMappings(deployment, {
    checks,
    templateChecks: chosen,
    standing,
    locate: locatorOf(deployment),
    unsuppressed: (findings, mapping) => suppressions.without(findings, mapping),
  });
  const syntax = chosen.has('template.syntax')
    ? suppressions.without(
        [...(templates.duplicates ?? []).map(duplicateFinding), ...unreadFindings(templates.unread ?? [])],
        null,
      )
    : [];
  const ran = (pattern: string) =>
    [...checks.map(({ id }) => id), ...chosen].some((id) => matchesCheck(pattern, id)) ||
    // A check that no program has is never run.
    ![...allChecks.map(({ id }) => id), ...templateCheckIds].some((id) => matchesCheck(pattern, id));
  const unused = chosen.has('template.suppression') ? suppressions.faults(ran).map(suppressionFinding) : [];
  return {
    files: templates.files,
    mappings: inWords(mappings, words),
    findings: inWords([...syntax, ...unused], words),
    suppressed: inWords(suppressions.suppressed, words),
  };
}

const duplicateFinding = ({ key, first, second }: DuplicateKey): LintFinding =>
  templateFinding({
    check: 'template.syntax',
    status: 'fail',
    title: `The key “${key}” is written twice, in lines ${first.line} and ${second.line}; only the second counts`,
    evidence: [],
    location: second,
    related: [first],
    fix: 'Remove one of them.',
  });

/** One for all parts that were not read. */
function unreadFindings(parts: readonly UnreadPart[]): LintFinding[] {
  const [first, ...others] = parts;
  if (first === undefined) return [];
  const isService = ({ address }: UnreadPart) => !address.includes('module.');
  const isLocal = ({ source }: UnreadPart) => /^\.\.?(?:\/|$)/.test(source ?? '');
  const names = parts.map(({ address, source }) => (source === null ? address : `${address} (${source})`));
  const modules = parts.filter((part) => !isService(part));
  return [
    {
      ...templateFinding({
        check: 'template.syntax',
        status: 'warn',
        title: `Not read: ${names.join(', ')}. Its resources and values are unknown`,
        evidence: [],
        location: first.location,
        related: others.map(({ location }) => location),
        fix: [
          ...(modules.some(isLocal) ? ['Name a folder that contains the configuration and its modules.'] : []),
          ...(modules.every(isLocal) ? [] : ['Run terraform init first, or pass a plan with --plan.']),
          ...(parts.some(isService) ? ['Run serverless package, and name the folder .serverless.'] : []),
        ].join(' '),
      }),
      status: 'unknown',
    },
  ];
}

const suppressionFinding = (fault: Pick<TemplateFault, 'title' | 'location' | 'fix'>): LintFinding =>
  templateFinding({ ...fault, check: 'template.suppression', status: 'warn', evidence: [], related: [] });

const joined = (...read: readonly ReadTemplates[]): ReadTemplates => ({
  files: read.flatMap(({ files }) => files),
  resources: read.flatMap(({ resources }) => resources),
  comments: read.flatMap(({ comments }) => comments),
  duplicates: read.flatMap(({ duplicates = [] }) => duplicates),
  unread: read.flatMap(({ unread = [] }) => unread),
  symbols: new Map(read.flatMap(({ symbols }) => [...symbols])),
  parameters: read.flatMap(({ parameters = [] }) => parameters),
});
