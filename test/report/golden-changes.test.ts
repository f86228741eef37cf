/** The text of the commands that change something, like golden.test.ts. `vitest run -u` updates the files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { keyArn } from '../../src/sandbox/healthy.js';
import { compareWithFiles } from './support/golden.js';

const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-golden-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const undoFile = join(folder, 'undo.json');
const mappingFile = join(folder, 'mappings.yaml');
writeFileSync(
  mappingFile,
  [
    'mappings:',
    '  - function: order-handler',
    '    cluster: orders-cluster',
    '    topic: orders',
    '    startingPosition: TRIM_HORIZON',
    '    batchSize: 50',
    '  - function: report-builder',
    '    cluster: orders-cluster',
    '    topic: orders',
    '    startingPosition: LATEST',
    '',
  ].join('\n'),
);

const newUuid = '00000000-0000-4000-8000-000000000000';

const on = (line: string, sandbox: string): string[] => [...line.split(' '), '--sandbox', sandbox];
const create = 'create --function order-handler --cluster orders-cluster --topic payments --starting-position LATEST';
const repaired = on(`doctor --fix --yes --undo-file ${undoFile}`, 'no-self-reference');

compareWithFiles(
  {
    'create-dry-run': [on(`${create} --dry-run`, 'rights-by-wildcard')],
    'create-blocked': [on(`${create} --yes`, 'endpoints')],
    'create-done': [on(`${create} --yes --no-wait`, 'rights-by-wildcard')],
    update: [on('update order-handler --batch-size 7 --yes', 'endpoints')],
    'delete-dry-run': [on('delete order-handler --dry-run', 'endpoints')],
    'recreate-dry-run': [on('recreate order-handler --topic audit --dry-run', 'rights-by-wildcard')],
    disable: [on('disable order-handler --yes', 'endpoints')],
    'enable-dry-run': [on('enable order-handler --dry-run', 'disabled')],
    'apply-dry-run': [on(`apply --file ${mappingFile} --dry-run`, 'several')],
    'topic-create-dry-run': [on('topic create orders-cluster --topic refunds --dry-run', 'endpoints')],
    'secret-create-dry-run': [
      on(
        `secret create AmazonMSK_new --username reader --password-stdin --kms-key ${keyArn} --cluster orders-cluster --dry-run`,
        'scram',
      ),
    ],
    'doctor-plan': [on('doctor --plan', 'nat-blackhole')],
    'doctor-plan-several': [on('doctor --plan', 'several')],
    'doctor-fix-dry-run': [on('doctor --fix --dry-run', 'no-self-reference')],
    'doctor-fix': [repaired],
    'undo-dry-run': [repaired, on(`undo ${undoFile} --dry-run`, 'endpoints')],
  },
  {
    input: 'not-shown\n',
    before: () => rmSync(undoFile, { force: true }),
    // The UUID of a new mapping is random.
    replace: (text) =>
      text
        .replaceAll(folder, '/folder')
        .replaceAll(
          /\b(?!5f1c9a52-|8a1b2c3d-|1c2d3e4f-|0f9e8d7c-)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g,
          newUuid,
        ),
  },
);
