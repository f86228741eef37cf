/** Runs every bench, one after another, each in a process of its own: `npm run bench [NAME…]`. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../bench/', import.meta.url));
const jiti = fileURLToPath(new URL('../node_modules/jiti/lib/jiti-cli.mjs', import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(folder).filter(
  (name) => name.endsWith('.ts') && (wanted.length === 0 || wanted.includes(name.replace('.ts', ''))),
);

console.log(
  `Node ${process.version}, ${cpus().length} processors (${cpus()[0]?.model ?? 'unknown'})\n\n| what | figure | target |\n| --- | --- | --- |`,
);
let failed = 0;
for (const name of files.toSorted())
  if (spawnSync(process.execPath, [jiti, `${folder}${name}`], { stdio: 'inherit' }).status !== 0) failed++;
process.exitCode = failed;
