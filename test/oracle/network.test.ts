/** The solver against the Linux kernel: random VPCs as namespaces, real connections. Everything stays in namespaces that the test makes and removes. */
import { expect, test } from 'vitest';
import { seed } from '../random/seed.js';
import { leftOut } from './left-out.js';
import { missingTool, tour } from './network/tour.js';

const topologies = 300;

test.skipIf(leftOut('the network against the kernel', missingTool()))(
  `${topologies} random VPCs, seed ${seed}`,
  async () => {
    const { disagreements, ...counts } = await tour(topologies, seed);
    console.log(`the network against the kernel: ${JSON.stringify(counts)}`);
    expect(disagreements.map(({ topology, says }) => `${says.join('; ')}\n${JSON.stringify(topology)}`)).toEqual([]);
    expect(counts.topologies).toBe(topologies);
    // Were most of it left open, or all of it shut, agreement would mean little.
    expect(counts.decided).toBeGreaterThan(10 * counts.undecided);
    expect(counts.open).toBeGreaterThan(counts.decided / 6);
  },
);
