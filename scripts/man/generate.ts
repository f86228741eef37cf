/** Writes the man pages and removes those of commands that no longer exist. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { manPages } from './pages.js';

const folder = new URL('../../man/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const file of readdirSync(folder)) if (!manPages.has(file)) rmSync(new URL(file, folder));
for (const [file, text] of manPages) writeFileSync(new URL(file, folder), text);
