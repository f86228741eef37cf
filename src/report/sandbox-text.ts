/** The answer of `sandbox list` for people. */
import type { ChalkInstance } from 'chalk';
import type { Verdict } from '../diagnosis/diagnosis.js';
import { wrap } from '../text/wrap.js';

interface Account {
  name: string;
  summary: string;
  healthy: boolean;
  /** The verdict of its most severe mapping. */
  verdict: Verdict;
  default: boolean;
}

export function renderSandboxes(
  accounts: readonly Account[],
  { colour, columns }: { colour: ChalkInstance; columns: number },
): string {
  const section = (title: string, verdict: Verdict) => [
    colour.bold(title),
    ...accounts
      .filter((account) => account.verdict === verdict)
      .flatMap(({ name, summary, default: isDefault }) => [
        `  ${colour.cyan(name)}${isDefault ? ' (default)' : ''}`,
        wrap(summary, { columns, indent: 6 }),
      ]),
  ];
  return [
    ...section('Broken', 'broken'),
    '',
    ...section('Works, with warnings', 'at-risk'),
    '',
    ...section('Unknown: missing permissions hide the cause', 'unknown'),
    '',
    ...section('Disabled by a user', 'disabled'),
    '',
    ...section('Healthy, though other tools may say otherwise', 'healthy'),
  ].join('\n');
}
