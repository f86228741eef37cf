/** Every format shows what the exit code says: nothing is wrong, something is, or AWS could not be read. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Invocation, Log } from 'sarif';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportFormats, type ReportFormat } from '../../src/report/formats/index.js';
import { toYaml } from '../template/support/healthy.js';
import { runInProcess } from './in-process.js';

const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-exit-codes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const template = join(folder, 'template.yaml');
writeFileSync(
  template,
  toYaml({
    Resources: {
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn:
            'arn:aws:kafka:eu-west-1:111122223333:cluster/orders-cluster/8a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-2',
          FunctionName: 'order-handler',
          Topics: ['orders'],
          StartingPosition: 'TRIM_HORIZON',
        },
      },
    },
  } as Parameters<typeof toYaml>[0]),
);

/** AWS that does not answer. */
const silent = ['--region', 'eu-west-1', '--endpoint-url', 'http://127.0.0.1:9', '--timeout', '5'];
const lines: [exitCode: 0 | 1 | 3, line: string, words: string[]][] = [
  [0, 'doctor', ['doctor', '--sandbox', 'private-zones']],
  [1, 'doctor', ['doctor', '--sandbox', 'nat-blackhole']],
  [3, 'doctor: denied reads', ['doctor', '--sandbox', 'half-readable']],
  [3, 'doctor: no answer', ['doctor', ...silent]],
  [3, 'doctor with a target: no answer', ['doctor', '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11', ...silent]],
  [3, 'doctor --regions: no answer', ['doctor', '--regions', 'eu-west-1,us-east-1', ...silent.slice(2)]],
  [3, 'doctor --regions all: no answer', ['doctor', '--regions', 'all', ...silent.slice(2)]],
  [0, 'lint', ['lint', template, '--live', '--sandbox', 'private-zones']],
  [1, 'lint', ['lint', template, '--live', '--sandbox', 'group-forgotten']],
  [3, 'lint: denied reads', ['lint', template, '--live', '--sandbox', 'works-half-readable']],
  [3, 'lint: no answer', ['lint', template, '--live', ...silent]],
  [0, 'network', ['network', '--sandbox', 'private-zones']],
  [1, 'network', ['network', '--sandbox', 'nat-blackhole']],
  [3, 'network: denied reads', ['network', '--sandbox', 'half-readable']],
  [3, 'network: no answer', ['network', ...silent]],
  [0, 'probe', ['probe', '--sandbox', 'scram']],
  [1, 'probe', ['probe', '--sandbox', 'topic-misspelt']],
  [3, 'probe: the secret cannot be read', ['probe', '--sandbox', 'secret-gone']],
  [3, 'probe: no answer', ['probe', '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11', ...silent]],
];
const env = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };

type Shown = 'nothing' | 'problem' | 'unread';
const expected: Record<0 | 1 | 3, Shown> = { 0: 'nothing', 1: 'problem', 3: 'unread' };
const sign = (text: string, problem: RegExp, unread: RegExp): Shown =>
  problem.test(text) ? 'problem' : unread.test(text) ? 'unread' : 'nothing';
/** What a reader of the format sees first. */
const shownIn: Record<ReportFormat, (text: string) => Shown> = {
  text: (text) => sign(text, /^✗|: blocked:|  blocked: /m, /^\?|could not be read|  unknown: /m),
  json: (text) => sign(text, /"(?:verdict|answer)": "(?:broken|blocked)"/, /"unread": \[|": "unknown"/),
  jsonl: (text) => sign(text, /"(?:verdict|answer)":"(?:broken|blocked)"/, /"unread":\[|":"unknown"/),
  sarif: (text) => {
    const { results = [], invocations = [] } = (JSON.parse(text) as Log).runs[0]!;
    const [{ executionSuccessful, toolExecutionNotifications = [] }] = invocations as [Invocation];
    if (results.some(({ level }) => level === 'error')) return 'problem';
    const hasError = toolExecutionNotifications.some(({ level }) => level === 'error');
    return !executionSuccessful && hasError ? 'unread' : 'nothing';
  },
  junit: (text) => sign(text, /<failure /, /<error /),
  markdown: (text) => sign(text, /❌/, /❔/),
  // The finding of a check has its id as title.
  github: (text) => sign(text, /^::error [^\n]*\btitle=[a-z]+\.[a-z]/m, /^::error /m),
  html: (text) => sign(/<header>[^]*<\/header>/.exec(text)![0], /class="sign broken"/, /class="sign unknown"|Unknown/),
};

describe.each(lines)('exit %i: %s', (exitCode, _, words) => {
  const files = Object.fromEntries(reportFormats.map((format) => [format, join(folder, `report.${format}`)])) as Record<
    ReportFormat,
    string
  >;
  let code: number;
  beforeAll(async () => {
    const reports = reportFormats.flatMap((format) => ['--report', `${format}=${files[format]}`]);
    ({ exitCode: code } = await runInProcess([...words, ...reports], { env }));
  });
  test('exit code', () => expect(code).toBe(exitCode));
  test.each(reportFormats)('%s', (format) => {
    expect(shownIn[format](readFileSync(files[format], 'utf8'))).toBe(expected[exitCode]);
  });
});
