/** `npm run oracle:network -- --topologies 5000 --seed N`: as many topologies as one likes, in the terminal. */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { leftOut } from '../left-out.js';
import { missingTool, tour } from './tour.js';

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const { values } = parseArgs({
  options: {
    topologies: { type: 'string', default: '300' },
    seed: { type: 'string' },
    labs: { type: 'string', default: '2' },
  },
});

if (!leftOut('the network against the kernel', missingTool())) {
  const seed = Number(values.seed ?? randomInt(2 ** 31));
  console.log(`seed ${seed}`);
  const started = Date.now();
  const result = await tour(Number(values.topologies), seed, {
    labs: Number(values.labs),
    onProgress: (done) => done % 100 === 0 && console.log(`${done} topologies`),
  });
  const { disagreements, ...counts } = result;
  for (const { topology, says } of disagreements) console.log(`${says.join('\n')}\n${JSON.stringify(topology)}`);
  console.log(
    JSON.stringify({
      ...counts,
      disagreements: disagreements.length,
      seconds: Math.round((Date.now() - started) / 1000),
    }),
  );
  process.exitCode = disagreements.length === 0 ? 0 : 1;
}
