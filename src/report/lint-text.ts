/** The result of `lint` for people, in the form of a compiler's messages. */
import type { ChalkInstance } from 'chalk';
import type { LintFinding, LintMapping, LintResult } from '../template/lint-result.js';
import type { Location } from '../template/location.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';

export interface LintStyle {
  colour: ChalkInstance;
  columns: number;
  verbose: boolean;
}

/** `texts`: the files by path, for excerpts. */
export function renderLint(
  { mappings, findings, suppressed }: LintResult,
  texts: ReadonlyMap<string, string>,
  style: LintStyle,
): string {
  const shown = [
    ...findings.map((finding) => ({ finding, mapping: null })),
    ...mappings.flatMap((mapping) => mapping.findings.map((finding) => ({ finding, mapping }))),
  ].filter(({ finding }) => isShown(finding, style));
  return [
    ...shown.map(({ finding, mapping }) => renderLintFinding(finding, mapping, texts, style)),
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

const isShown = ({ status, severity }: LintFinding, { verbose }: LintStyle): boolean =>
  status === 'fail' || (status === 'warn' && (verbose || severity !== 'info')) || (verbose && status === 'unknown');

const placeOf = ({ file, line, column }: Location): string => `${visible(file)}:${line}:${column}`;

function renderLintFinding(
  { check, status, title, evidence, fixes, location, related }: LintFinding,
  mapping: LintMapping | null,
  texts: ReadonlyMap<string, string>,
  { colour, columns }: LintStyle,
): string {
  const label =
    status === 'fail' ? colour.red('error') : status === 'warn' ? colour.yellow('warning') : colour.dim('unknown');
  const inset = (text: string) => wrap(visible(text), { columns: columns - 3, hang: 2 }).replaceAll(/^/gm, '   ');
  const [fix] = fixes;
  return [
    `${colour.bold(placeOf(location))}  ${label}  ${check}`,
    inset(mapping === null ? title : `${mapping.address}: ${title}`),
    ...excerpt(location, texts, colour),
    ...evidence.map(({ resource, fact }) => inset(`- ${resource}: ${fact}`)),
    ...related.map((other) => inset(`see also ${placeOf(other)}`)),
    ...(fix === undefined ? [] : [inset(`Fix: ${fix.title}`)]),
  ].join('\n');
}

/** The line with two lines before it. */
function excerpt(
  { file, line, column }: Location,
  texts: ReadonlyMap<string, string>,
  colour: ChalkInstance,
): string[] {
  const lines = texts.get(file)?.split('\n');
  if (lines === undefined) return [];
  const width = String(line).length;
  const from = Math.max(1, line - 2);
  return [
    ...lines
      .slice(from - 1, line)
      .map(
        (text, index) =>
          `   ${colour.dim(`${String(from + index).padStart(width)} |`)} ${visible(text.replaceAll('\t', ' ')).slice(0, 160)}`,
      ),
    `   ${colour.dim(`${' '.repeat(width)} |`)} ${' '.repeat(column - 1)}${colour.red('^')}`,
  ];
}

function summary(
  mappings: readonly LintMapping[],
  findings: readonly LintFinding[],
  suppressed: number,
  { colour }: LintStyle,
): string {
  if (mappings.length === 0 && findings.length === 0)
    return 'No event source mapping on Kafka in these templates: nothing to check.';
  const all = [...findings, ...mappings.flatMap((mapping) => mapping.findings)];
  const count = (status: LintFinding['status']) =>
    all.filter((finding) => finding.status === status && (status !== 'warn' || finding.severity !== 'info')).length;
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
  ].join(', ')}`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
