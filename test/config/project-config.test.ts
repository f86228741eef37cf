/** `.msk-lambda.yaml`: what it may say, and the line of what is wrong. */
import { describe, expect, test } from 'vitest';
import { parseProjectConfig } from '../../src/config/project-config.js';
import { fitsPattern } from '../../src/text/glob.js';

const checks = ['network.nacl', 'network.vpc-dns', 'access.logs', 'template.syntax'];
const parse = (...lines: string[]) =>
  parseProjectConfig(lines.join('\n'), 'c.yaml', { formats: ['sarif', 'junit'], checks });
const entry = (change: Record<string, string> = {}) =>
  Object.entries({ check: 'network.*', resource: 'orders', reason: 'planned', until: '2099-01-31', ...change })
    .filter(([, value]) => value !== '')
    .map(([key, value], index) => `${index === 0 ? '  - ' : '    '}${key}: ${value}`);

describe('the configuration file', () => {
  test('all keys', () => {
    const config = parse(
      'targets: [order-handler, orders]',
      'checks: ["network.*"]',
      'skip: [access.logs]',
      'output: junit',
      'report: { sarif: out.sarif }',
      'suppress:',
      ...entry({ command: 'lint' }),
    );
    expect(config).toEqual({
      file: 'c.yaml',
      targets: ['order-handler', 'orders'],
      checks: ['network.*'],
      skip: ['access.logs'],
      output: 'junit',
      report: { sarif: 'out.sarif' },
      suppress: [
        { check: 'network.*', resource: 'orders', reason: 'planned', until: '2099-01-31', command: 'lint', line: 7 },
      ],
    });
  });

  test('an empty file, and keys without a value, say nothing', () => {
    const nothing = { file: 'c.yaml', targets: [], checks: [], skip: [], output: null, report: {}, suppress: [] };
    expect(parse('')).toEqual(nothing);
    expect(parse('targets:', 'suppress:', 'output:', 'report:')).toEqual(nothing);
  });

  test.each([
    ['an unknown key', ['targets: []', 'supress: []'], 'c.yaml:2: the configuration has an unknown key “supress”'],
    ['a text for a list', ['targets: a'], 'c.yaml:1: targets must be a list'],
    ['a number for a text', ['targets:', '  - a', '  - 7'], 'c.yaml:3: an entry of targets must be a text'],
    ['a list for the whole', ['- a'], 'c.yaml:1: the configuration must be a mapping'],
    ['an unknown format', ['report:', '  pdf: a.pdf'], 'c.yaml:2: report has an unknown key “pdf”'],
    ['an unknown default format', ['targets: []', 'output: pdf'], 'c.yaml:2: output has an unknown format “pdf”'],
    [
      'a check that does not exist',
      ['checks:', '  - network', '  - netwrok.nacl'],
      'c.yaml:3: an entry of checks: no check',
    ],
    ['a check to skip that does not exist', ['skip: [nothing.*]'], 'c.yaml:1: an entry of skip: no check matches'],
    [
      'a suppressed check that does not exist',
      ['suppress:', ...entry({ check: 'network.nacls' })],
      'c.yaml:2: check of',
    ],
    ['a group without its star', ['suppress:', ...entry({ check: 'network' })], 'no check matches “network”'],
    ['no reason', ['suppress:', ...entry({ reason: '' })], 'c.yaml:2: a suppression has no reason'],
    ['no day', ['suppress:', ...entry({ until: '' })], 'c.yaml:2: a suppression has no until'],
    ['no resource', ['suppress:', ...entry({ resource: '' })], 'c.yaml:2: a suppression has no resource'],
    ['another form of day', ['suppress:', ...entry({ until: '31.1.2099' })], 'c.yaml:5: until must be a day'],
    ['a day that does not exist', ['suppress:', ...entry({ until: '2099-02-31' })], 'c.yaml:5: until must be a day'],
    ['a month that does not exist', ['suppress:', ...entry({ until: '2099-13-01' })], 'c.yaml:5: until must be a day'],
    ['an unknown command', ['suppress:', ...entry({ command: 'network' })], 'c.yaml:6: command of a suppression'],
    ['a member twice', ['targets: [a]', 'targets: [b]'], 'c.yaml:2: '],
    ['no YAML', ['targets: [a', 'x'], 'c.yaml:'],
    ['an alias', ['targets:', '  - *all'], 'c.yaml:2: '],
  ])('%s is refused with its line', (_, lines, sentence) => {
    expect(() => parse(...lines)).toThrowError(
      expect.objectContaining({ exitCode: 2, message: expect.stringContaining(sentence) as string }) as Error,
    );
  });
});

test.each([
  ['network.*', 'network.nacl', true],
  ['network.*', 'xnetwork.nacl', false],
  ['*', '', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b', 'ab', true],
  ['ab*ba', 'aba', false],
  ['orders', 'orders-2', false],
  [`${'*a'.repeat(40)}`, 'a'.repeat(50_000), true],
  [`${'*a'.repeat(40)}b`, 'a'.repeat(50_000), false],
])('%# a pattern', (pattern, text, fits) => expect(fitsPattern(pattern, text)).toBe(fits));
