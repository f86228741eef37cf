/** Break, the right first cause, the fix's own calls, healthy: on accounts that another's code keeps. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorDocument } from '../../../src/report/documents/doctor.js';
import { problem } from '../../../src/sandbox/accounts/texts.js';
import { spawnProgram } from '../../e2e/program.js';
import { leftOut } from '../left-out.js';
import { sendTo } from './calls.js';
import { missingMoto, startMoto, type Moto } from './server.js';
import { stories, type Story } from './stories.js';
import { buildWorld, type World } from './world.js';

const doctor = async (world: World) => {
  const { stdout, exitCode } = await spawnProgram(['doctor', '--timeout', '120', '--output', 'json'], {
    env: world.env,
  });
  const document = JSON.parse(stdout) as DoctorDocument;
  return { mapping: document.mappings[0]!, reads: document.reads, exitCode };
};
const found = ({ mapping }: Awaited<ReturnType<typeof doctor>>, status: string) =>
  mapping.findings.filter((finding) => finding.status === status).map(({ check, title }) => `${check}: ${title}`);

/** As a person does it: what is named is mended, and what is then named in its place. */
async function repair(story: Story, world: World, first: Awaited<ReturnType<typeof doctor>>): Promise<void> {
  if (story.repair !== undefined) return void (await story.repair(world));
  let { mapping } = first;
  for (let round = 1; round <= 2; round += 1) {
    for (const {
      check,
      fixes: [fix],
      status,
    } of mapping.findings) {
      if (status !== 'fail' && status !== 'warn') continue;
      expect(fix?.changes.length, `no call repairs ${check}: ${fix?.title}`).toBeGreaterThan(0);
      for (const change of fix!.changes) await world.apply(change);
    }
    ({ mapping } = await doctor(world));
  }
}

describe.skipIf(leftOut('moto', missingMoto()))('stories in moto', () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto.stop());

  test.concurrent.each(stories)('$name', async (story) => {
    const world = await buildWorld(moto.url, sendTo(moto.url), story.options);
    try {
      world.mapping().LastProcessingResult = problem(story.text);
      await story.breakIt(world);
      const broken = await doctor(world);
      expect(
        broken.reads
          .filter(({ outcome }) => !['ok', 'not-found'].includes(outcome))
          .filter(({ operation }) => operation !== 'GetSecretValue'),
      ).toEqual([]);
      expect(broken.mapping.causes[0]?.check, found(broken, 'fail').join('\n')).toBe(story.firstCause);
      expect([broken.mapping.verdict, broken.exitCode]).toEqual(
        story.verdict === 'disabled' ? ['disabled', 0] : ['broken', 1],
      );

      await repair(story, world, broken);
      // Lambda's text outlives the repair: nothing is blamed for it any more.
      expect(found(await doctor(world), 'fail')).toEqual([]);
      world.mapping().LastProcessingResult = 'OK';
      const healed = await doctor(world);
      expect([healed.mapping.verdict, healed.exitCode], found(healed, 'warn').join('\n')).toEqual(['healthy', 0]);
    } finally {
      await world.close();
    }
  });
});
