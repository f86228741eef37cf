/** Damaged templates end in a sentence with file and line, or in a judgement. */
import { expect, test } from 'vitest';
import { TemplateError } from '../../src/template/resource.js';
import { runs as casesFor, seed } from '../random/seed.js';
import { damage, numbers } from './support/damage.js';
import { faults } from './support/faults.js';
import { healthy, lintTexts, toYaml } from './support/healthy.js';
import { toSam } from './support/sam.js';

const runs = casesFor(400);

const pieces = [
  '!Ref X',
  '!If [a, b, c]',
  '{{',
  '[]',
  '{}',
  'null',
  '- ',
  ': ',
  '"',
  '*a',
  '&a x',
  '\t',
  '\u0000',
  '!Sub "${',
  '${AWS::NoValue}',
  '!GetAtt ',
  '~',
  '1e999',
  '-1',
  'Fn::If: 1',
  '? ',
  '|',
  '#',
];

test(`${runs} damaged templates, seed ${seed}`, { timeout: 2000 * runs }, () => {
  const pick = numbers(seed);
  const kinds = { sentences: 0, judgements: 0 };
  for (let run = 0; run < runs; run++) {
    const { auth, change } = faults[pick(faults.length)]!;
    const template = healthy({ auth: auth ?? 'iam' });
    if (pick(2) === 0 && auth !== undefined) change(template);
    const written = pick(2) === 0 ? template : toSam(template);
    const whole = pick(4) === 0 ? JSON.stringify(written, null, pick(3)) : toYaml(written);
    const text = damage(whole, pick, { pieces, sign: ':' });
    try {
      const result = lintTexts({ 'template.yaml': text });
      for (const { verdict } of result.mappings) expect(['broken', 'at-risk', 'unknown', 'healthy']).toContain(verdict);
      kinds.judgements++;
    } catch (error) {
      if (!(error instanceof TemplateError)) throw new Error(`seed ${seed}, run ${run}:\n${text}`, { cause: error });
      expect(error.location.line).toBeGreaterThan(0);
      expect(error.location.column).toBeGreaterThan(0);
      expect(error.message).not.toContain('\n');
      kinds.sentences++;
    }
  }
  expect(kinds.judgements).toBeGreaterThan(runs / 10);
  expect(kinds.sentences).toBeGreaterThan(runs / 20);
});
