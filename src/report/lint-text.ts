/** The result of `lint` for people, in the form of a compiler's messages. */
import type { ChalkInstance } from 'chalk';
import { textReportedFor } from '../catalogue/reported-as.js';
import type { TemplateCheckId } from '../catalogue/template-checks.js';
import { distinctSuppressed, type LintFinding, type LintMapping, type LintResult } from '../template/lint-result.js';
import type { Location } from '../template/location.js';
import { visible } from '../text/visible.js';
import { excerpt } from './lint-excerpt.js';
import { repairLines, type TemplateSyntax } from './lint-repair.js';
import { wrap } from '../text/wrap.js';

export interface LintStyle {
  colour: ChalkInstance;
  columns: number;
  verbose: boolean;
}

/** `texts`: the files by path, for excerpts. */
export function renderLint(
  { files, mappings, findings, suppressed: all }: LintResult,
  texts: ReadonlyMap<string, string>,
  style: LintStyle,
): string {
  const suppressed = distinctSuppressed({ suppressed: all });
  const syntaxOf = ({ file: path, line }: Location): TemplateSyntax =>
    files.find((file) => file.path === path)?.format === 'terraform'
      ? isInObject(texts.get(path), line)
        ? 'hcl-object'
        : 'hcl'
      : /^\s*\{/.test(texts.get(path)?.slice(0, 100) ?? '')
        ? 'json'
        : 'yaml';
  return [
    ...grouped(
      [
        ...findings.map((finding) => ({ finding, mapping: null })),
        ...mappings.flatMap((mapping) => mapping.findings.map((finding) => ({ finding, mapping }))),
        // A file that was not read is shown always.
      ].filter(({ finding, mapping }) => isShown(finding, style) || (mapping === null && finding.status === 'unknown')),
    ).map((shown) => renderLintFinding(shown, { texts, syntaxOf }, style)),
    ...(suppressed.length === 0 || !style.verbose
      ? []
      : [
          suppressed
            .map(
              ({ check, location, reason, until }) =>
                `${placeOf(location)}  suppressed  ${check}: ${visible(reason)} (until ${until})`,
            )
            .join('\n'),
        ]),
    summary(mappings, findings, suppressed.length, style),
  ].join('\n\n');
}

/** A finding with the mappings that it concerns. */
interface Shown {
  finding: LintFinding;
  mappings: string[];
  /** The first cause is shown first, then the other failures, the warnings and the rest. */
  rank: number;
}

/** Mappings can share a role or a network: the same finding at the same place is shown once. */
function grouped(list: readonly { finding: LintFinding; mapping: LintMapping | null }[]): Shown[] {
  const shown = new Map<string, Shown>();
  for (const { finding, mapping } of list) {
    const { check, status, title, location, evidence } = finding;
    const text = JSON.stringify([check, status, title, location, evidence]);
    // Instances of one resource differ in their addresses only.
    const key = mapping === null ? text : text.replaceAll(JSON.stringify(mapping.address).slice(1, -1), '');
    const earlier = shown.get(key) ?? { finding, mappings: [], rank: rankOf(finding, mapping) };
    if (mapping !== null) earlier.mappings.push(mapping.address);
    shown.set(key, earlier);
  }
  return [...shown.values()].toSorted((a, b) => a.rank - b.rank);
}

function rankOf({ check, status }: LintFinding, mapping: LintMapping | null): number {
  if (status !== 'fail') return status === 'warn' ? 1000 : 1001;
  const cause = mapping?.causes.findIndex((each) => each.check === check) ?? 0;
  return cause < 0 ? 999 : cause;
}

/** Whether the line is in the object of `jsonencode`, where members of a policy have capitals. */
const isInObject = (text: string | undefined, line: number): boolean =>
  /^\s*"?(?:Action|Resource|Effect|Statement)\b/.test(text?.split('\n', line)[line - 1] ?? '');

const isShown = ({ status, severity }: LintFinding, { verbose }: LintStyle): boolean =>
  status === 'fail' || (status === 'warn' && (verbose || severity !== 'info')) || (verbose && status === 'unknown');

const placeOf = ({ file, line, column }: Location): string => `${visible(file)}:${line}:${column}`;

function renderLintFinding(
  { finding: { check, status, title, evidence, fixes, location, related, repair, kind }, mappings }: Shown,
  { texts, syntaxOf }: { texts: ReadonlyMap<string, string>; syntaxOf(location: Location): TemplateSyntax },
  { colour, columns }: LintStyle,
): string {
  const label =
    status === 'fail' ? colour.red('error') : status === 'warn' ? colour.yellow('warning') : colour.dim('unknown');
  const inset = (text: string) => wrap(visible(text), { columns: columns - 3, hang: 2 }).replaceAll(/^/gm, '   ');
  const [fix] = fixes;
  const isNamed = mappings.some((address) => title.includes(address));
  const others = mappings.filter((address) => !title.includes(address));
  const heading = isNamed
    ? `${title}${others.length === 0 ? '' : ` (the same: ${others.join(', ')})`}`
    : `${mappings.length === 0 ? '' : `${mappings.join(', ')}: `}${title}`;
  // CreateEventSourceMapping rejects types that MSK does not support, so no mapping shows a text.
  const isRejected = check === 'mapping.source-access' && kind === undefined;
  const reported = status === 'fail' && !isOfTemplate(check) && !isRejected ? textReportedFor(check) : null;
  return [
    `${colour.bold(placeOf(location))}  ${label}  ${check}`,
    inset(heading),
    ...excerpt(location, texts.get(location.file), colour),
    ...evidence.map(({ resource, fact }) => inset(`- ${resource}: ${fact}`)),
    ...related.map((other) => inset(`see also ${placeOf(other)}`)),
    ...(fix === undefined ? [] : [inset(`Fix: ${fix.title}${repair.length > 0 ? ':' : ''}`)]),
    ...repairLines(repair, syntaxOf(location)).map((line) => `     ${visible(line)}`),
    ...(reported === null ? [] : [inset(`Lambda would report: ${reported}`)]),
  ].join('\n');
}

const isOfTemplate = (check: LintFinding['check']): check is TemplateCheckId => check.startsWith('template.');

function summary(
  mappings: readonly LintMapping[],
  findings: readonly LintFinding[],
  suppressed: number,
  { colour }: LintStyle,
): string {
  if (mappings.length === 0 && findings.every(({ status }) => status === 'unknown'))
    return findings.length === 0
      ? 'No event source mapping on Kafka in these templates: nothing to check.'
      : 'The templates contain no event source mapping with a Kafka source.';
  const all = [...findings, ...mappings.flatMap((mapping) => mapping.findings)];
  const count = (status: LintFinding['status']) =>
    all.filter((finding) => finding.status === status && (status !== 'warn' || finding.severity !== 'info')).length;
  const selfManaged = mappings.filter(({ isSelfManaged }) => isSelfManaged).length;
  const [errors, warnings, unknown] = [count('fail'), count('warn'), count('unknown')];
  const symbol =
    errors > 0
      ? colour.red('✗')
      : warnings > 0
        ? colour.yellow('!')
        : unknown > 0
          ? colour.yellow('?')
          : colour.green('✓');
  return `${symbol} ${[
    counted(mappings.length, 'mapping'),
    counted(errors, 'error'),
    counted(warnings, 'warning'),
    ...(unknown > 0 ? [`${unknown} not decidable from the input`] : []),
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    ...(selfManaged > 0 ? [`${selfManaged} on self-managed Kafka (only function and settings checked)`] : []),
  ].join(', ')}`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
