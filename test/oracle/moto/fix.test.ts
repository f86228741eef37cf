/** `doctor --fix` by itself, on accounts that another's code keeps: the built program makes the calls, and looks again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problem } from '../../../src/sandbox/accounts/texts.js';
import { uuid } from '../../accounts/account.js';
import { looksLikeTrace, spawnProgram } from '../../e2e/program.js';
import { leftOut } from '../left-out.js';
import { sendTo } from './calls.js';
import { missingMoto, startMoto, type Moto } from './server.js';
import { stories } from './stories.js';
import { buildWorld } from './world.js';

const names = [
  'no endpoint for STS',
  'the cluster’s group does not let itself in',
  'a network ACL denies the brokers’ port',
  'the role trusts EC2',
  'the managed policy is detached',
  'no right on the topic',
  'the key is disabled',
  'the secret is scheduled for deletion',
];
const chosen = stories.filter(({ name }) => names.includes(name));

describe.skipIf(leftOut('moto', missingMoto()))('doctor --fix in moto', () => {
  let moto: Moto;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'msk-lambda-moto-fix-'));
    moto = await startMoto();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await moto.stop();
  });

  test('every story that is named is told', () =>
    expect(chosen.map(({ name }) => name).toSorted()).toEqual(names.toSorted()));

  test.each(chosen)('$name', async (story) => {
    const world = await buildWorld(moto.url, sendTo(moto.url), story.options);
    const doctor = async (...words: string[]) => {
      const ran = await spawnProgram(['doctor', uuid, ...words], { env: world.env, cwd: folder });
      expect(looksLikeTrace(ran)).toBe(false);
      return ran;
    };
    try {
      world.mapping().LastProcessingResult = problem(story.text);
      await story.breakIt(world);
      // Shown, and not made: it is as broken as before.
      const shown = await doctor('--fix', '--dry-run');
      expect(shown.stdout + shown.stderr).toMatch(/aws [a-z0-9]+ [a-z-]+/);
      expect((await doctor('--quiet')).stdout).toBe(`${uuid} broken ${story.firstCause}\n`);

      await doctor('--fix', '--yes');
      world.mapping().LastProcessingResult = 'OK';
      expect(await doctor('--quiet')).toMatchObject({ stdout: `${uuid} healthy -\n`, exitCode: 0 });
    } finally {
      await world.close();
    }
  });
});
