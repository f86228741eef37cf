/** `watch` on a clock of its own: what is printed, when it ends, and how many AWS calls it makes. */
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { PassThrough } from 'node:stream';
import { Chalk } from 'chalk';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { createClients, type Answerer, type Clients } from '../../src/account/clients.js';
import { createIo, type Io } from '../../src/cli/io.js';
import { run } from '../../src/cli/commands/watch/run.js';
import type { WatchOptions } from '../../src/cli/commands/watch/options.js';
import { checks } from '../../src/checks/index.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { watchedOf, watchTable } from '../../src/report/watch-text.js';
import { openAccount } from '../../src/sandbox/index.js';
import { runInProcess } from './in-process.js';

const minute = 60_000;
const uuid = '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11';
const noConnection =
  'PROBLEM: Connection error. Your VPC must be able to connect to Lambda and STS, as well as Secrets Manager if authentication is required.';

/** Minutes since the start, and what Lambda shows then. */
type Script = (minutes: number) => object | Error;

interface World {
  account?: string;
  script?: Script;
  targets?: string[];
  /** The reader closes the pipe after so many lines. */
  closesAfter?: number;
  /** Called at each sleep. */
  onSleep?: (minutes: number) => void;
}

async function watch(
  options: Partial<WatchOptions>,
  { account = 'nat', script, targets = [], closesAfter, onSleep }: World = {},
) {
  const start = Date.parse('2026-11-24T10:00:00Z');
  let now = start;
  const minutes = () => Math.round((now - start) / minute);
  const sandbox = openAccount(account, () => new Date(now))!;
  const calls: string[] = [];
  const answerer: Answerer = async (call) => {
    calls.push(call.operation);
    const answer = (await sandbox.answer(call)) as { EventSourceMappings?: object[] };
    const shown = /EventSourceMapping/.test(call.operation) ? script?.(minutes()) : undefined;
    if (shown === undefined) return answer;
    if (shown instanceof Error) throw shown;
    return answer.EventSourceMappings === undefined
      ? { ...answer, ...shown }
      : { ...answer, EventSourceMappings: answer.EventSourceMappings.map((mapping) => ({ ...mapping, ...shown })) };
  };
  const clients: Clients = createClients({ region: 'eu-west-1', answerer });
  const written = { stdout: '', stderr: '' };
  const controller = new AbortController();
  const io = {
    ...createIo({
      stdout: {
        write: (text) => (written.stdout += text),
        get isClosed() {
          return written.stdout.split('\n').length - 1 === closesAfter;
        },
      },
      stderr: { write: (text) => (written.stderr += text) },
      stdin: new PassThrough(),
      env: {},
      signal: controller.signal,
    }),
    colour: new Chalk({ level: 0 }),
  } as Io;
  const clock = {
    now: () => new Date(now),
    sleep: async (milliseconds: number) => {
      now += milliseconds;
      onSleep?.(minutes());
    },
  };
  const given = {
    interval: 60,
    failOn: 'fail',
    output: 'jsonl',
    timeout: 45,
    secretValues: true,
    color: true,
    ...options,
  };
  const exitCode = await run({ args: targets, options: given as WatchOptions, io }, { clock, clients });
  const lines =
    given.output === 'jsonl'
      ? written.stdout
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as Record<string, unknown>)
      : [];
  return { exitCode, ...written, lines, calls };
}

const throttled = Object.assign(new Error('Rate exceeded'), {
  name: 'TooManyRequestsException',
  $metadata: { httpStatusCode: 429 },
});
const ok = { LastProcessingResult: 'OK' };
const broken = { LastProcessingResult: noConnection };

describe('changes', () => {
  test('a line when the result changes, and none while it stays', async () => {
    const { lines, exitCode } = await watch({ for: 600 }, { script: (at) => (at >= 3 && at < 6 ? broken : ok) });
    expect(lines.map(({ at, verdict }) => [at, verdict])).toEqual([
      ['2026-11-24T10:00:00.000Z', 'healthy'],
      ['2026-11-24T10:03:00.000Z', 'broken'],
      ['2026-11-24T10:06:00.000Z', 'healthy'],
    ]);
    expect(lines[1]).toMatchObject({ uuid, state: 'Enabled', lastProcessingResult: noConnection });
    expect(exitCode).toBe(0);
  });

  test('the exit code is that of the last evaluation', async () => {
    expect((await watch({ for: 300 }, { script: (at) => (at >= 3 ? broken : ok) })).exitCode).toBe(1);
  });

  test('--until healthy ends with the first working state', async () => {
    const { lines, exitCode } = await watch(
      { until: 'healthy', for: 3600 },
      { script: (at) => (at < 4 ? broken : ok), targets: [uuid] },
    );
    expect(lines.at(-1)).toMatchObject({ at: '2026-11-24T10:04:00.000Z', verdict: 'healthy' });
    expect(exitCode).toBe(0);
  });

  test('a disabled mapping is not a working one, but no problem either', async () => {
    const { lines, exitCode } = await watch(
      { until: 'healthy', for: 120 },
      { script: () => ({ State: 'Disabled', StateTransitionReason: 'USER_INITIATED' }) },
    );
    expect(lines).toMatchObject([{ verdict: 'disabled' }]);
    expect(exitCode).toBe(0);
  });
});

