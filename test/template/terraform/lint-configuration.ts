/** Judges Terraform files given as text. */
import { readFileSync } from 'node:fs';
import { lint } from '../../../src/template/lint.js';
import type { LintResult } from '../../../src/template/lint-result.js';
import type { TerraformPlan } from '../../../src/template/terraform/read-terraform.js';
import type { Json } from '../../../src/template/resource.js';

export const fixture = (path: string): string => readFileSync(new URL(`fixtures/${path}`, import.meta.url), 'utf8');

export const lintConfiguration = (
  files: Readonly<Record<string, string>>,
  {
    parameters = {},
    beside = {},
    plan = null,
  }: { parameters?: Record<string, Json>; beside?: Record<string, string>; plan?: TerraformPlan | null } = {},
): LintResult =>
  lint({
    sources: Object.entries(files).map(([path, text]) => ({ path, text, format: 'terraform' })),
    parameters,
    region: undefined,
    account: undefined,
    standing: null,
    plan,
    readBeside: (path) => beside[path] ?? null,
    tool: { name: 'msk-lambda', version: '0.0.0' },
    now: new Date('2026-01-01T00:00:00Z'),
  });

/** The text with parts replaced; each part must be in it. */
export function edited(text: string, edits: Readonly<Record<string, string>>): string {
  let result = text;
  for (const [from, to] of Object.entries(edits)) {
    if (!result.includes(from)) throw new Error(`the fixture has no ${from}`);
    result = result.replaceAll(from, () => to);
  }
  return result;
}

/** The fault that is shown first: check and line. */
export const firstFault = (
  files: Readonly<Record<string, string>>,
  options?: Parameters<typeof lintConfiguration>[1],
) => {
  const [mapping] = lintConfiguration(files, options).mappings;
  const check = mapping?.causes[0]?.check;
  const finding = mapping?.findings.find((candidate) => candidate.check === check && candidate.status === 'fail');
  const { file, line } = finding?.location ?? {};
  const text = file === undefined ? undefined : files[file]?.split('\n')[line! - 1]?.trim();
  return { verdict: mapping?.verdict, check, text };
};
