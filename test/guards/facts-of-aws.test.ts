/** A fact of AWS that several folders need is written in src/aws, once: copies have given different answers before. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const source = new URL('../../src/', import.meta.url);

interface Fact {
  name: string;
  /** As code writes it: a literal, never a word within a sentence. */
  pattern: RegExp;
  home: string;
  /** Other files that may hold it, and why. */
  exceptions?: Record<string, string>;
  /** A line that writes it again. */
  copy: string;
}

const facts: Fact[] = [
  {
    name: 'the type of a secret for SASL/SCRAM',
    pattern: /(['"`])SASL_SCRAM_512_AUTH\1/,
    home: 'msk.ts',
    copy: "Type === 'SASL_SCRAM_512_AUTH'",
  },
  {
    name: 'the type of a secret for mutual TLS',
    pattern: /(['"`])CLIENT_CERTIFICATE_TLS_AUTH\1/,
    home: 'msk.ts',
    exceptions: {
      'aws/mapping-api.ts': 'a type of the access to a schema registry, which has the same name',
    },
    copy: "{ mtls: 'CLIENT_CERTIFICATE_TLS_AUTH' }",
  },
  {
    name: 'the prefix of names of secrets',
    pattern: /(['"`])AmazonMSK_\1|\/[^/\n]*AmazonMSK_[^/\n]*\/\.test/,
    home: 'msk.ts',
    copy: '/(^|:)AmazonMSK_/.test(secret)',
  },
  { name: 'words for a method', pattern: /(['"`])mutual TLS\1/, home: 'msk.ts', copy: "mtls: 'mutual TLS'" },
  { name: 'ports of brokers', pattern: /: 909[2468],/, home: 'msk.ts', copy: '  iam: 9098,' },
  { name: 'ports of VPC connections', pattern: /from: 14_?001/, home: 'msk.ts', copy: '{ from: 14001, to: 14100 }' },
  { name: 'the time a mapping waits', pattern: /[=><] 840\b/, home: 'limits.ts', copy: 'const longest = 840;' },
  {
    name: 'the largest batch',
    pattern: /batch[^\n]{0,60}\b10_000\b/i,
    home: 'limits.ts',
    copy: 'batchSize: whole(1, 10_000)',
  },
  { name: 'the greatest record age', pattern: /\b604_?800\b(?!\.)/, home: 'limits.ts', copy: '[60, 604_800]' },
  {
    name: 'the largest secret',
    pattern: /\b65_536\b/,
    home: 'limits.ts',
    exceptions: { 'cli/load-snapshot.ts': 'how much of a file is read to see what it is' },
    copy: 'const mostBytes = 65_536;',
  },
  {
    name: 'ids of consumer groups',
    pattern: /\{1,200\}\$\/|_\+=\.@\]\{/,
    home: 'limits.ts',
    copy: '/^[a-zA-Z0-9\\-/*:_+=.@]{1,200}$/',
  },
  {
    name: 'states that pass',
    pattern: /\['Creating', '/,
    home: 'mapping-api.ts',
    exceptions: {
      'aws/states.ts': 'states of a KMS key',
      'catalogue/function-reasons.ts': 'reasons of a function’s state',
    },
    copy: "new Set(['Creating', 'Updating'])",
  },
  {
    name: 'domains of partitions',
    pattern: /(['"`])amazonaws\.com(\.cn)?\1/,
    home: 'partitions.ts',
    copy: "partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'",
  },
  { name: 'partitions by region', pattern: /(['"`])cn-\1/, home: 'partitions.ts', copy: "'cn-': 'aws-cn'" },
  {
    name: 'the service principal of Lambda',
    pattern: /'lambda\.amazonaws\.com'/,
    home: 'partitions.ts',
    exceptions: { 'sandbox/healthy/rights.ts': 'a policy document as the account has it' },
    copy: "Principal: { Service: 'lambda.amazonaws.com' }",
  },
];

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !path.startsWith('sandbox/accounts/'))
  .map((path) => ({ path, text: readFileSync(new URL(path, source), 'utf8') }));

describe.each(facts)('$name', ({ pattern, home, exceptions = {}, copy }) => {
  test('stands in one file', () =>
    expect(
      files
        .filter(({ text }) => pattern.test(text))
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual([`aws/${home}`, ...Object.keys(exceptions)].toSorted()));
  test('would be found a second time', () => expect(pattern.test(copy)).toBe(true));
});
