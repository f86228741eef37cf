/** Every JSON answer against the schema that ships; the shipped files against the code. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import * as z from 'zod/mini';
import { afterAll, describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands/index.js';
import type { AnyCommand } from '../../src/cli/define-command.js';
import type { Io } from '../../src/cli/io.js';
import { buildEvent } from '../../src/event/build-event.js';
import { mappingFileSchema } from '../../src/mapping/file.js';
import { formatUndoFile, newUndoFile } from '../../src/plan/undo/undo-file.js';
import { schemas } from '../../src/report/documents/index.js';
import { openAccount, sandboxAccounts } from '../../src/sandbox/index.js';
import { formatSnapshot } from '../../src/snapshot/file.js';
import { clusterArn, keyArn, secretArn, uuid } from '../accounts/account.js';
import { runInProcess } from '../cli/in-process.js';
import { oneIn } from '../random/seed.js';
import { healthy, toYaml } from '../template/support/healthy.js';

const shipped = new URL('../../schema/', import.meta.url);
const schemaOf = (name: string): object =>
  JSON.parse(readFileSync(new URL(`${name}.v1.json`, shipped), 'utf8')) as object;

/** A schema that is left open for later members, closed: what is printed today is all described. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  return 'properties' in schema && !('additionalProperties' in schema)
    ? { ...inner, additionalProperties: false }
    : inner;
}

const validators = new Map<string, ValidateFunction>();
function expectValid(name: string, stdout: string, what: string): void {
  // An intersection cannot be closed part by part.
  const schema = name === 'inspect' ? schemaOf(name) : (closed(schemaOf(name)) as object);
  const validate = validators.get(name) ?? new Ajv2020({ strict: false }).compile(schema);
  validators.set(name, validate);
  expect(
    validate(JSON.parse(stdout))
      ? []
      : validate.errors?.map(
          ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
        ),
    what,
  ).toEqual([]);
}

const create = [
  'create',
  '--function',
  'order-handler',
  '--cluster',
  'orders-cluster',
  '--topic',
  'payments',
  '--starting-position',
  'LATEST',
  '--dry-run',
];
const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-schemas-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const undoFile = join(folder, 'undo.json');
writeFileSync(
  undoFile,
  formatUndoFile(
    newUndoFile({
      account: '111122223333',
      region: 'eu-west-1',
      at: '2026-11-24T10:00:00.000Z',
      steps: [
        {
          id: 'step-1',
          resource: secretArn,
          reason: 'The secret is scheduled for deletion.',
          call: { service: 'secretsmanager', operation: 'RestoreSecret', input: { SecretId: secretArn } },
          undo: { service: 'secretsmanager', operation: 'DeleteSecret', input: { SecretId: secretArn } },
          outcome: 'made',
          undoneAt: null,
        },
      ],
    }),
  ),
);

/** Command lines that print a document, with the name of its schema. */
const lines: [schema: string, words: string[]][] = [
  ['doctor', ['doctor']],
  ['baseline-update', ['baseline', 'update', join(folder, 'baseline.json')]],
  ['doctor', ['doctor', '--baseline', join(folder, 'baseline.json')]],
  ['doctor', ['doctor', '--plan']],
  ['doctor', ['doctor', '--fix', '--yes']],
  ['list', ['list']],
  ['lag', ['lag', uuid]],
  ['alarms', ['alarms', uuid]],
  ['alarms', ['alarms', uuid, '--apply', '--yes']],
  ['inspect', ['inspect']],
  ['network', ['network']],
  ['broker', ['broker', uuid]],
  ['broker', ['broker', clusterArn]],
  ['policy', ['policy', uuid]],
  ['policy', ['policy', '--for', 'doctor']],
  ['policy', ['policy', uuid, '--for', 'doctor', '--only-missing']],
  ['policy', ['policy', uuid, '--for', 'lambda-endpoint']],
  ['policy-check', ['policy', uuid, '--check', 'order-handler-role']],
  ['explain', ['explain', uuid]],
  ['event-invoke', ['event', 'invoke', uuid, '--value', 'x', '--yes']],
  ['event-invoke', ['event', 'invoke', 'order-handler', '--value', 'x', '--dry-run']],
  ['topic-list', ['topic', 'list', clusterArn]],
  [
    'topic-create',
    [
      'topic',
      'create',
      clusterArn,
      '--topic',
      'returns',
      '--partitions',
      '3',
      '--replication-factor',
      '3',
      '--dry-run',
    ],
  ],
  ['secret-check', ['secret', 'check', secretArn]],
  [
    'secret-create',
    ['secret', 'create', 'made', '--username', 'reader', '--kms-key', keyArn, '--password-stdin', '--dry-run'],
  ],
  ['undo', ['undo', undoFile, '--dry-run']],
  ['change', create],
  ['change', [...create.slice(0, -1), '--yes', '--no-wait']],
  ['change', ['update', uuid, '--batch-size', '50', '--dry-run']],
  ['change', ['disable', uuid, '--dry-run']],
  ['change', ['enable', uuid, '--dry-run']],
  ['change', ['delete', uuid, '--dry-run']],
  ['change', ['recreate', uuid, '--topic', 'payments', '--starting-position', 'TRIM_HORIZON', '--dry-run']],
];

