/** Makes the marked blocks of README.md and docs/README.md anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fillBlocks } from './readme-blocks.js';

for (const name of ['README.md', 'docs/README.md']) {
  const path = new URL(`../${name}`, import.meta.url);
  writeFileSync(path, await fillBlocks(readFileSync(path, 'utf8')));
}
