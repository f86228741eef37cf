/** One finding for people: title, evidence, fixes as commands to copy. */
import { shell } from '../text/shell.js';
import type { ChalkInstance } from 'chalk';
import type { Finding } from '../checks/run.js';
import { cliWords } from '../fixes/render-cli.js';
import type { Fix } from '../fixes/fix.js';
import { visible } from '../text/visible.js';
import { commandLine } from './command-line.js';
import { wrap } from '../text/wrap.js';

/** Lines for the consequences of a finding. */
export type Following = readonly Finding[];

export interface FindingStyle {
  colour: ChalkInstance;
  columns: number;
  region: string;
  profile?: string | undefined;
}

/** The first cause, in full. */
export function renderCause(finding: Finding, because: string, style: FindingStyle, following: Following = []): string {
  const { colour, columns } = style;
  return [
    colour.bold(wrap(`Cause: ${visible(finding.title)}`, { columns, hang: 7 })),
    ...evidenceLines(finding, style),
    ...(because === ''
      ? []
      : [
          wrap(because.charAt(0).toUpperCase() + because.slice(1) + (because.endsWith('.') ? '' : '.'), {
            columns,
            indent: 2,
            hang: 0,
          }),
        ]),
    ...finding.fixes.flatMap((fix, index) => ['', ...fixLines(fix, index, style)]),
    ...spaced(followingLines(following, style)),
    '',
    colour.dim(`  More: ${shell`msk-lambda explain ${finding.check}`}`),
  ].join('\n');
}

/** Another failure or a warning: shorter, with its first fix only, or with all. */
export function renderFinding(
  finding: Finding,
  style: FindingStyle,
  fixes: 'first' | 'all' = 'first',
  following: Following = [],
): string {
  const { colour, columns } = style;
  return [
    wrap(`- ${visible(finding.title)} ${colour.dim(`(${finding.check})`)}`, { columns, hang: 2 }),
    ...evidenceLines(finding, style),
    ...(fixes === 'all' ? finding.fixes : finding.fixes.slice(0, 1)).flatMap((fix, index) =>
      fixLines(fix, index, style),
    ),
    ...followingLines(following, style),
  ].join('\n');
}

const spaced = (lines: readonly string[]): string[] => (lines.length === 0 ? [] : ['', ...lines]);

/**
 * Consequences, without fixes: first those that the fix above resolves, then those that can be judged only after it.
 */
function followingLines(following: Following, { colour, columns }: FindingStyle): string[] {
  const section = (title: string, isResolved: boolean) => {
    const lines = following.flatMap(({ check, consequence }) =>
      consequence === undefined || consequence.isResolved !== isResolved || consequence.title === null
        ? []
        : [wrap(`- ${visible(consequence.title)} ${colour.dim(`(${check})`)}`, { columns, indent: 2, hang: 2 })],
    );
    return lines.length === 0 ? [] : [`  ${title}`, ...lines];
  };
  return [
    ...section('Resolved by the fix above:', true),
    ...section('Depends on the cause above; check again after the fix:', false),
  ];
}

const evidenceLines = ({ evidence }: Finding, { columns }: FindingStyle): string[] =>
  evidence.map(({ resource, fact }) =>
    wrap(`•\u00a0${visible(resource)}: ${visible(fact)}`, { columns, indent: 2, hang: 2 }),
  );

/** `care` (JSON, version 1): affects other resources, or costs money. */
const cautions: Record<Fix['safety'], string> = {
  safe: '',
  care: ', with care',
  risky: ', which may interrupt others',
  'by-hand': ', by hand',
};

function fixLines(
  { title, safety, changes, commands = [], statements = [] }: Fix,
  index: number,
  { colour, columns, region, profile }: FindingStyle,
): string[] {
  const head = `${index === 0 ? 'Fix' : 'Or'}${cautions[safety]}: ${visible(title)}`;
  const lines = [
    ...changes.map((change) => commandLine(cliWords(change, { region, profile }), columns)),
    ...[...commands, ...statements].map((line) => `    ${visible(line)}`),
  ];
  return [wrap(colour.green(head), { columns, indent: 2, hang: 5 }), ...lines];
}
