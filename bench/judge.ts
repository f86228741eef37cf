/** `doctor --snapshot` by the number of mappings: processor time and memory of the whole command, and how they grow. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatSnapshot } from '../src/snapshot/file.js';
import { manyMappings } from '../test/accounts/many.js';
import { measure, row } from './support/child.js';

const folder = mkdtempSync(join(tmpdir(), 'judge-'));
const spreads = {
  '100 a cluster and a function': (mappings: number) => ({ clusters: mappings / 100, functions: mappings / 100 }),
  'of one cluster, 100 a function': (mappings: number) => ({ clusters: 1, functions: mappings / 100 }),
};
for (const [name, sizeOf] of Object.entries(spreads)) {
  const times: number[] = [];
  for (const mappings of [1000, 10_000]) {
    const file = join(folder, `${mappings}.json`);
    writeFileSync(file, formatSnapshot(manyMappings({ mappings, ...sizeOf(mappings) })));
    for (const format of ['text', 'json']) {
      const { processor, peak } = await measure(['doctor', '--snapshot', file, '--output', format]);
      if (format === 'text') times.push(processor);
      row(
        `\`doctor --snapshot --output ${format}\`, ${mappings} mappings, ${name}`,
        `${(processor / 1000).toFixed(1)} s of the processor, ${peak.toFixed(0)} MB`,
        mappings === 10_000 ? '5 s, 300 MB' : '',
      );
    }
  }
  row(`– growth for × 10 mappings, ${name}`, `× ${(times[1]! / times[0]!).toFixed(1)}`, '× 10');
}
rmSync(folder, { recursive: true });
