/** `apply --dry-run` of new mappings: processor time by their number. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure, row } from './support/child.js';

const folder = mkdtempSync(join(tmpdir(), 'apply-'));
const file = join(folder, 'mappings.json');
const times: number[] = [];
for (const count of [1250, 5000]) {
  const mappings = Array.from({ length: count }, (_, index) => ({
    function: 'order-handler',
    cluster: 'orders-cluster',
    topic: `topic-${index}`,
    startingPosition: 'LATEST',
  }));
  writeFileSync(file, JSON.stringify({ mappings }));
  const { processor, peak } = await measure(['apply', '--sandbox', 'endpoints', '--dry-run', '--file', file]);
  times.push(processor);
  row(
    `\`apply --dry-run\` of ${count} new mappings`,
    `${(processor / 1000).toFixed(1)} s of the processor, ${peak.toFixed(0)} MB`,
    count === 5000 ? '5 s' : '',
  );
}
row('– growth for × 4 mappings', `× ${(times[1]! / times[0]!).toFixed(1)}`, '× 4');
rmSync(folder, { recursive: true });
