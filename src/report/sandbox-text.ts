/** The answer of `sandbox list` for people. */
import type { ChalkInstance } from 'chalk';
import { wrap } from './wrap.js';

interface Account {
  name: string;
  summary: string;
  healthy: boolean;
  default: boolean;
}

export function renderSandboxes(accounts: readonly Account[], { colour, columns }: { colour: ChalkInstance; columns: number }): string {
  const section = (title: string, healthy: boolean) => [
    colour.bold(title),
    ...accounts.filter((account) => account.healthy === healthy).flatMap(({ name, summary, default: isDefault }) => [`  ${colour.cyan(name)}${isDefault ? ' (taken without a name)' : ''}`, wrap(summary, { columns, indent: 6 })]),
  ];
  return [...section('Broken', false), '', ...section('Healthy, though other tools may say otherwise', true)].join('\n');
}
