/** Annotations of GitHub Actions: one workflow command for each failure and warning, and one for the undecided checks of a mapping. */
import { visible } from '../../text/visible.js';
import { pathBelowRoot } from './artifact-uri.js';
import { groupedFindings, isUnexplained, isUnread, undecidedChecks, type GroupedFinding } from './grouped-findings.js';
import type { Renderer, ReportStyle } from './report.js';

export const render: Renderer = function* (report, style) {
  for (const sentence of report.trouble) yield command('error', { title: 'msk-lambda' }, visible(sentence));
  for (const mapping of report.mappings.filter((each) => isUnexplained(each) || isUnread(each, report)))
    yield command('error', { title: visible(mapping.name) }, visible(mapping.answer));
  for (const group of groupedFindings(report)) {
    const kind = kindOf(group.finding);
    if (kind !== null) yield command(kind, propertiesOf(group, style), messageOf(group));
  }
  for (const { mapping, checks, reasons } of undecidedChecks(report))
    yield command(
      'notice',
      {
        title: `${visible(mapping.name)}: ${checks.length} ${checks.length === 1 ? 'check' : 'checks'} could not be decided`,
      },
      [checks.join(', '), ...reasons.map((reason) => `- ${visible(reason)}`)].join('\n'),
    );
};

type Kind = 'error' | 'warning' | 'notice';

/** Null for what needs no attention: passed, not applicable, accepted by the user, or only a note. */
function kindOf({ status, severity, suppression, isKnown }: GroupedFinding['finding']): Kind | null {
  if (suppression !== null) return null;
  const kind = status === 'fail' ? 'error' : status === 'warn' && severity !== 'info' ? 'warning' : null;
  return kind !== null && isKnown ? 'notice' : kind;
}

/** `line` and `col` only with `file`: without it, GitHub shows them at no place. */
function propertiesOf({ finding: { check, location, isKnown }, mappings }: GroupedFinding, style: ReportStyle) {
  const file = location === null ? null : pathBelowRoot(location.file, style);
  const names = mappings.map(({ name }) => visible(name)).join(', ');
  return {
    ...(file === null || location === null ? {} : { file: visible(file), line: location.line, col: location.column }),
    title: `${check}${names === '' ? '' : ` (${names})`}${isKnown ? ', known' : ''}`,
  };
}

const messageOf = ({ finding: { title, evidence, fixes } }: GroupedFinding): string =>
  [
    visible(title),
    ...evidence.map(({ resource, fact }) => visible(`- ${resource}: ${fact}`)),
    ...fixes.slice(0, 1).map((fix) => visible(`Fix: ${fix.title}`)),
  ].join('\n');

/** `::error file=a.yaml,line=1,col=2,title=…::message`, with the characters that would end a part escaped. */
function command(kind: Kind, properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${inProperty(String(value))}`);
  return `::${kind} ${list.join(',')}::${inMessage(message)}\n`;
}

const inMessage = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const inProperty = (text: string): string => inMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