/** What a script gives on stdin. */
const typed = (text: string) => Readable.from([text]) as unknown as Io['stdin'];

const lookUps = [
  'event-invoke',
  'secret-check',
  'secret-create',
  'change',
  'policy',
  'policy-check',
  'topic-list',
  'topic-create',
  'explain',
];

describe.each(sandboxAccounts.map(({ name }, index) => [name, index] as const))('%s', (account, index) => {
  test('its documents', async () => {
    for (const [schema, words] of oneIn(5, lines, index)) {
      const ran = await runInProcess([...words, '--sandbox', account, '--output', 'json'], {
        stdin: typed('a made-up word\n'),
      });
      // Wrong usage has no document: the topic may be there, or the cluster may not. Nor has what could not be looked up.
      if (ran.stdout === '' && (ran.exitCode === 2 || (ran.exitCode === 3 && lookUps.includes(schema))))
        expect(ran.stderr).not.toBe('');
      else expectValid(schema, ran.stdout, words.join(' '));
    }
  });

  test('the document of apply', async () => {
    const printed = await runInProcess(['apply', '--print-file', '--sandbox', account]);
    writeFileSync(join(folder, 'mappings.yaml'), printed.stdout);
    const ran = await runInProcess([
      'apply',
      '-f',
      join(folder, 'mappings.yaml'),
      '--dry-run',
      '--sandbox',
      account,
      '--output',
      'json',
    ]);
    // A function or cluster that does not exist is wrong usage, which has no document.
    if (ran.stdout === '' && ran.exitCode === 2) expect(ran.stderr).toMatch(/(Function|MSK cluster) not found/);
    else expectValid('change', ran.stdout, `apply: ${ran.stderr}`);
  });
});

