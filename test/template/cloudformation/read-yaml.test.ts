import { describe, expect, test } from 'vitest';
import { readYaml } from '../../../src/template/cloudformation/read-yaml.js';
import { locate } from '../../../src/template/location.js';
import { TemplateError } from '../../../src/template/resource.js';

const at = (text: string, ...path: (string | number)[]) => {
  const { line, column } = locate('f', readYaml(text, 'f').positions, path);
  return [line, column];
};

describe('positions', () => {
  const text = `# a comment
Resources:
  Role: # the role
    Properties:
      Policies:
        - PolicyName: a

        # another
        - PolicyName: b
          Statement: [{Effect: Allow}, {Effect: Deny}]
`;
  test.each<[(string | number)[], [number, number]]>([
    [['Resources'], [2, 1]],
    [
      ['Resources', 'Role'],
      [3, 3],
    ],
    [
      ['Resources', 'Role', 'Properties', 'Policies', 0, 'PolicyName'],
      [6, 11],
    ],
    [
      ['Resources', 'Role', 'Properties', 'Policies', 1],
      [9, 11],
    ],
    [
      ['Resources', 'Role', 'Properties', 'Policies', 1, 'Statement', 1],
      [10, 40],
    ],
  ])('%j', (path, position) => expect(at(text, ...path)).toEqual(position));
  test('of what the file lacks: the nearest value around it', () =>
    expect(at(text, 'Resources', 'Role', 'Properties', 'Nothing', 3)).toEqual([4, 5]));
  test('JSON', () => expect(at('{"Resources": {\n  "A": {"Type": "B"}}}', 'Resources', 'A', 'Type')).toEqual([2, 9]));
  test('JSON with tabs', () => expect(at('{\n\t"Resources": {\n\t\t"A": 1}}', 'Resources', 'A')).toEqual([3, 3]));
  test('lines that end with CR LF', () => expect(at('A: 1\r\nB:\r\n  C: 2\r\n', 'B', 'C')).toEqual([3, 3]));
  test('a value with a short tag', () => expect(at('A: !If [x, {B: 1}, 2]', 'A', 'Fn::If', 1, 'B')[0]).toBe(1));
});

test('short tags are intrinsic functions', () =>
  expect(
    readYaml('[!Ref A, !GetAtt A.B.C, !Sub "${A}", !Join [",", [!Ref B]], !Condition X, !GetAtt [A, B]]', 'f').data,
  ).toEqual([
    { Ref: 'A' },
    { 'Fn::GetAtt': ['A', 'B.C'] },
    { 'Fn::Sub': '${A}' },
    { 'Fn::Join': [',', [{ Ref: 'B' }]] },
    { Condition: 'X' },
    { 'Fn::GetAtt': ['A', 'B'] },
  ]));

test('dates and octal numbers stay text and numbers, as CloudFormation reads them', () =>
  expect(readYaml('Version: 2012-10-17\nAccount: "012345678901"', 'f').data).toEqual({
    Version: '2012-10-17',
    Account: '012345678901',
  }));

test('keys that are written twice, with both lines; the last value counts', () => {
  const { data, duplicates } = readYaml('A: 1\nB:\n  C: 1\n  C: 2\nA: 3\n', 'f');
  expect(data).toEqual({ A: 3, B: { C: 2 } });
  expect(duplicates.map(({ key, first, second }) => [key, first.line, second.line])).toEqual([
    ['C', 3, 4],
    ['A', 1, 5],
  ]);
});

describe('refused, with line and column', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
    .concat(
      [...'bcdefghi'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(', ')}]`),
    )
    .join('\n');
  test.each<[string, string, RegExp, number]>([
    ['a tab that indents', 'A:\n\tB: 1', /./, 2],
    ['an open bracket', 'A: [1, 2\nB: 3', /./, 2],
    ['an unknown tag', 'A: 1\nB: !Nothing 2', /unknown tag/, 2],
    ['an alias without an anchor', 'A: *b', /./, 1],
    ['aliases that explode', bomb, /too many values/, 1],
    ['nesting without end', '['.repeat(5000), /./, 1],
    ['nesting', `${'['.repeat(200)}${']'.repeat(200)}`, /nest|maxDepth/, 1],
    ['two documents', 'A: 1\n---\nB: 2', /./, 1],
  ])('%s', (_, text, message, line) => {
    try {
      readYaml(text, 'f.yaml');
    } catch (error) {
      expect(error).toBeInstanceOf(TemplateError);
      expect((error as TemplateError).message).toMatch(message);
      expect((error as TemplateError).location).toMatchObject({ file: 'f.yaml', line: line as unknown });
      return;
    }
    expect.unreachable();
  });
});
