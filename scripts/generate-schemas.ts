/** Writes schema/*.json from the code's own types. */
import { mkdirSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { mappingFileSchema } from '../src/mapping/file.js';
import { schemas } from '../src/report/documents/index.js';

const files = {
  ...schemas,
  'mapping-file': { title: 'msk-lambda file of mappings', ...z.toJSONSchema(mappingFileSchema, { io: 'input' }) },
};

mkdirSync(new URL('../schema/', import.meta.url), { recursive: true });
for (const [name, schema] of Object.entries(files))
  writeFileSync(new URL(`../schema/${name}.v1.json`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
