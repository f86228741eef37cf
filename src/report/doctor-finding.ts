/** One finding for people: title, evidence, fixes. */
import type { Finding } from '../checks/run.js';
import { noNames, type ResourceNames } from '../snapshot/resource-names.js';
import { wrap } from '../text/wrap.js';
import { evidenceLines } from './evidence-lines.js';
import { fixLines, type FixStyle } from './fix-lines.js';
import { Mentions } from './resource-mentions.js';

export interface FindingStyle extends FixStyle {
  names?: ResourceNames;
}

/** A failure or a warning with its evidence and its first fix, or with all fixes. */
export function renderFinding(finding: Finding, style: FindingStyle, fixes: 'first' | 'all' = 'first'): string {
  const { colour, columns, names = noNames } = style;
  const mentions = new Mentions(names);
  return [
    wrap(`- ${mentions.title(finding.title)} ${colour.dim(`(${finding.check})`)}`, { columns, hang: 2 }),
    ...evidenceLines(finding, mentions, { columns, indent: 2 }),
    ...(fixes === 'all' ? finding.fixes : finding.fixes.slice(0, 1)).flatMap((fix, index) =>
      fixLines(fix, index, mentions, style),
    ),
  ].join('\n');
}
