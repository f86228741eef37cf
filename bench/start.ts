/** How long the program takes to say anything, against Node itself. */
import { launcher, median, row, timeOf } from './support/child.js';

// Node 20 reads these certificates whenever it starts, which takes longer than all else and makes the two alike.
delete process.env['NODE_EXTRA_CA_CERTS'];

const pairs = 25;
const run = (words: readonly string[]) => timeOf(process.execPath, words)!;
for (const words of [
  [launcher, '--help'],
  ['-e', '0'],
])
  run(words);
// Pair by pair, so that whatever else the machine does falls on both.
const ratios: number[] = [];
const [help, bare]: [number[], number[]] = [[], []];
for (let pair = 0; pair < pairs; pair++) {
  help.push(run([launcher, '--help']));
  bare.push(run(['-e', '0']));
  ratios.push(help.at(-1)! / bare.at(-1)!);
}
row(
  '`--help` against `node -e 0`',
  `× ${median(ratios).toFixed(2)} (${median(help).toFixed(0)} ms, ${median(bare).toFixed(0)} ms)`,
  '× 1.25',
);
