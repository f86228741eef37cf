/** The table of layers: the source follows it, what is generated from it is current, and each kind of fault is found. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { layerFaults } from '../../scripts/check-layers.js';
import { withLayerRules } from '../../scripts/generate-layers.js';
import type { Layer } from '../../scripts/layer.js';

const root = new URL('../../', import.meta.url);
let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Faults of a source folder with these files, in a table of three layers. */
function faultsOf(files: Record<string, string>, table: readonly Layer[] = threeLayers): string[] {
  folder = mkdtempSync(join(tmpdir(), 'msk-lambda-layers-'));
  const clean = { 'low/a.ts': '', 'middle/b.ts': "import '../low/a.js';\n", 'high/c.ts': '' };
  for (const [path, text] of Object.entries({ ...clean, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return layerFaults(folder, table);
}

const threeLayers: readonly Layer[] = [
  { name: 'low', holds: '', imports: [] },
  { name: 'middle', holds: '', imports: ['low'], packages: ['@aws-sdk/client-'] },
  { name: 'high', holds: '', imports: ['low', 'middle'] },
];

test('the import rules of the linter are those of the table', () => {
  const text = readFileSync(new URL('.oxlintrc.json', root), 'utf8');
  expect(JSON.parse(withLayerRules(text))).toEqual(JSON.parse(text));
});

test('the source follows the table, and no file leads back to itself', () =>
  expect(layerFaults(fileURLToPath(new URL('src', root)))).toEqual([]));

test('files that follow the table have no fault', () => expect(faultsOf({})).toEqual([]));

test.each<{ name: string; files: Record<string, string>; fault: string }>([
  {
    name: 'a folder that is not in the table',
    files: { 'kafka/probe.ts': '' },
    fault: 'src/kafka is not in the table of scripts/layers.ts',
  },
  {
    name: 'an import to a higher layer',
    files: { 'low/d.ts': "import '../high/c.js';\n" },
    fault: 'low may not import high',
  },
  {
    name: 'one that is only a type',
    files: { 'low/d.ts': "import type { C } from '../high/c.js';\n" },
    fault: 'low may not import high',
  },
  {
    name: 'one that is lazy',
    files: { 'low/d.ts': "export const load = () => import('../high/c.js');\n" },
    fault: 'low may not import high',
  },
  {
    name: 'a package of another layer',
    files: { 'high/d.ts': "import '@aws-sdk/client-ec2';\n" },
    fault: 'only middle may',
  },
  {
    name: 'a cycle of types',
    files: {
      'low/d.ts': "import type { E } from './e.js';\nexport type D = E;\n",
      'low/e.ts': "import type { D } from './d.js';\nexport type E = D | null;\n",
    },
    fault: 'these files import one another: src/low/d.ts, src/low/e.ts',
  },
  {
    name: 'a cycle that is half lazy',
    files: {
      'low/d.ts': "export const load = () => import('./e.js');\n",
      'low/e.ts': "export type E = import('./d.js').D;\n",
    },
    fault: 'these files import one another: src/low/d.ts, src/low/e.ts',
  },
])('$name is found', ({ files, fault }) => expect(faultsOf(files)).toEqual([expect.stringContaining(fault)]));

test('a table that allows an import upwards, or names what is not there, is wrong itself', () => {
  const upwards = threeLayers.map((layer) => (layer.name === 'low' ? { ...layer, imports: ['high'] } : layer));
  expect(faultsOf({}, [...upwards, { name: 'gone', holds: '', imports: [] }])).toEqual([
    'the table names gone, which is not in src',
    'the table lets low import high, which is not below it',
  ]);
});
