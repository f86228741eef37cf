/** Writes schema/*.json from the code's own types. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { schemas } from '../src/report/documents/index.js';

mkdirSync(new URL('../schema/', import.meta.url), { recursive: true });
for (const [name, schema] of Object.entries(schemas)) writeFileSync(new URL(`../schema/${name}.v1.json`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
