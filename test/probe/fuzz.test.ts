/** Damaged answers: the probe always ends with a result, and keeps no more than it was sent. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeResponse, type Api } from '../../src/kafka/api.js';
import { WireError } from '../../src/kafka/wire-error.js';
import { runProbe } from '../../src/probe/run-probe.js';
import { runs } from '../random/seed.js';
import { group, startCluster, topic } from './support/cluster.js';
import { probeInput } from './support/input.js';

/** A change of one answer: bytes replaced, cut off, repeated or added. */
const change = fc.record({
  answer: fc.nat(12),
  at: fc.nat(400),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  kind: fc.constantFrom('replace', 'insert', 'cut', 'repeat'),
  /** Whether the length word follows the change, so that the damage is inside of an answer. */
  consistent: fc.boolean(),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function damaged(frame: Buffer, { at, bytes, kind, consistent }: Change): Buffer {
  const start = (consistent ? 8 : 0) + (at % Math.max(1, frame.length - 8));
  const [before, after] = [frame.subarray(0, start), frame.subarray(start)];
  const changed = {
    replace: () => Buffer.concat([before, bytes, after.subarray(bytes.length)]),
    insert: () => Buffer.concat([before, bytes, after]),
    cut: () => before,
    repeat: () => Buffer.concat([frame, frame]),
  }[kind]();
  if (consistent && kind !== 'repeat' && changed.length >= 4) changed.writeInt32BE(changed.length - 4, 0);
  return Buffer.from(changed);
}

/** Clusters that are asked at the same time: a probe mostly waits for its limits. */
const width = 8;

test('damaged answers of a broker', { timeout: 600_000 }, async () => {
  const clusters = await Promise.all(Array.from({ length: width }, damagingCluster));
  try {
    const drawnForEach = fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), {
      minLength: width,
      maxLength: width,
    });
    await fc.assert(
      fc.asyncProperty(drawnForEach, async (drawn) => {
        await Promise.all(clusters.map((cluster, index) => expectResult(cluster, drawn[index]!)));
      }),
      { numRuns: runs(20) },
    );
  } finally {
    await Promise.all(clusters.map(({ cluster }) => cluster.stop()));
  }
});

async function damagingCluster() {
  const state = { changes: [] as readonly Change[], answers: 0 };
  const cluster = await startCluster({
    mutate(frame) {
      const index = state.answers++;
      const found = state.changes.find(({ answer }) => answer === index);
      return found === undefined ? frame : damaged(frame, found);
    },
  });
  return { cluster, state };
}

type Damaging = Awaited<ReturnType<typeof damagingCluster>>;

async function expectResult({ cluster, state }: Damaging, changes: readonly Change[]): Promise<void> {
  Object.assign(state, { changes, answers: 0 });
  // Cut answers and advertised addresses of nobody end at the limits.
  const limits = { step: 60, whole: 400 };
  const result = await runProbe(probeInput({ bootstrap: cluster.bootstrap, topic, group, limits }));
  expect(['reaches', 'blocked']).toContain(result.verdict);
  expect(result.stoppedAt === null).toBe(result.verdict === 'reaches');
  expect(JSON.stringify(result).length).toBeLessThan(100_000);
}

test('damaged answers, read without a connection', async () => {
  const frames: { frame: Buffer; api: Api; version: number }[] = [];
  const cluster = await startCluster({
    mutate(frame, api, version) {
      frames.push({ frame, api, version });
      return frame;
    },
  });
  await runProbe(probeInput({ bootstrap: cluster.bootstrap, topic, group }));
  await cluster.stop();
  expect(frames.length).toBeGreaterThan(8);
  fc.assert(
    fc.property(fc.nat(frames.length - 1), change, (index, drawn) => {
      const { frame, api, version } = frames[index]!;
      try {
        decodeResponse(api, version, damaged(frame, { ...drawn, consistent: true }).subarray(8));
      } catch (error) {
        expect(error).toBeInstanceOf(WireError);
        expect(error).toMatchObject({ label: 'MALFORMED' });
      }
    }),
    { numRuns: 10_000 },
  );
});
