/** Fills the generated blocks of the Markdown pages. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fillBlocks, pages } from './readme-blocks.js';

for (const name of pages) {
  const path = new URL(`../${name}`, import.meta.url);
  writeFileSync(path, await fillBlocks(readFileSync(path, 'utf8')));
}
