/** The structure of files agrees with HashiCorp’s parser, and any text is judged or refused with its place. */
import { parse } from '@cdktf/hcl2json';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TemplateError } from '../../../src/template/resource.js';
import { parseFile, type Body } from '../../../src/template/terraform/body.js';
import { fixture, lintConfiguration } from './lint-configuration.js';

const fixtures = ['new-stack/main.tf', 'scram-stack/main.tf', 'pipelines/main.tf', 'pipelines/modules/orders/main.tf'];

/** The names of a body as hcl2json nests them: attributes, and blocks under their labels. */
function namesOf(body: Body): Record<string, unknown> {
  const names: Record<string, unknown> = Object.fromEntries([...body.attributes.keys()].map((name) => [name, true]));
  for (const { type, labels, body: inner } of body.blocks) {
    let at = names;
    for (const label of [type, ...labels].slice(0, -1)) at = (at[label] ??= {}) as Record<string, unknown>;
    const last = [type, ...labels].at(-1)!;
    ((at[last] ??= []) as unknown[]).push(namesOf(inner));
  }
  return names;
}

/** The same of what hcl2json gives; values of attributes are left out. */
function withoutValues(value: unknown, like: unknown): unknown {
  if (like === true || like === undefined) return true;
  if (Array.isArray(like)) return (value as unknown[]).map((item, index) => withoutValues(item, like[index]));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, member]) => [
      name,
      withoutValues(member, (like as Record<string, unknown>)[name]),
    ]),
  );
}

describe('blocks and attributes are those of hcl2json', () => {
  test.each(fixtures)('%s', async (path) => {
    const names = namesOf(parseFile(path, fixture(path)));
    expect(names).toEqual(withoutValues(await parse(path, fixture(path)), names));
  });
});

describe('a broken file is refused with its place', () => {
  test.each([
    ['resource "a" "b" {', 1, 19],
    ['x = "', 1, 5],
    ['locals {\n  a = 1\n  a = 2\n}', 3, 3],
    ['x = {a = 1 b = 2}', 1, 12],
    ['a = = 1', 1, 5],
    ['locals {\n  a = [1,\n}', 3, 1],
    ['a = 1 b = 2', 1, 7],
    ['resource "a" "b"\n', 1, 17],
    ['x = "${a"', 1, 9],
    ['a = <<EOT\n', 1, 5],
  ])('%j', async (text, line, column) => {
    await expect(parse('main.tf', text)).rejects.toThrow('main.tf');
    let refusal: unknown;
    try {
      lintConfiguration({ 'main.tf': text });
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(TemplateError);
    expect((refusal as TemplateError).location).toMatchObject({ file: 'main.tf', line, column });
  });
});

test('a changed file is judged or refused', () => {
  const mutation = fc.record({
    path: fc.constantFrom(...fixtures),
    at: fc.nat(9_000),
    removed: fc.nat(30),
    inserted: fc.oneof(
      fc.constantFrom(
        '${',
        '}',
        '"',
        '{',
        '[',
        ']',
        '(',
        ')',
        '=',
        '\n',
        '<<EOT\n',
        '%{',
        'null',
        'each.value',
        'var.x',
        '...',
        '*',
        '0',
        'true',
        'local.a',
      ),
      fc.string({ maxLength: 4 }),
    ),
  });
  fc.assert(
    fc.property(mutation, ({ path, at, removed, inserted }) => {
      const text = fixture(path);
      const from = at % text.length;
      const files = {
        ...(path.startsWith('pipelines/')
          ? Object.fromEntries(fixtures.slice(2).map((name) => [name, fixture(name)]))
          : {}),
        [path]: text.slice(0, from) + inserted + text.slice(from + removed),
      };
      try {
        expect(Array.isArray(lintConfiguration(files).mappings)).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(TemplateError);
        expect((error as TemplateError).location.line).toBeGreaterThan(0);
      }
    }),
  );
});

test.each([
  ['locals that refer to one another', 'locals {\n a = local.b\n b = local.a\n}\noutput "o" { value = local.a }'],
  ['a module that calls itself', 'module "m" { source = "./" }'],
  [
    'resources that refer to one another',
    'resource "aws_sqs_queue" "a" { name = aws_sqs_queue.b.name }\nresource "aws_sqs_queue" "b" { name = aws_sqs_queue.a.name }',
  ],
  ['a huge count', 'resource "aws_sqs_queue" "a" { count = 1000000000 }'],
  [
    'a huge range',
    'locals { r = [for a in range(9999) : [for b in range(9999) : [for c in range(9999) : 1]]] }\nresource "aws_sqs_queue" "a" { name = length(local.r) }',
  ],
  ['deep lists', `locals {\n a = ${'['.repeat(5000)}${']'.repeat(5000)}\n}`],
  ['a for_each of its own instances', 'resource "aws_sqs_queue" "a" { for_each = aws_sqs_queue.a }'],
])('%s ends', (_, text) => {
  try {
    lintConfiguration({ 'main.tf': text });
  } catch (error) {
    expect(error).toBeInstanceOf(TemplateError);
  }
});
