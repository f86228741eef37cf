/** Expressions: what is known equals what Terraform gives; what is not known is a symbol. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../src/template/terraform/evaluate.js';
import { parseExpression } from '../../../src/template/terraform/expression.js';
import type { Scope } from '../../../src/template/terraform/scope.js';
import { isUnknown, toJson, type Value } from '../../../src/template/terraform/values.js';
import { textSymbol } from '../../../src/snapshot/symbols.js';

const unknown = textSymbol('u');
const other = textSymbol('v');

const valueOf = (text: string, variables: Record<string, Value> = {}): unknown => {
  const scope: Scope = {
    context: { note: () => undefined, spend: () => undefined, allows: () => true },
    lookup: (name) => variables[name],
    readFile: (path) =>
      path === 'a.txt' ? 'text of a' : path === 't.tftpl' ? 'Hello ${name}!%{ if x } yes%{ endif }' : null,
  };
  return toJson(evaluate(parseExpression(text), scope));
};

describe('known values', () => {
  // Results are those of the examples in Terraform’s documentation, or follow from its definitions.
  test.each<[string, unknown]>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * -3', -9],
    ['7 % 3', 1],
    ['1 < 2 && !(2 >= 3)', true],
    ['"a" == "a" ? "yes" : "no"', 'yes'],
    ['1 == "1"', false],
    ['"${1 + 1} of ${"x"}"', '2 of x'],
    ['"a\\tb\\u00e9$${c}"', 'a\tbé${c}'],
    ['"%{ if true }a%{ else }b%{ endif }"', 'a'],
    ['"%{ for x in [1, 2] }<${x}>%{ endfor }"', '<1><2>'],
    ['[for i, x in ["a", "b"] : "${i}${x}" if x != "a"]', ['1b']],
    ['{ for k, v in { a = 1, b = 2 } : upper(k) => v }', { A: 1, B: 2 }],
    ['{ for x in ["ab", "ac", "b"] : substr(x, 0, 1) => x... }', { a: ['ab', 'ac'], b: ['b'] }],
    ['[{ a = 1 }, { a = 2 }][*].a', [1, 2]],
    ['[[1], [2]].*.0', [1, 2]],
    ['{ a = { b = [1, 2] } }.a["b"][1]', 2],
    ['{\n a = 1 # comment\n "b" = 2, (upper("c")) = 3 }', { a: 1, b: 2, C: 3 }],
    ['<<-EOT\n    a\n      b EOT\n    EOT\n', 'a\n  b EOT\n'],
    ['jsonencode({ a = [1, null, "x"] })', '{"a":[1,null,"x"]}'],
    ['jsondecode("{\\"a\\": 1}").a', 1],
    ['merge({ a = 1 }, null, { a = 2, b = 3 })', { a: 2, b: 3 }],
    ['concat([1], [2], [])', [1, 2]],
    ['format("%s-%03d-%v %%", "a", 7, true)', 'a-007-true %'],
    ['format("%[2]s %[1]s", "a", "b")', 'b a'],
    ['formatlist("%s/%s", "a", ["x", "y"])', ['a/x', 'a/y']],
    ['join(",", ["a", "b"], ["c"])', 'a,b,c'],
    ['split(",", "a,b")', ['a', 'b']],
    ['replace("1 + 2 + 3", "+", "-")', '1 - 2 - 3'],
    ['replace("hello world", "/w.*d/", "everybody")', 'hello everybody'],
    ['lookup({ a = "b" }, "c", "d")', 'd'],
    ['element(["a", "b", "c"], 4)', 'b'],
    ['coalesce("", null, "b")', 'b'],
    ['coalescelist([], ["a"])', ['a']],
    ['toset(["b", "a", "b"])', ['a', 'b']],
    ['tostring(1)', '1'],
    ['tonumber("2")', 2],
    ['tobool("true")', true],
    ['length("abc") + length([1]) + length({ a = 1 })', 5],
    ['trimprefix("helloworld", "hello")', 'world'],
    ['trimsuffix("helloworld", "world")', 'hello'],
    ['trim("?!hello?!", "!?")', 'hello'],
    ['keys({ c = 1, a = 2 })', ['a', 'c']],
    ['values({ c = 1, a = 2 })', [2, 1]],
    ['contains(["a"], "a")', true],
    ['flatten([["a"], [["b"]], []])', ['a', 'b']],
    ['compact(["a", "", null])', ['a']],
    ['distinct(["a", "b", "a"])', ['a', 'b']],
    ['try({}.a, [][0], "x")', 'x'],
    ['can({}.a)', false],
    ['one([])', null],
    ['one(["a"])', 'a'],
    ['cidrsubnet("172.16.0.0/12", 4, 2)', '172.18.0.0/16'],
    ['cidrsubnets("10.1.0.0/16", 4, 4, 8, 4)', ['10.1.0.0/20', '10.1.16.0/20', '10.1.32.0/24', '10.1.48.0/20']],
    ['cidrhost("10.12.112.0/20", 16)', '10.12.112.16'],
    ['zipmap(["a", "b"], [1, 2])', { a: 1, b: 2 }],
    ['range(1, 4)', [1, 2, 3]],
    ['range(3)', [0, 1, 2]],
    ['slice(["a", "b", "c"], 1, 2)', ['b']],
    ['sort(["b", "a"])', ['a', 'b']],
    ['reverse([1, 2])', [2, 1]],
    ['regex("[a-z]+", "53453453.345345aaabbbccc23454")', 'aaabbbccc'],
    ['regex("(\\\\d+)-(\\\\d+)", "2019-02")', ['2019', '02']],
    ['regex("(?P<year>\\\\d+)", "2019")', { year: '2019' }],
    ['startswith("ab", "a") && endswith("ab", "b")', true],
    ['base64encode("Hello")', 'SGVsbG8='],
    ['max(1, 3, 2) - min([4, 5]...)', -1],
    ['abs(-1)', 1],
    ['title("hello world")', 'Hello World'],
    [
      'setproduct(["a", "b"], [1])',
      [
        ['a', 1],
        ['b', 1],
      ],
    ],
    ['file("a.txt")', 'text of a'],
    ['templatefile("t.tftpl", { name = "Ann", x = true })', 'Hello Ann! yes'],
    ['sensitive("a")', 'a'],
  ])('%s', (text, result) => expect(valueOf(text)).toEqual(result));
});

describe('partly known values', () => {
  const arn = `arn:aws:kafka:eu-west-1:009900990099:cluster/orders/00000000-0000-4000-a000-0123456789ab-2`;
  test.each<[string, unknown]>([
    ['"a-${u}-b"', `a-${unknown}-b`],
    ['jsonencode({ a = u })', `{"a":"${unknown}"}`],
    ['merge({ a = u }, { b = 1 })', { a: unknown, b: 1 }],
    ['concat([u], ["a"])', [unknown, 'a']],
    ['format("%s/*", u)', `${unknown}/*`],
    ['replace(arn, ":cluster/", ":topic/")', arn.replace(':cluster/', ':topic/')],
    ['split("/", arn)[1]', 'orders'],
    ['element(split("/", arn), 2)', '00000000-0000-4000-a000-0123456789ab-2'],
    ['join("/", [replace(arn, "cluster", "topic"), "t"])', `${arn.replace('cluster', 'topic')}/t`],
    ['regex("cluster/([^/]+)/", arn)[0]', 'orders'],
    ['trimsuffix("${arn}/*", "/*")', arn],
    ['startswith(arn, "arn:aws:kafka:")', true],
    ['u ? "a" : "a"', 'a'],
    ['false && u', false],
    ['u || true', true],
    ['u == u', true],
    ['[for x in [u] : "${x}!"]', [`${unknown}!`]],
    ['length([u, v])', 2],
    ['one([u])', unknown],
    ['try(u, "x")', unknown],
  ])('%s', (text, result) => expect(valueOf(text, { u: unknown, v: other, arn })).toEqual(result));

  test.each([
    'u ? "a" : "b"',
    'u == "a"',
    'upper(u)',
    'length(u)',
    'substr("a${u}", 0, 2)',
    'u.member[0]',
    'u[*].id',
    '[for x in u : x]',
    'lookup({ a = 1, b = 2 }, u)',
    'contains([u], "a")',
    'timestamp()',
    'nosuchfunction(1)',
    'file("b.txt")',
    'coalesce(u, "a")',
    'u + 1',
  ])('%s is not known', (text) => {
    const variables = { u: unknown };
    expect(isUnknown(valueOf(text, variables) as Value)).toBe(true);
    expect(valueOf(text, variables)).toEqual(valueOf(text, variables));
  });
});

/** Expressions of known parts with the value that they have by definition. */
const { expression } = fc.letrec<{ expression: [string, unknown] }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4 },
    fc.integer({ min: 0, max: 99 }).map((number): [string, unknown] => [String(number), number]),
    fc.stringMatching(/^[a-z :/*.-]{0,8}$/).map((text): [string, unknown] => [JSON.stringify(text), text]),
    fc
      .array(tie('expression'), { maxLength: 3 })
      .map((items): [string, unknown] => [
        `[${items.map(([text]) => text).join(', ')}]`,
        items.map(([, value]) => value),
      ]),
    fc
      .uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,5}$/), tie('expression')), {
        selector: ([key]) => key,
        maxLength: 3,
      })
      .map((entries): [string, unknown] => [
        `{ ${entries.map(([key, [text]]) => `"${key}" = ${text}`).join(', ')} }`,
        Object.fromEntries(entries.map(([key, [, value]]) => [key, value])),
      ]),
    fc
      .tuple(tie('expression'), tie('expression'))
      .map(([[a, first], [b]]): [string, unknown] => [`true ? ${a} : ${b}`, first]),
    tie('expression').map(([text, value]): [string, unknown] => [`jsondecode(jsonencode(${text}))`, value]),
    tie('expression').map(([text, value]): [string, unknown] => [`[for x in [${text}] : x]`, [value]]),
    tie('expression').map(([text, value]): [string, unknown] => [`try({}.missing, ${text})`, value]),
    tie('expression').map(([text, value]): [string, unknown] => [`{ a = (${text}) }["a"]`, value]),
  ),
}));

test('random expressions have their values', () => {
  fc.assert(
    fc.property(expression, ([text, value]) => {
      expect(valueOf(text)).toEqual(value);
    }),
  );
});

test('the order of keys does not matter', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.integer()), (members) => {
      const text = (entries: [string, number][]) =>
        `{ ${entries.map(([key, value]) => `${key} = ${value}`).join(', ')} }`;
      const [forward, backward] = [Object.entries(members), Object.entries(members).toReversed()];
      expect(valueOf(`keys(${text(forward)})`)).toEqual(valueOf(`keys(${text(backward)})`));
      expect(valueOf(`${text(forward)} == ${text(backward)}`)).toBe(true);
    }),
  );
});
