/** `npm run build`: writes dist/. Prints warnings and errors only; rolldown's own command lists every chunk at any log level. */
import { rolldown } from 'rolldown';
import program, { probeFunction } from '../rolldown.config.js';

try {
  // The program first: it empties dist/.
  for (const config of [program, probeFunction]) {
    await using bundle = await rolldown(config);
    for (const output of [config.output ?? []].flat()) await bundle.write(output);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
