/** `lint`: from the text of templates to findings with places. */
import { checks as allChecks } from '../checks/index.js';
import type { AnyCheck } from '../checks/define.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { readCloudFormation, type TemplateSource } from './cloudformation/read-templates.js';
import { deploy } from './deploy/deploy.js';
import { judgeMappings } from './judge.js';
import type { LintResult } from './lint-result.js';
import { locatorOf } from './locate-finding.js';
import type { Json } from './resource.js';
import { expandSam, isSam } from './sam/expand.js';
import { scopeOf } from './scope.js';
import { inWords, wordsFor } from './words.js';

export interface LintRequest {
  sources: readonly TemplateSource[];
  parameters: Readonly<Record<string, Json>>;
  region: string | undefined;
  account: string | undefined;
  /** The account as it is; null where only the templates are known. */
  standing: Snapshot | null;
  readBeside(path: string): string | null;
  checks?: readonly AnyCheck[];
  tool: Snapshot['tool'];
  now: Date;
}

/** Throws `TemplateError` for a file that cannot be read in its format. */
export function lint({
  sources,
  parameters,
  region,
  account,
  standing,
  checks = allChecks,
  ...request
}: LintRequest): LintResult {
  const scope = scopeOf(
    sources.map(({ text }) => text),
    { region: region ?? standing?.region, account: account ?? standing?.account ?? undefined },
  );
  const templates = readCloudFormation(sources, {
    scope,
    parameters,
    readBeside: request.readBeside,
    transform: (template, resources) => (isSam(template) ? expandSam(template, resources) : resources),
  });
  const deployment = deploy(templates, scope, { standing, tool: request.tool, now: request.now });
  const words = wordsFor(templates);
  const mappings = judgeMappings(deployment, checks, locatorOf(deployment), () => []);
  return { files: templates.files, mappings: inWords(mappings, words), findings: [], suppressed: [] };
}
