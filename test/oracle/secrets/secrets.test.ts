/** Secrets of every kind, judged by us, by OpenSSL, and by the PEM key store of Apache Kafka's Java client. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { profileSecret } from '../../../src/secrets/profile.js';
import { holding, secretFindings, texts } from '../../checks/secret/judge.js';
import { accountWith, uuid, value } from '../../accounts/account.js';
import { seed } from '../../random/seed.js';
import { leftOut } from '../left-out.js';
import { buildCases, buildNames } from './cases.js';
import { loadAll, type Loaded, type PemCase } from './kafka-loader.js';
import { openSslIsStricter, reasonsToFail, reasonToFail } from './stricter.js';

const contentOf = ({ certificate, privateKey, password }: PemCase) => ({
  certificate,
  privateKey,
  ...(password === undefined ? {} : { privateKeyPassword: password }),
});

/** As in an account whose mapping shows an error: nothing excuses a fault. */
function judgeCase(pemCase: PemCase): { status: 'pass' | 'warn' | 'fail' | 'unknown'; faults: string } {
  const account = accountWith(
    (snapshot) => {
      value(snapshot.mappings, uuid).LastProcessingResult = texts.invalid;
      holding(contentOf(pemCase))(snapshot);
    },
    { auth: 'mtls' },
  );
  const findings = secretFindings(account);
  const status =
    (['fail', 'warn', 'unknown'] as const).find((pemCase) => findings.some((finding) => finding.status === pemCase)) ??
    'pass';
  return {
    status,
    faults: findings
      .filter((finding) => finding.status === status)
      .flatMap(({ evidence }) => evidence.map(({ fact }) => fact))
      .join('; '),
  };
}

const lacking = Object.entries({ java: '-version', javac: '-version', mvn: '-version', openssl: 'version' }).flatMap(
  ([name, flag]) => (spawnSync(name, [flag], { stdio: 'ignore' }).status === 0 ? [] : [name]),
);

describe.skipIf(
  leftOut('the loaders of secrets', lacking.length === 0 ? null : `this machine lacks ${lacking.join(', ')}`),
)(`secrets against their real loaders, seed ${seed}`, () => {
  let cases: PemCase[];
  let names: PemCase[];
  let loaded: Map<string, Loaded>;
  const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-oracle-'));

  beforeAll(() => {
    cases = buildCases(seed, 400);
    names = buildNames(seed, 400);
    loaded = loadAll([...cases, ...names]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('every case was tried by the loader', () => {
    expect(loaded.size).toBe(cases.length + names.length);
    expect(new Set([...loaded.values()].map(({ taken }) => taken))).toEqual(new Set([true, false]));
  });

  test('none that the Kafka client refuses is passed', () => {
    const passed = cases.filter((pemCase) => !loaded.get(pemCase.name)!.taken && judgeCase(pemCase).status === 'pass');
    expect(passed.map(({ name }) => `${name}: ${loaded.get(name)!.says}`)).toEqual([]);
  });

  test('what the Kafka client takes and we fail has a reason, and every reason is met', () => {
    const met = new Set<string>();
    const without = cases.flatMap((pemCase) => {
      if (!loaded.get(pemCase.name)!.taken) return [];
      const { status, faults } = judgeCase(pemCase);
      if (status !== 'fail') return [];
      const reason = reasonToFail(faults);
      if (reason === undefined) return [`${pemCase.name}: ${faults}`];
      met.add(reason);
      return [];
    });
    expect(without).toEqual([]);
    expect(reasonsToFail.filter((reason) => !met.has(reason))).toEqual([]);
  });

  test('what we pass OpenSSL opens, too: the key, and the chain that leads from it', () => {
    const refused = cases
      .filter((pemCase) => judgeCase(pemCase).status === 'pass' && !openSslIsStricter(pemCase.name))
      .flatMap((pemCase) => openSslRefuses(pemCase, folder));
    expect(refused).toEqual([]);
  });

  test('the principal is the one that Kafka sees', () => {
    const subjects = new Map(
      names.map((pemCase) => [pemCase.name, profileSecret({ text: JSON.stringify(contentOf(pemCase)) }).principal]),
    );
    const other = names.filter(({ name }) => subjects.get(name) !== `User:${loaded.get(name)!.says}`);
    expect(other.map(({ name }) => [subjects.get(name), loaded.get(name)!.says])).toEqual([]);
  });
});

/** Why OpenSSL's command does not open the key, or finds no way from the first certificate to the last. */
function openSslRefuses({ name, certificate, privateKey, password }: PemCase, folder: string): string[] {
  const openssl = (words: string[], input?: string) =>
    spawnSync('openssl', words, {
      input: input ?? '',
      encoding: 'utf8',
      env: { ...process.env, KEY_PASSWORD: password ?? '' },
    });
  // OpenSSL's command looks for a block at the start of a line only; Java does not.
  const flush = (text: string) => text.replaceAll(/^[^\S\n]+/gm, '');
  const key = openssl(
    ['pkey', '-noout', '-check', '-passin', 'env:KEY_PASSWORD', '-provider', 'default', '-provider', 'legacy'],
    flush(privateKey),
  );
  if (key.status !== 0) return [`${name}: key: ${key.stderr.split('\n')[0]}`];
  const blocks = flush(certificate).match(/-----BEGIN [A-Z0-9 ]*CERTIFICATE-----[\s\S]*?-----END [^-]*-----/g) ?? [];
  const files = { leaf: join(folder, 'leaf.pem'), rest: join(folder, 'rest.pem'), last: join(folder, 'last.pem') };
  writeFileSync(files.leaf, blocks[0] ?? '');
  writeFileSync(files.rest, blocks.slice(1, -1).join('\n'));
  writeFileSync(files.last, blocks.at(-1) ?? '');
  const chain = openssl([
    'verify',
    '-purpose',
    'sslclient',
    '-partial_chain',
    '-trusted',
    files.last,
    ...(blocks.length > 2 ? ['-untrusted', files.rest] : []),
    files.leaf,
  ]);
  return chain.status === 0 ? [] : [`${name}: chain: ${chain.stderr.replaceAll('\n', ' ')}`];
}
