/** The checks that judge templates themselves, by id. The others are judged where files and suppressions are read. */
import { templateChecks, type TemplateCheckId } from '../../catalogue/template-checks.js';
import type { LintFinding } from '../lint-result.js';
import type { Location } from '../location.js';
import { judgeOrder } from './creation-order.js';
import { judgeOpenRules } from './open-to-world.js';
import { judgePolicyDocuments } from './policy-document.js';
import { judgeRefusals } from './refused.js';
import { judgeReplacement } from './replacement.js';
import type { JudgeTemplate, TemplateFault } from './template-check.js';
import { judgeActions } from './void-action.js';

export const templateJudges: readonly (readonly [TemplateCheckId, JudgeTemplate])[] = [
  ['template.policy-document', judgePolicyDocuments],
  ['template.void-action', judgeActions],
  ['template.refused', judgeRefusals],
  ['template.creation-order', judgeOrder],
  ['template.replacement', judgeReplacement],
  ['template.open-to-world', judgeOpenRules],
];

const known = new Map(templateChecks.map((check) => [check.id, check]));

/** A fault as a finding. */
export function templateFinding({ check, fix, ...fault }: TemplateFault): LintFinding {
  const { severity, stage } = known.get(check)!;
  return {
    ...fault,
    check,
    severity,
    stage,
    fixes: [{ title: fix, safety: 'by-hand', changes: [] }],
    missingActions: [],
    repair: [],
  };
}

/** The finding of a check that found no fault. */
export function passedFinding(check: TemplateCheckId, location: Location): LintFinding {
  const { severity, stage, title } = known.get(check)!;
  return {
    check,
    status: 'pass',
    severity,
    stage,
    title,
    evidence: [],
    fixes: [],
    missingActions: [],
    location,
    related: [],
    repair: [],
  };
}