describe('documents that depend on no account', () => {
  const file = (name: string) => {
    writeFileSync(join(folder, name), formatSnapshot(openAccount(name)!.snapshot()));
    return join(folder, name);
  };

  const event = join(folder, 'event.json');
  writeFileSync(
    event,
    JSON.stringify(
      buildEvent([{ topic: 't', partition: 0, offset: 1, timestamp: 2, key: null, value: null, headers: [] }], {
        bootstrapServers: 'b:9092',
      }),
    ),
  );

  const template = join(folder, 'template.yaml');
  const faulty = healthy({ auth: 'scram' });
  delete faulty.Resources['Association'];
  delete faulty.Resources['Mapping']!.Properties['StartingPosition'];
  faulty.Resources['Mapping']!.Metadata = {
    'msk-lambda': { ignore: [{ check: 'template.creation-order', reason: 'known', until: '2999-01-01' }] },
  };
  writeFileSync(template, toYaml(faulty));

  test.each<[string, string[]]>([
    ['explain-list', ['explain', '--list']],
    ['explain', ['explain', 'network.aws-path']],
    ['explain', ['explain', 'Cluster failed to authorize Lambda']],
    ['explain', ['explain', 'never seen']],
    ['sandbox-list', ['sandbox', 'list']],
    ['completion', ['completion', 'powershell']],
    ['lint', ['lint', template]],
    ['baseline-update', ['baseline', 'update', join(folder, 'templates.json'), '--lint', template]],
    ['lint', ['lint', template, '--baseline', join(folder, 'templates.json')]],
    ['event', ['event', 'generate', '--key', 'k', '--value', '{}', '--header', 'h=é']],
    ['event', ['event', 'from-log', event]],
    ['event-decode', ['event', 'decode', event]],
    ['replay', ['replay', '--sandbox', 'poison-pill', '--from', 'start']],
    ['snapshot-diff', ['snapshot', 'diff', file('nat'), file('nat-blackhole')]],
    ['snapshot-diff', ['snapshot', 'diff', file('scram'), file('endpoints')]],
  ])('%s', async (schema, words) =>
    expectValid(schema, (await runInProcess([...words, '--output', 'json'])).stdout, words.join(' ')),
  );
});

test('a probe of an address where nothing listens', async () => {
  const { stdout, exitCode } = await runInProcess(
    'probe --bootstrap 127.0.0.1:9 --auth plaintext --topic orders --output json'.split(' '),
  );
  expect(exitCode).toBe(1);
  expectValid('probe', stdout, 'probe');
});

test('the lines of watch', async () => {
  const ran = await runInProcess(['watch', '--sandbox', 'nat', '--until', 'healthy', '--output', 'jsonl']);
  expect(ran.exitCode).toBe(0);
  expectValid('watch', ran.stdout, 'watch');
});

test('every command that prints JSON is tried', () => {
  const names = (list: readonly AnyCommand[], path: string[] = []): string[] =>
    list.flatMap(({ name, options = [], commands: children = [] }) => [
      ...(options.some(({ long, argChoices }) => long === '--output' && argChoices?.includes('json'))
        ? [[...path, name].join(' ')]
        : []),
      ...names(children, [...path, name]),
    ]);
  const tried = [
    ...lines.map(([, words]) => words),
    ['explain'],
    ['probe'],
    ['watch'],
    ['replay'],
    ['apply'],
    ['sandbox', 'list'],
    ['lint'],
    ['completion'],
    ['snapshot', 'diff'],
    ['event', 'generate'],
    ['event', 'decode'],
    ['event', 'from-log'],
  ].map((words) => words.join(' '));
  expect(
    names(commands).filter((name) => !tried.some((line) => line === name || line.startsWith(`${name} `))),
    'commands that `lines` in this file has to name, with their schemas',
  ).toEqual([]);
});

test('a baseline file', async () => {
  const file = join(folder, 'shipped.json');
  await runInProcess(['baseline', 'update', file, '--sandbox']);
  expectValid('baseline', readFileSync(file, 'utf8'), file);
});

test('the shipped schemas are those of the code: run `npm run generate` otherwise', () => {
  const generated: Record<string, object> = {
    ...schemas,
    'mapping-file': { title: 'msk-lambda file of mappings', ...z.toJSONSchema(mappingFileSchema, { io: 'input' }) },
  };
  expect(readdirSync(shipped).toSorted()).toEqual(
    Object.keys(generated)
      .map((name) => `${name}.v1.json`)
      .toSorted(),
  );
  for (const [name, schema] of Object.entries(generated))
    expect(schemaOf(name), name).toEqual(JSON.parse(JSON.stringify(schema)));
});
