/** Accounts again with reads that fail: what is not read is not blamed, and what works stays healthy. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answerer } from '../../src/account/clients.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { openAccount, sandboxAccounts } from '../../src/sandbox/index.js';
import { capturedAt, uuid } from '../accounts/account.js';
import { awsError } from '../account/support/answer-from.js';
import { plainClients, readThrough } from '../account/support/read.js';
import { oneIn, runs } from '../random/seed.js';

type ErrorOf = (call: string) => Error | undefined;
const nameOf = (service: string, operation: string) => `${service} ${operation}`;

/** The diagnosis where `errorOf` says what a call gets instead of its answer. */
async function judge(name: string, errorOf: ErrorOf = () => undefined) {
  const { answer, snapshot: now } = openAccount(name, () => new Date(capturedAt))!;
  const answerer: Answerer = async (call) => {
    const error = errorOf(nameOf(call.service, call.operation));
    if (error !== undefined) throw error;
    return answer(call);
  };
  const { snapshot } = await readThrough(answerer, {
    targets: [uuid],
    clients: plainClients(answerer, now().region),
  });
  const [mapping] = diagnose(snapshot).mappings;
  const found = (...wanted: string[]) =>
    mapping!.findings.filter(({ status }) => wanted.includes(status)).map(({ check }) => check);
  const operations = [...new Set(snapshot.reads.map(({ service, operation }) => nameOf(service, operation)))];
  return {
    verdict: mapping!.verdict,
    causes: mapping!.causes,
    failed: found('fail'),
    found: found('fail', 'warn'),
    undecided: found('unknown'),
    consequences: mapping!.findings.flatMap(({ check, consequence }) => (consequence === undefined ? [] : [check])),
    operations,
  };
}

type Judged = Awaited<ReturnType<typeof judge>>;

function expectNoBlame(part: Judged, whole: Judged, mappingUnread: boolean): void {
  // A consequence is true without its cause too: where the cause cannot be read, it is reported alone.
  const expected = (found: string[]) => [...found, ...whole.consequences];
  expect(
    part.failed.filter((check) => !expected(whole.failed).includes(check)),
    'blamed',
  ).toEqual([]);
  expect(
    part.found.filter((check) => !expected(whole.found).includes(check)),
    'warned of',
  ).toEqual([]);
  if (mappingUnread) expect(part.verdict).toBe('unknown');
  else if (whole.verdict === 'healthy') expect(part.verdict).toBe('healthy');
  // What could not be read does not make a mapping doubtful that Lambda shows to work, but it is reported as not read.
  else if (part.verdict === 'healthy') expect(part.undecided).toEqual(expect.arrayContaining(whole.found));
  else expect([whole.verdict, 'unknown']).toContain(part.verdict);
}

const mappingRead = 'lambda GetEventSourceMapping';

describe('each operation denied in turn', () => {
  test.each(sandboxAccounts.map(({ name }, index) => [name, index] as const))('%s', async (name, index) => {
    const whole = await judge(name);
    for (const refused of oneIn(4, whole.operations, index))
      expectNoBlame(
        await judge(name, (call) => (call === refused ? awsError('AccessDeniedException', 403) : undefined)),
        whole,
        refused === mappingRead,
      );
  });
});

test('several operations fail together, each in its way', async () => {
  const wholes = new Map(
    await Promise.all(sandboxAccounts.map(async ({ name }) => [name, await judge(name)] as const)),
  );
  const failures = [
    awsError('AccessDeniedException', 403),
    awsError('ThrottlingException', 429),
    awsError('InternalFailure', 500),
    awsError('RequestTimedOut', 408),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...wholes.keys()),
      fc.infiniteStream(fc.option(fc.constantFrom(...failures), { freq: 2, nil: undefined })),
      async (name, draws) => {
        const whole = wholes.get(name)!;
        const errors = new Map(
          whole.operations.map((operation) => [operation, draws.next().value as Error | undefined]),
        );
        expectNoBlame(await judge(name, (call) => errors.get(call)), whole, errors.get(mappingRead) !== undefined);
      },
    ),
    { numRuns: runs(200) },
  );
});
