/** `doctor --fix` and `undo` over HTTP: the built program on accounts in which something is broken. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorDocument } from '../../src/report/documents/doctor.js';
import type { UndoDocument } from '../../src/report/documents/undo.js';
import { openAccount } from '../../src/sandbox/index.js';
import type { Answerer } from '../../src/account/clients.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { startDouble, type Double, type Fault } from '../wire/double.js';
import { looksLikeTrace, run, spawnProgram } from './program.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'msk-lambda-fix-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One of each kind of change. */
const faults = [
  'nat-blackhole',
  'no-self-reference',
  'https-egress',
  'acl-without-answers',
  'endpoint-policy',
  'private-dns-off',
  'vpc-dns-off',
  'managed-policy-only',
  'explicit-deny',
  'trust',
  'key-disabled',
  'secret-not-associated',
  'concurrency-zero',
  'stopped-by-lambda',
  'scram-not-enabled',
];

/** Without what AWS writes by itself: times, and what Lambda shows. */
const comparable = ({ mappings, ...rest }: Snapshot): Snapshot => ({
  ...rest,
  mappings: Object.fromEntries(
    Object.entries(mappings).map(([uuid, read]) => [
      uuid,
      read.outcome === 'ok'
        ? {
            ...read,
            value: {
              ...read.value,
              LastModified: '',
              LastProcessingResult: '',
              StateTransitionReason: '',
              State: String(read.value.State).startsWith('Disabl') ? 'Disabled' : 'Enabled',
            },
          }
        : read,
    ]),
  ),
});

interface Served {
  double: Double;
  account(): Snapshot;
  fix(...words: string[]): Promise<{ exitCode: number | null; document: DoctorDocument; stderr: string }>;
  undo(path: string, ...words: string[]): Promise<{ exitCode: number | null; document: UndoDocument }>;
  /** Changes the account past the program. */
  change(service: string, operation: string, input: object): Promise<object>;
}

const isChange = (call: string): boolean => !/ (Get|List|Describe|Filter|Head)/.test(call);

/** `faultOf`: of the calls that change the account, by their number from 1. */
async function serve(name: string, faultOf?: (number: number) => Fault | undefined): Promise<Served> {
  const sandbox = openAccount(name)!;
  let changes = 0;
  const double = await startDouble(sandbox.answer as Answerer, (call) =>
    isChange(call) ? faultOf?.((changes += 1)) : undefined,
  );
  const json = async (words: string[]) => {
    const ran = await run([...words, '--output', 'json'], { env: { AWS_ENDPOINT_URL: double.url }, folder });
    expect(looksLikeTrace(ran), ran.stderr).toBe(false);
    expect(ran.stdout, ran.stderr).not.toBe('');
    return { exitCode: ran.exitCode, document: JSON.parse(ran.stdout) as never, stderr: ran.stderr };
  };
  return {
    double,
    change: (service, operation, input) => sandbox.answer({ service, operation, input }),
    account: () => comparable(structuredClone(sandbox.snapshot())),
    fix: (...words) => json(['doctor', '--fix', '--yes', '--no-wait', ...words]),
    undo: (path, ...words) => json(['undo', path, '--yes', ...words]),
  };
}

const failing = ({ mappings }: DoctorDocument) =>
  mappings.flatMap(({ findings }) => findings.filter(({ status }) => status === 'fail').map(({ check }) => check));

describe('broken, fixed, healthy, undone', () => {
  test.each(faults)('%s', async (name) => {
    const { double, account, fix, undo } = await serve(name);
    try {
      const before = account();
      const fixed = await fix();
      expect([fixed.exitCode, failing(fixed.document)], fixed.stderr).toEqual([0, []]);
      expect(fixed.document.changed).toBeGreaterThan(0);
      expect(account()).not.toEqual(before);
      const undone = await undo(fixed.document.undoFile!);
      expect([undone.exitCode, undone.document]).toMatchObject([
        0,
        { changed: fixed.document.changed, outcome: 'done' },
      ]);
      expect(account()).toEqual(before);
      const again = await undo(fixed.document.undoFile!);
      expect([again.exitCode, again.document.changed]).toEqual([0, 0]);
    } finally {
      await double.close();
    }
  });
});

/** Several steps of several kinds. */
const several = ['nat-blackhole', 'public-subnets', 'acl-without-answers', 'managed-policy-only', 'stopped-by-lambda'];
const outcomes = ({ plan }: DoctorDocument) =>
  plan!.steps.filter(({ isChosen }) => isChosen).map(({ outcome }) => outcome);

