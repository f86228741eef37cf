/** Judging a snapshot that was read, by its size: time of the judgement, and the whole command with its memory. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diagnose } from '../src/diagnosis/diagnose.js';
import { formatSnapshot } from '../src/snapshot/file.js';
import { manyMappings } from '../test/accounts/many.js';
import { measure, row } from './support/child.js';

const folder = mkdtempSync(join(tmpdir(), 'judge-'));
diagnose(manyMappings({ mappings: 100, clusters: 2, functions: 20 }));
for (const mappings of [100, 1000, 10_000]) {
  const snapshot = manyMappings({ mappings, clusters: mappings / 50, functions: mappings / 5 });
  const before = process.cpuUsage();
  const started = performance.now();
  diagnose(snapshot);
  const took = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  const file = join(folder, `${mappings}.json`);
  writeFileSync(file, formatSnapshot(snapshot));
  const whole = await measure(['doctor', '--snapshot', file, '--quiet']);
  row(
    `judging ${mappings} mappings`,
    `${took.toFixed(0)} ms (${((user + system) / 1000).toFixed(0)} ms of the processor)`,
    mappings === 1000 ? '2000 ms' : '',
  );
  row(`\`doctor --snapshot\` of ${mappings}`, `${whole.milliseconds.toFixed(0)} ms, ${whole.peak.toFixed(0)} MB`);
}
rmSync(folder, { recursive: true });
