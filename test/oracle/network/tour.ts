/** Many topologies, one after another in each of some labs side by side. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import fc from 'fast-check';
import { topologies, type Topology } from '../../network/support/topology.js';
import { compare, type Compared } from './compare.js';
import { openLab, type Lab } from './lab.js';
import { shrink } from './shrink.js';

/** What this machine lacks; null where nothing is missing. */
export function missingTool(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it needs Linux and root';
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  const lacking = ['ip', 'nft'].filter((program) => !folders.some((folder) => isExecutable(join(folder, program))));
  if (lacking.length > 0) return `it needs ${lacking.join(' and ')} (iproute2, nftables)`;
  // Root in a container may lack the right.
  const space = `mskl${process.pid}-try`;
  const made = spawnSync('ip', ['netns', 'add', space], { stdio: 'ignore' }).status === 0;
  if (made) spawnSync('ip', ['netns', 'del', space], { stdio: 'ignore' });
  return made ? null : 'it needs the right to make network namespaces';
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface Tour {
  seed: number;
  topologies: number;
  decided: number;
  undecided: number;
  open: number;
  /** Each shrunk, with what is wrong about it. */
  disagreements: { topology: Topology; says: string[] }[];
}

/** `onProgress` is told after each. More than a few disagreements end the tour. */
export async function tour(
  count: number,
  seed: number,
  { labs = 2, onProgress = () => {} }: { labs?: number; onProgress?: (done: number) => void } = {},
): Promise<Tour> {
  const left = fc.sample(topologies, { numRuns: count, seed });
  const result: Tour = { seed, topologies: 0, decided: 0, undecided: 0, open: 0, disagreements: [] };
  const work = async (lab: Lab): Promise<void> => {
    for (let topology = left.pop(); topology !== undefined && result.disagreements.length < 5; topology = left.pop()) {
      const compared: Compared = await compare(lab, topology);
      result.topologies++;
      for (const key of ['decided', 'undecided', 'open'] as const) result[key] += compared[key];
      if (compared.disagreements.length > 0) {
        const small = await shrink(topology, async (smaller) => (await compare(lab, smaller)).disagreements.length > 0);
        result.disagreements.push({ topology: small, says: (await compare(lab, small)).disagreements });
      }
      onProgress(result.topologies);
    }
  };
  await Promise.all(
    Array.from({ length: labs }, async (_, index) => {
      const lab = await openLab(`mskl${process.pid}-${index}`);
      try {
        await work(lab);
      } finally {
        await lab.close();
      }
    }),
  );
  return result;
}