describe('cut off', () => {
  test.each(several)('%s: an answer that is lost, at each call: the call counts as made', async (name) => {
    const whole = await serve(name);
    const { document } = await whole.fix();
    await whole.double.close();
    for (let at = 1; at <= document.changed!; at++) {
      const { double, account, fix, undo } = await serve(name, (number) => (number === at ? 'cut-after' : undefined));
      try {
        const before = account();
        const fixed = await fix();
        expect([fixed.exitCode, failing(fixed.document)], fixed.stderr).toEqual([0, []]);
        expect(outcomes(fixed.document)).toEqual(outcomes(document));
        await undo(fixed.document.undoFile!);
        expect(account()).toEqual(before);
      } finally {
        await double.close();
      }
    }
  });

  test.each(several)(
    '%s: AWS out of reach from each call on: what is made is said, and a second run completes it',
    async (name) => {
      const whole = await serve(name);
      const { document } = await whole.fix();
      await whole.double.close();
      for (let at = 1; at <= document.changed!; at++) {
        let isDown = true;
        const { double, account, fix, undo } = await serve(name, (number) =>
          isDown && number >= at ? 'reset' : undefined,
        );
        try {
          const before = account();
          const stopped = await fix();
          const expected = outcomes(document).map((_, index) =>
            index + 1 < at ? 'made' : index + 1 === at ? 'refused' : 'not-made',
          );
          expect([stopped.exitCode, outcomes(stopped.document)], stopped.stderr).toEqual([1, expected]);
          isDown = false;
          const completed = await fix();
          expect([completed.exitCode, failing(completed.document)], completed.stderr).toEqual([0, []]);
          for (const file of [completed.document.undoFile, stopped.document.undoFile])
            if (file !== null && file !== undefined) expect((await undo(file)).exitCode).toBe(0);
          expect(account()).toEqual(before);
        } finally {
          await double.close();
        }
      }
    },
  );

  test('a step that AWS refuses: the steps after it are not made', async () => {
    const { double, fix } = await serve('nat-blackhole', (number) => (number === 2 ? 'denied' : undefined));
    try {
      const { exitCode, document, stderr } = await fix();
      expect([exitCode, document.changed, outcomes(document)]).toEqual([1, 1, ['made', 'refused', 'not-made']]);
      expect(document.plan!.steps[1]!.because).toMatch(/ec2:CreateVpcEndpoint/);
      expect(stderr).toMatch(/✓ 1\/3 .*\n✗ 2\/3 Create an interface endpoint for STS/);
    } finally {
      await double.close();
    }
  });
});

describe('undo', () => {
  test('leaves what somebody has changed since', async () => {
    const { double, account, fix, undo, change } = await serve('managed-policy-only');
    try {
      const { document } = await fix();
      const [step] = document.plan!.steps;
      await change('iam', 'PutRolePolicy', {
        ...step!.input,
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [] }),
      });
      const changed = account();
      const undone = await undo(document.undoFile!);
      expect([undone.exitCode, undone.document]).toMatchObject([
        1,
        {
          changed: 0,
          outcome: 'failed',
          steps: [{ outcome: 'changed', because: expect.stringContaining('has changed since') as string }],
        },
      ]);
      expect(account()).toEqual(changed);
    } finally {
      await double.close();
    }
  });

  test('an answer that is lost counts as made, and a refusal does not stop the other steps', async () => {
    for (const [fault, exitCode, changed] of [
      ['cut-after', 0, 3],
      ['denied', 1, 2],
    ] as const) {
      const { double, fix, undo } = await serve('nat-blackhole', (number) => (number === 4 ? fault : undefined));
      try {
        const { document } = await fix();
        const undone = await undo(document.undoFile!);
        expect([undone.exitCode, undone.document.changed], fault).toEqual([exitCode, changed]);
        expect((await undo(document.undoFile!)).exitCode).toBe(0);
      } finally {
        await double.close();
      }
    }
  });
});

describe('interrupted', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s: says what was made and how to undo it', async (signal) => {
    const sandbox = openAccount('nat-blackhole')!;
    const before = comparable(structuredClone(sandbox.snapshot()));
    let changes = 0;
    let isHung = true;
    let kill: (name: NodeJS.Signals) => void = () => {};
    const double = await startDouble(sandbox.answer as Answerer, (call) => {
      if (!isHung || !isChange(call) || (changes += 1) < 2) return undefined;
      kill(signal);
      return 'hung';
    });
    const env = { AWS_ENDPOINT_URL: double.url };
    try {
      const { exitCode, stdout, stderr } = await spawnProgram(['doctor', '--fix', '--yes'], {
        env,
        cwd: folder,
        started: (send) => (kill = send),
      });
      expect([exitCode, stdout], stderr).toEqual([130, '']);
      expect(stderr).toMatch(/\nMade: step 1 of 3 \(ec2 CreateVpcEndpoint /);
      expect(stderr).toMatch(/\nAWS did not answer yet and may have made step 2 of 3 /);
      const path = /To revert the changes: msk-lambda undo (\S+)/.exec(stderr)?.[1] ?? '';
      isHung = false;
      const undone = await run(['undo', path, '--yes', '--output', 'json'], { env });
      expect([undone.exitCode, JSON.parse(undone.stdout)]).toMatchObject([0, { changed: 1, outcome: 'done' }]);
      expect(comparable(structuredClone(sandbox.snapshot()))).toEqual(before);
    } finally {
      await double.close();
    }
  });
});

describe('what --fix --yes does not do', () => {
  test.each([
    ['topic-misspelt', /recreate/],
    ['permissions-boundary', /--allow-risky/],
  ])('%s: nothing is changed, and the way is named', async (name, way) => {
    const { double, fix } = await serve(name);
    try {
      const { exitCode, document, stderr } = await fix();
      expect([exitCode, document.changed, document.undoFile]).toEqual([1, 0, null]);
      expect(stderr).toMatch(way);
      expect(double.requests.filter(isChange)).toEqual([]);
    } finally {
      await double.close();
    }
  });

  test('a disabled mapping among others stays disabled, and nothing is created', async () => {
    const { double, fix } = await serve('several');
    try {
      const { document } = await fix();
      expect(document.mappings.some(({ observed }) => observed.state === 'Disabled')).toBe(true);
      expect(double.requests.filter(isChange).filter((call) => /lambda|CreateTopic/.test(call))).toEqual([]);
    } finally {
      await double.close();
    }
  });
});