test('a reader that has closed the pipe ends it', async () => {
  const { exitCode, stdout } = await watch({ verbose: true }, { script: () => broken, closesAfter: 3 });
  expect([exitCode, stdout.trimEnd().split('\n').length]).toEqual([1, 3]);
});

describe('docs/watch.md', () => {
  const page = readFileSync(new URL('../../docs/watch.md', import.meta.url), 'utf8');
  const commandLines = [...page.matchAll(/^msk-lambda (watch [^#>\n]*)/gm)].map(([, line]) => line!.trim());
  test('its command lines run', async () => {
    expect(commandLines.length).toBeGreaterThan(3);
    for (const line of commandLines) {
      const words = line.replace(/ --for \w+/, '').split(' ');
      const sandbox = line.includes('--sandbox') ? [] : ['--sandbox', 'private-zones'];
      const { exitCode, stdout } = await runInProcess([...words, ...sandbox, '--for', '1s']);
      expect([exitCode, stdout === ''], line).toEqual([0, false]);
    }
  });
});

describe('reads that fail', () => {
  test('throttling is shown and does not end the command', async () => {
    const { lines, exitCode, stderr } = await watch({ for: 600 }, { script: (at) => (at === 2 ? throttled : ok) });
    expect(lines).toMatchObject([{ verdict: 'healthy' }]);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^Note: lambda \w+ failed: TooManyRequestsException/m);
  });

  test('after three failures in a row the verdict is unknown, until AWS answers', async () => {
    const { lines, exitCode } = await watch({ for: 600 }, { script: (at) => (at >= 2 && at < 7 ? throttled : ok) });
    expect(lines.map(({ verdict }) => verdict)).toEqual(['healthy', 'unknown', 'healthy']);
    expect(exitCode).toBe(0);
    expect((await watch({ for: 600 }, { script: (at) => (at >= 2 ? throttled : ok) })).exitCode).toBe(3);
  });

  test('a named mapping that is deleted ends with exit code 2, as doctor does', async () => {
    const gone = Object.assign(new Error('The resource you requested does not exist.'), {
      name: 'ResourceNotFoundException',
    });
    await expect(watch({ for: 600 }, { script: (at) => (at >= 2 ? gone : ok), targets: [uuid] })).rejects.toMatchObject(
      { exitCode: 2 },
    );
  });
});

describe('1,000 minutes', () => {
  const collect = (): number => {
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
    return process.memoryUsage().heapUsed;
  };

  test.each<[string, Script]>([
    ['quiet', () => ok],
    ['the result changes every minute', (at) => (at % 2 === 0 ? ok : broken)],
    ['a quiet topic', (at) => (at % 3 === 0 ? ok : { LastProcessingResult: 'No records processed' })],
    ['AWS throttles every other minute', (at) => (at % 2 === 1 ? throttled : ok)],
  ])('%s: at most 2 calls a minute, and memory stays flat', async (_, script) => {
    const used: number[] = [];
    const { calls } = await watch(
      { for: 60_000, output: 'json' },
      { script, targets: [uuid], onSleep: (at) => at % 400 === 200 && used.push(collect()) },
    );
    expect(calls.length).toBeGreaterThan(1000);
    expect(calls.length).toBeLessThanOrEqual(2000);
    expect(used.at(-1)! - used[0]!).toBeLessThan(4_000_000);
  });
});

test('the table fits its terminal, whatever the names are', () => {
  const snapshot = openAccount('nat-blackhole')!.snapshot();
  const diagnosis = diagnose(snapshot, checks);
  const [mapping] = watchedOf(diagnosis);
  const at = new Date('2026-11-24T10:00:00Z');
  const hostile = { ...mapping!, topic: '\u001b[2J订单订单订单订单'.repeat(9) };
  for (const columns of [40, 60, 120]) {
    const lines = watchTable(
      {
        at,
        diagnosis,
        readAt: at,
        notes: [`cloudwatch failed ${'x'.repeat(200)}`],
        watched: Array.from({ length: 50 }, (_, index) => ({
          mapping: index % 2 === 0 ? hostile : mapping!,
          since: at,
        })),
      },
      { colour: new Chalk({ level: 0 }), columns, rows: 20 },
    );
    expect(lines.length).toBeLessThan(20);
    for (const line of lines) {
      expect(stringWidth(line)).toBeLessThanOrEqual(columns);
      expect(line).not.toContain('\u001b');
    }
    expect(lines.join('\n')).toContain('… and 35 more');
  }
});

test('wrong durations are refused', async () => {
  for (const words of [
    ['--for', '0'],
    ['--for', '10 minutes'],
    ['--interval', '1s'],
    ['--until', 'broken'],
  ])
    expect((await runInProcess(['watch', '--sandbox', ...words])).exitCode).toBe(2);
});
