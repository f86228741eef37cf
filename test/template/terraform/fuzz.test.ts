/** Damaged configurations and plans end in a sentence with file and line, or in a judgement. */
import { expect, test } from 'vitest';
import { TemplateError } from '../../../src/template/resource.js';
import { runs as casesFor, seed } from '../../random/seed.js';
import { damage, numbers } from '../support/damage.js';
import { scram, stack } from './cases.js';
import { makePlan } from './fixtures/plan/make-plan.js';
import { fixture, lintConfiguration } from './lint-configuration.js';

const runs = casesFor(400);

const pieces = [
  'var.none',
  'local.topic',
  'aws_msk_cluster.this.arn',
  '"${',
  '}',
  '{',
  '[',
  ']',
  '(',
  '"',
  '<<EOT',
  '<<-EOT',
  '/*',
  '#',
  '[for a in ["x"] : a]',
  '{ for k, v in { a = 1 } : k => v... }',
  'true ? 1 : ',
  '"%{ if true }"',
  'replace(',
  'null',
  '1e999',
  '-',
  '...',
  'each.value',
  'count.index',
  'self',
  '\u0000',
  '\t',
  'dynamic "ingress" {',
  'jsonencode({ a = local.topic })',
];
const jsonPieces = [
  'null',
  '{}',
  '[]',
  '"',
  '{',
  ']',
  ',',
  '1e999',
  '"\\ud800"',
  'true',
  '"module.x[\\"a\\"].y"',
  '\u0000',
];

/** Judges damaged texts; counts how they end. */
function endings(
  name: string,
  pick: (below: number) => number,
  judge: (pick: (below: number) => number) => { text: string; run: () => { mappings: { verdict: string }[] } },
): { sentences: number; judgements: number } {
  const kinds = { sentences: 0, judgements: 0 };
  for (let run = 0; run < runs; run++) {
    const { text, run: lint } = judge(pick);
    try {
      for (const { verdict } of lint().mappings) expect(['broken', 'at-risk', 'unknown', 'healthy']).toContain(verdict);
      kinds.judgements++;
    } catch (error) {
      if (!(error instanceof TemplateError))
        throw new Error(`${name}, seed ${seed}, run ${run}:\n${text}`, { cause: error });
      expect(error.location.line).toBeGreaterThan(0);
      expect(error.location.column).toBeGreaterThan(0);
      expect(error.message).not.toContain('\n');
      kinds.sentences++;
    }
  }
  return kinds;
}

test(`${runs} damaged configurations, seed ${seed}`, { timeout: 2000 * runs }, () => {
  const inner = fixture('pipelines/modules/orders/main.tf');
  const outer = fixture('pipelines/main.tf');
  const kinds = endings('configuration', numbers(seed), (pick) => {
    const damaged = (text: string) => damage(text, pick, { pieces, sign: '=' });
    const kind = pick(4);
    const files: Record<string, string> =
      kind === 0
        ? { 'main.tf': outer, 'modules/orders/main.tf': damaged(inner) }
        : kind === 1
          ? { 'main.tf': damaged(outer), 'modules/orders/main.tf': inner }
          : { 'main.tf': damaged(kind === 2 ? stack : scram) };
    return { text: JSON.stringify(files), run: () => lintConfiguration(files) };
  });
  expect(kinds.judgements).toBeGreaterThan(runs / 10);
  expect(kinds.sentences).toBeGreaterThan(runs / 20);
});

test(`${runs} damaged plans, seed ${seed}`, { timeout: 2000 * runs }, () => {
  const whole = makePlan();
  const written = JSON.stringify(JSON.parse(whole), null, 1);
  const kinds = endings('plan', numbers(seed + 1), (pick) => {
    const text =
      pick(2) === 0
        ? damage(written, pick, { pieces: jsonPieces, sign: ':' })
        : JSON.stringify(changed(JSON.parse(whole), pick));
    const files: Record<string, string> = pick(2) === 0 ? {} : { 'app/main.tf': stack };
    return {
      text,
      run: () =>
        lintConfiguration(files, {
          plan: { path: 'plan.json', text, folder: Object.keys(files).length === 0 ? null : 'app' },
        }),
    };
  });
  expect(kinds.judgements).toBeGreaterThan(runs / 10);
  expect(kinds.sentences).toBeGreaterThan(runs / 20);
});

/** The value with one part of it replaced by something of another type. */
function changed(value: unknown, pick: (below: number) => number): unknown {
  const others: unknown[] = [null, [], {}, '', 'x', 0, true, [null], { a: 1 }];
  if (typeof value !== 'object' || value === null || pick(12) === 0) return others[pick(others.length)];
  const keys = Object.keys(value);
  if (keys.length === 0) return others[pick(others.length)];
  const key = keys[pick(keys.length)]!;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
  copy[key] = changed(copy[key], pick);
  return copy;
}
