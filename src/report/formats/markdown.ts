/**
 * Markdown for the comment of a pull request, `$GITHUB_STEP_SUMMARY`, a ticket, or with `--short` a chat message: the
 * answer first, then the failures and warnings with evidence and fix.
 */
import type { Verdict } from '../../diagnosis/diagnosis.js';
import { visible } from '../../text/visible.js';
import { safetyLabel } from '../fix-lines.js';
import { groupedFindings, undecidedChecks, type GroupedFinding } from './grouped-findings.js';
import { codeBlock, codeSpan, inMarkdown } from './markdown-text.js';
import type { Renderer, Report, ReportFinding, ReportMapping } from './report.js';

/** GitHub refuses a longer comment. */
const longestComment = 2 ** 16;
const [mostInShort, mostEvidence] = [5, 12];

const signs: Record<Verdict, string> = { broken: '❌', unknown: '❔', disabled: '⏸️', 'at-risk': '⚠️', healthy: '✅' };
const words: Record<Verdict, string> = {
  broken: 'broken',
  unknown: 'unknown',
  disabled: 'disabled',
  'at-risk': 'with warnings',
  healthy: 'healthy',
};
const order = ['broken', 'unknown', 'disabled', 'at-risk', 'healthy'] as const;

export const render: Renderer = (report, { isShort }) =>
  isShort ? `${shortLines(report).join('\n')}\n` : cut(piecesOf(report), report);

function shortLines(report: Report): string[] {
  const isOpen = ({ status, suppression, isKnown }: ReportFinding) =>
    status === 'fail' && suppression === null && !isKnown;
  const all = [
    ...report.trouble.map((sentence) => `❔ ${inMarkdown(sentence)}`),
    ...report.findings.filter(isOpen).map(({ title }) => `❌ ${inMarkdown(title)}`),
    ...report.mappings.filter(({ verdict }) => verdict !== 'healthy').map(lineOf),
  ];
  const more = all.length - mostInShort;
  return [
    ...all.slice(0, mostInShort).map((line) => `- ${line}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
    `${all.length === 0 ? '' : '\n'}${summaryOf(report)}`,
  ];
}

const lineOf = ({ name, verdict, answer }: ReportMapping): string =>
  `${signs[verdict]} **${inBold(name)}**: ${inMarkdown(answer)}`;

/** Names of functions and topics as code inside the bold text. */
const inBold = (name: string): string => name.split(' ← ').map(codeSpan).join(' ← ');

function summaryOf({ mappings, region, command }: Report): string {
  const counts = order.flatMap((verdict) => {
    const count = mappings.filter((mapping) => mapping.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${words[verdict]}`];
  });
  const noun = mappings.length === 1 ? 'mapping' : 'mappings';
  const where = region === null || region === '' ? '' : ` in ${inMarkdown(region)}`;
  return `${codeSpan(`msk-lambda ${command}`)}: ${mappings.length} ${noun}${where}${counts.length === 0 ? '' : ` (${counts.join(', ')})`}`;
}

/** Pieces that are left out whole; each begins with the line breaks before it. */
function* piecesOf(report: Report): Generator<string> {
  yield `### ${summaryOf(report)}`;
  for (const sentence of report.trouble) yield `\n\n❔ ${inMarkdown(sentence)}`;
  const shown = report.mappings.filter(({ verdict }) => verdict !== 'healthy');
  yield* itemsOf(shown.map((mapping) => `${lineOf(mapping)}${reportedOf(mapping)}`));
  const groups = groupedFindings(report);
  const isOpen = ({ finding }: GroupedFinding) => finding.suppression === null && !finding.isKnown;
  for (const group of groups.filter((each) => isOpen(each) && each.finding.status === 'fail'))
    yield details(group, '❌');
  for (const group of groups.filter(
    (each) => isOpen(each) && each.finding.status === 'warn' && each.finding.severity !== 'info',
  ))
    yield details(group, '⚠️');
  const undecided = undecidedChecks(report);
  if (undecided.length > 0) yield '\n\n#### Could not check';
  yield* itemsOf(
    undecided.map(({ mapping, checks, reasons }) =>
      [
        `${inBold(mapping.name)}: ${checks.map(codeSpan).join(', ')}`,
        ...reasons.slice(0, mostEvidence).map(inMarkdown),
      ].join('\n  - '),
    ),
  );
  yield* listOf(
    'Known, in the baseline',
    groups.filter(({ finding }) => finding.isKnown && finding.suppression === null),
  );
  yield* listOf(
    'Suppressed',
    groups.filter(({ finding }) => finding.suppression !== null),
  );
}

const reportedOf = ({ lastProcessingResult, verdict }: ReportMapping): string =>
  lastProcessingResult === null || verdict !== 'broken'
    ? ''
    : `\n  Lambda reports: ${inMarkdown(lastProcessingResult)}`;

/** A list after an empty line. */
function* itemsOf(items: readonly string[]): Generator<string> {
  for (const [index, item] of items.entries()) yield `${index === 0 ? '\n\n' : '\n'}- ${item}`;
}

function details({ finding, mappings }: GroupedFinding, sign: string): string {
  const { check, title, evidence, fixes, location } = finding;
  const facts = evidence.slice(0, mostEvidence).map(({ resource, name, fact }) => {
    const called = name === undefined || name === resource ? '' : `${codeSpan(name)} `;
    return `- ${called}${codeSpan(resource)}: ${inMarkdown(fact)}`;
  });
  const more = evidence.length - facts.length;
  return [
    `\n\n#### ${sign} ${inMarkdown(title)}`,
    [
      codeSpan(check),
      ...(location === null ? [] : [codeSpan(`${visible(location.file)}:${location.line}:${location.column}`)]),
      ...mappings.map(({ name }) => inBold(name)),
    ].join(' · '),
    [...facts, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n'),
    fixes
      .map((fix) => `${fix === fixes[0] ? 'Fix' : 'Or'} (${safetyLabel(fix)}): ${inMarkdown(fix.title)}`)
      .join('  \n'),
    ...fixes.slice(0, 1).flatMap(({ commands = [] }) => (commands.length === 0 ? [] : [codeBlock(commands, 'sh')])),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function* listOf(heading: string, groups: readonly GroupedFinding[]): Generator<string> {
  if (groups.length === 0) return;
  yield `\n\n#### ${heading} (${groups.length})`;
  yield* itemsOf(
    groups.map(({ finding: { check, title, suppression }, mappings }) => {
      const names = mappings.map(({ name }) => inBold(name)).join(', ');
      const because = suppression === null ? '' : ` (${inMarkdown(suppression.reason)}, until ${suppression.until})`;
      return `${codeSpan(check)}${names === '' ? '' : ` ${names}`}: ${inMarkdown(title)}${because}`;
    }),
  );
}

/** As many pieces as a comment may have characters, and a sentence where some are left out. */
function cut(pieces: Iterable<string>, { command }: Report): string {
  const note = `\n\nThe rest is left out, because a comment has at most ${longestComment} characters: ${codeSpan(`msk-lambda ${command} --output json`)} shows everything.`;
  let [text, rest] = ['', ''];
  for (const piece of pieces)
    if (rest === '' && text.length + piece.length + note.length < longestComment) text += piece;
    else rest += piece;
  // What was kept aside may still fit in the space of the note.
  return `${text.length + rest.length < longestComment ? text + rest : text + note}\n`;
}
