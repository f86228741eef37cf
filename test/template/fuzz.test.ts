/** Damaged templates end in a sentence with file and line, or in a judgement. */
import { expect, test } from 'vitest';
import { TemplateError } from '../../src/template/resource.js';
import { runs as casesFor, seed } from '../random/seed.js';
import { faults } from './support/faults.js';
import { healthy, lintTexts, toYaml } from './support/healthy.js';
import { toSam } from './support/sam.js';

const runs = casesFor(300);

/** A small generator of numbers (mulberry32), so that a seed repeats a run. */
function numbers(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

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

function damage(text: string, pick: (below: number) => number): string {
  const lines = text.split('\n');
  for (let times = 1 + pick(3); times > 0; times--) {
    const at = pick(lines.length);
    const line = lines[at] ?? '';
    const colon = line.indexOf(':');
    const other = lines[pick(lines.length)] ?? '';
    const ways: (() => void)[] = [
      () => lines.splice(at, 1),
      () => lines.splice(at, 0, other),
      () => (lines[at] = line.slice(0, pick(line.length + 1))),
      () => (lines[at] = `${line.slice(0, colon + 1)} ${pieces[pick(pieces.length)]!}`),
      () =>
        (lines[at] =
          `${line.slice(0, pick(line.length + 1))}${pieces[pick(pieces.length)]!}${line.slice(pick(line.length + 1))}`),
      () => (lines[at] = ` ${line}`),
      () => (lines[at] = line.replace(/\w+/, other.trim())),
    ];
    ways[pick(ways.length)]!();
  }
  return lines.join('\n');
}

test(`${runs} damaged templates, seed ${seed}`, { timeout: 2000 * runs }, () => {
  const pick = numbers(seed);
  const kinds = { sentences: 0, judgements: 0 };
  for (let run = 0; run < runs; run++) {
    const { auth, change } = faults[pick(faults.length)]!;
    const template = healthy({ auth: auth ?? 'iam' });
    if (pick(2) === 0 && auth !== undefined) change(template);
    const written = pick(2) === 0 ? template : toSam(template);
    const whole = pick(4) === 0 ? JSON.stringify(written, null, pick(3)) : toYaml(written);
    const text = damage(whole, pick);
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
