/**
 * `doctor --fix` of several faults at once, on accounts that another's code keeps: ended at each of its changes, run
 * again, healthy; then both repairs undone, and the account is as it was broken.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { functionNameOf } from '../../../src/aws/function-arn.js';
import { problem } from '../../../src/sandbox/accounts/texts.js';
import { account, functionArn, uuid } from '../../accounts/account.js';
import { looksLikeTrace, run, spawnProgram } from '../../e2e/program.js';
import { leftOut } from '../left-out.js';
import { sendTo } from './calls.js';
import { startProxies, type Cut } from './cut-off.js';
import { missingMoto, startMoto, type Moto } from './server.js';
import { stateOf } from './state.js';
import { stories } from './stories.js';
import { buildWorld, policy, type World, type WorldOptions } from './world.js';

interface Broken {
  name: string;
  options: WorldOptions;
  breakIt(world: World): Promise<unknown>;
  /** Those of the whole plan, in order. */
  changes: string[];
}

const breakAs =
  (...names: string[]) =>
  async (world: World): Promise<void> => {
    for (const name of names) await stories.find((story) => story.name === name)!.breakIt(world);
  };

const accounts: Broken[] = [
  {
    name: 'permissions, a boundary, security groups, an endpoint and a network ACL',
    options: {},
    breakIt: breakAs(
      'no right on the topic',
      'the managed policy is detached',
      'a boundary without Kafka',
      'no endpoint for STS',
      'the endpoints’ group lets nobody in',
      'the cluster’s group does not let itself in',
      'a network ACL denies the brokers’ port',
    ),
    changes: [
      'CreateVpcEndpoint',
      'CreateNetworkAclEntry',
      'AuthorizeSecurityGroupIngress',
      'AuthorizeSecurityGroupIngress',
      'CreatePolicyVersion',
      'PutRolePolicy',
    ],
  },
  {
    name: 'a route, a trust policy, a key policy and the concurrency',
    options: { auth: 'scram', wayOut: 'nat' },
    breakIt: async (world) => {
      await breakAs(
        'the route to the NAT gateway is deleted',
        'the role trusts EC2',
        'no right on the secret',
        'the function has no concurrency',
      )(world);
      await world.send('kms', 'PutKeyPolicy', {
        KeyId: world.keyId,
        PolicyName: 'default',
        Policy: policy({
          Sid: 'Administrators',
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${account}:root` },
          Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:Put*'],
          Resource: '*',
        }),
      });
    },
    changes: [
      'CreateRoute',
      'PutKeyPolicy',
      'UpdateAssumeRolePolicy',
      'PutRolePolicy',
      `DELETE /2017-10-31/functions/${functionNameOf(functionArn)!}/concurrency`,
    ],
  },
];

describe.skipIf(leftOut('moto', missingMoto()))('a repair that is interrupted, in moto', () => {
  let moto: Moto;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'msk-lambda-moto-interrupted-'));
    moto = await startMoto();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await moto.stop();
  });

  const fixWords = (file: string) => ['doctor', uuid, '--fix', '--yes', '--allow-risky', '--undo-file', file];

  /** Returns the changes of the run that was ended. */
  async function endResumeAndUndo({ options, breakIt }: Broken, cut: Cut | null): Promise<string[]> {
    const world = await buildWorld(moto.url, sendTo(moto.url), options);
    const files = [1, 2].map((number) => join(folder, `${world.roleName}-${number}.json`));
    const inWorld = async (...words: string[]) => {
      const ran = await run(words, { env: world.env, folder });
      expect(looksLikeTrace(ran), ran.stderr).toBe(false);
      return ran;
    };
    let kill = (): void => {};
    const proxies = await startProxies(world.env, cut, () => kill());
    try {
      world.mapping().LastProcessingResult = problem('connection-error');
      await breakIt(world);
      const before = await stateOf(world);
      const ended = await spawnProgram(fixWords(files[0]!), {
        env: proxies.env,
        cwd: folder,
        started: (signal) => (kill = () => signal('SIGKILL')),
      });
      expect(ended.exitCode === null, ended.stderr).toBe(cut !== null);
      const resumed = cut === null ? ended : await inWorld(...fixWords(files[1]!));
      world.mapping().LastProcessingResult = 'OK';
      expect((await inWorld('doctor', uuid, '--quiet')).stdout, resumed.stderr).toBe(`${uuid} healthy -\n`);

      // A second run that finds nothing to repair writes no file.
      for (const file of files.filter((path) => existsSync(path)).toReversed()) {
        const undone = await inWorld('undo', file, '--yes');
        expect(undone.exitCode, undone.stdout + undone.stderr).toBe(0);
      }
      expect(await stateOf(world)).toEqual(before);
      return proxies.changes;
    } finally {
      await proxies.close();
      await world.close();
    }
  }

  describe.each(accounts)('$name', (broken) => {
    test('not interrupted: the whole plan in one run', async () => {
      expect(await endResumeAndUndo(broken, null)).toEqual(broken.changes);
    });

    const cuts = broken.changes.flatMap((change, index) =>
      (['before', 'after'] as const).map((when) => ({ change, when, number: index + 1 })),
    );
    test.each(cuts)('ended $when change $number, $change', async ({ when, number }) => {
      const made = await endResumeAndUndo(broken, { number, when });
      expect(made).toEqual(broken.changes.slice(0, number));
    });
  });
});
