/** The answer of the commands that change mappings, for people: the plan, what blocks it, and the result. */
import { clusterNameOf } from '../aws/event-source.js';
import { qualifiedNameOf } from '../aws/function-arn.js';
import type { Finding } from '../checks/run.js';
import { cliWords } from '../fixes/render-cli.js';
import type { Fix } from '../fixes/fix.js';
import { renderFinding } from './doctor-finding.js';
import type { FixStyle } from './fix-lines.js';
import type { ChangeDocument, ChangeStep } from './documents/change.js';
import { settingValue } from '../text/setting-value.js';
import { sentenceInShell } from '../text/shells.js';
import { visible } from '../text/visible.js';
import type { ShellCommand } from '../text/shell.js';
import { commandLine } from './command-line.js';
import { inAccount } from './in-account.js';
import { wrap } from '../text/wrap.js';

export interface ChangeView {
  document: Omit<ChangeDocument, 'findings'>;
  /** Complete, because their fixes are shown. */
  findings: readonly Finding[];
  /** The plan was already printed with the question. */
  planShown: boolean;
  /** Whether to show the calls: with `--dry-run` or `--verbose`. */
  showCalls: boolean;
}

export function renderChange({ document, findings, planShown, showCalls }: ChangeView, style: FixStyle): string {
  const parts = planShown ? [] : [renderPlan(document.plan, findings, document.blockers, showCalls, style)];
  return [...parts, ...appliedLines(document.applied, style), conclusion(document, style)]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** The plan with the failing checks: printed before the question, and in the answer. */
export function renderPlan(
  plan: readonly ChangeStep[],
  findings: readonly Finding[],
  blockers: readonly string[],
  showCalls: boolean,
  style: FixStyle,
): string {
  const { colour } = style;
  const section = (title: string, list: readonly Finding[], fixes: 'first' | 'all' = 'first') =>
    list.length === 0
      ? []
      : [[colour.bold(title), ...list.map((finding) => renderFinding(finding, style, fixes))].join('\n')];
  const stopping = findings
    .filter(({ status, check }) => status === 'fail' && blockers.includes(check))
    .toSorted((a, b) => blockers.indexOf(a.check) - blockers.indexOf(b.check));
  const warnings = findings.filter(({ status, severity }) => status === 'warn' && severity !== 'info');
  return [
    plan.map((step) => renderStep(step, showCalls, style)).join('\n'),
    ...section('Blocking problems', stopping, 'all'),
    ...section('Warnings', warnings),
    ...undecided(findings, style),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const words: Record<ChangeStep['action'], string> = {
  create: 'create',
  update: 'change',
  enable: 'enable',
  disable: 'disable',
  delete: 'delete',
  recreate: 'recreate',
  none: 'nothing to do',
};

function renderStep(
  { action, mapping, functionArn, eventSourceArn, topic, differences, calls }: ChangeStep,
  showCalls: boolean,
  style: FixStyle,
): string {
  const { colour, columns } = style;
  const name = qualifiedNameOf(functionArn) ?? 'a function';
  const source = `${topic ?? 'a topic'} on ${clusterNameOf(eventSourceArn) ?? 'a cluster'}`;
  return [
    wrap(
      `${colour.bold(action === 'none' && differences.some(({ fixed }) => fixed) ? 'cannot be changed' : words[action])}  ${visible(name)} ← ${visible(source)}${mapping === null ? '' : `  ${colour.dim(visible(mapping))}`}`,
      { columns, hang: 2 },
    ),
    ...differences.map(({ setting, is, wanted, fixed }) =>
      wrap(
        `•\u00a0${setting}: ${shown(is)} → ${shown(wanted)}${fixed && action !== 'recreate' ? ' (cannot be changed)' : ''}`,
        {
          columns,
          indent: 2,
          hang: 2,
        },
      ),
    ),
    ...(showCalls ? calls.map((call) => commandLine(cliWords(call, style), style)) : []),
  ].join('\n');
}

const shown = (value: unknown): string => visible(settingValue(value));

function undecided(findings: readonly Finding[], { colour, columns }: FixStyle): string[] {
  const open = findings.filter(({ status }) => status === 'unknown');
  if (open.length === 0) return [];
  const actions = [...new Set(open.flatMap(({ missingActions }) => missingActions))].toSorted();
  return [
    [
      colour.bold('Could not check'),
      wrap(open.map(({ check }) => check).join(', '), { columns, indent: 2 }),
      ...(actions.length === 0 ? [] : [wrap(`Your credentials need: ${actions.join(', ')}`, { columns, indent: 2 })]),
    ].join('\n'),
  ];
}

function appliedLines(applied: readonly Pick<Fix, 'title' | 'changes'>[], style: FixStyle): string[] {
  if (applied.length === 0) return [];
  const { colour, columns } = style;
  return [
    [
      colour.bold('Fixes made'),
      ...applied.flatMap(({ title, changes }) => [
        wrap(`- ${visible(title)}; to undo it:`, { columns, hang: 2 }),
        ...changes.map(({ undo }) =>
          undo === null ? '    (cannot be undone)' : commandLine(cliWords(undo, style), style),
        ),
      ]),
    ].join('\n'),
  ];
}

const signs: Record<ChangeDocument['outcome'], { sign: string; paint: 'red' | 'yellow' | 'green' }> = {
  done: { sign: '✓', paint: 'green' },
  'nothing-to-do': { sign: '✓', paint: 'green' },
  planned: { sign: '·', paint: 'yellow' },
  blocked: { sign: '✗', paint: 'red' },
  refused: { sign: '✗', paint: 'red' },
  failed: { sign: '✗', paint: 'red' },
  undecided: { sign: '?', paint: 'yellow' },
};

function conclusion(
  { outcome, message }: Omit<ChangeDocument, 'findings'>,
  { colour, columns, shell, region, profile, source }: FixStyle,
): string {
  const { sign, paint } = signs[outcome];
  const leading = message.replaceAll(
    /`((?:msk-lambda|aws) [^`]*)`/g,
    (_, command: string) => `\`${inAccount(command as ShellCommand, { region, profile, source })}\``,
  );
  return wrap(`${colour[paint](sign)} ${visible(sentenceInShell(leading, shell))}`, { columns, hang: 2 });
}
