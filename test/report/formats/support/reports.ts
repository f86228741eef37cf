/** Reports to render: of every sandbox account, of templates, and one whose names are hostile. */
import { Chalk } from 'chalk';
import { reportOfProbe } from '../../../../src/report/formats/from-probe.js';
import type { Finding } from '../../../../src/checks/run.js';
import { emptyResult } from '../../../../src/probe/empty-result.js';
import type { ProbeJudgement } from '../../../../src/probe/judge/judge-probe.js';
import { probeSteps } from '../../../../src/probe/probe-result.js';
import type { Report, ReportFinding, ReportMapping, ReportStyle } from '../../../../src/report/formats/report.js';
import { mappingsOfDiagnosis } from '../../../../src/report/formats/from-doctor.js';
import { reportOfLint } from '../../../../src/report/formats/from-lint.js';
import { diagnose } from '../../../../src/diagnosis/diagnose.js';
import { openAccount, sandboxAccounts } from '../../../../src/sandbox/index.js';
import { healthy, lintTemplate } from '../../../template/support/healthy.js';
import { loadRenderer, type ReportFormat } from '../../../../src/report/formats/index.js';

const tool = { name: 'msk-lambda', version: '0.1.0' };
export const style: ReportStyle = {
  colour: new Chalk({ level: 0 }),
  columns: 100,
  isAnswer: true,
  isShort: false,
  root: '/repository',
  folder: '/repository/infrastructure',
};

/** The whole text of a report in a format. */
export async function rendered(
  report: Report,
  format: ReportFormat,
  change: Partial<ReportStyle> = {},
): Promise<string> {
  const text = (await loadRenderer(format))(report, { ...style, ...change });
  return typeof text === 'string' ? text : [...text].join('');
}

const base: Report = {
  command: 'doctor',
  tool,
  capturedAt: '2026-11-24T10:00:00.000Z',
  account: '111122223333',
  region: 'eu-west-1',
  trouble: [],
  mappings: [],
  findings: [],
  source: null,
  text: () => '',
  json: () => ({}),
  jsonl: () => [],
};
export const reportWith = (change: Partial<Report>): Report => ({ ...base, ...change });

export const finding = (change: Partial<ReportFinding> = {}): ReportFinding => ({
  check: 'network.aws-path',
  status: 'fail',
  severity: 'error',
  title: 'Subnet subnet-0a1b2c3d4e5f60001 cannot reach STS',
  evidence: [{ resource: 'subnet-0a1b2c3d4e5f60001', fact: 'no route to 0.0.0.0/0' }],
  fixes: [{ title: 'Create an STS endpoint', safety: 'care', changes: [] }],
  location: null,
  related: [],
  suppression: null,
  isKnown: false,
  ...change,
});

export const mapping = (change: Partial<ReportMapping> = {}): ReportMapping => ({
  id: '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11',
  name: 'order-handler ← orders',
  region: 'eu-west-1',
  functionId: 'arn:aws:lambda:eu-west-1:111122223333:function:order-handler',
  sourceId: 'arn:aws:kafka:eu-west-1:111122223333:cluster/orders/1-2',
  verdict: 'broken',
  answer: 'subnet cannot reach STS',
  lastProcessingResult: 'PROBLEM: Connection error.',
  error: 'vpc-cannot-reach-aws',
  causes: ['network.aws-path'],
  findings: [finding()],
  location: null,
  isKnown: false,
  ...change,
});

/** Every sandbox account, by name. */
export const sandboxReports = (): [string, Report][] =>
  sandboxAccounts.map(({ name }) => {
    const snapshot = openAccount(name)!.snapshot();
    const diagnosis = diagnose(snapshot);
    return [
      name,
      reportWith({
        get mappings() {
          return mappingsOfDiagnosis(diagnosis);
        },
        capturedAt: diagnosis.capturedAt,
        source: { command: 'doctor', regions: [{ diagnosis, snapshot }] },
      }),
    ];
  });

/** A template whose role lacks every permission. */
export function templateReport(): Report {
  const template = healthy();
  template.Resources['Role']!.Properties['Policies'] = [];
  template.Resources['Role']!.Properties['ManagedPolicyArns'] = [];
  return reportOfLint(lintTemplate(template), tool, () => '');
}

/** Texts that would mean something in one of the formats. */
export const hostileTexts: readonly string[] = [
  '</failure></testcase><x y="',
  ']]><!--',
  'a\n::error file=x::b\r\n::stop-commands::x',
  '\u001b[31mred\u0007\u202Eturned\uFFFE\uFFFF',
  '<img src=x onerror=alert(1)><script>alert(1)</script>',
  '@everyone #1 GH-2 www.example.com a@example.com https://example.com',
  '[link](https://example.com) ![image](https://example.com/i.png)',
  '{0} {{x}} ${y} %0A%25',
  '`code` ``` ~~~ ```js\nx\n```',
  '- list\n# heading\n> quote\n1. first\n---\n===\n| a | b |',
  '**bold** __strong__ _x_ *y* ~~z~~ \\[ \\`',
  '&lt;b&gt; &#64;user &copy;',
  '`'.repeat(7),
  '\ud800 half a letter',
];

/** A probe whose names and reasons are all hostile, from here or from a subnet for each of them. */
export function hostileProbe(isFromSubnets: boolean): Report {
  const judgements = hostileTexts.map(judgementOf);
  const from = { kind: 'subnet' as const, subnet: hostileTexts[0]! };
  const subnets = judgements.map((judgement, index) => ({
    from: { kind: 'subnet' as const, subnet: hostileTexts[index]! },
    judgement,
    ofBrokers: judgement,
    services: (['dns', 'tcp', 'tls', null] as const).map((step) => {
      const text = hostileTexts[index]!;
      const status = step === null ? ('ok' as const) : ('failed' as const);
      return { service: text, host: text, status, step, name: text, because: text, ms: 1200 };
    }),
    refusal:
      index % 2 === 0
        ? null
        : { name: hostileTexts[index]!, because: hostileTexts[index]!, message: hostileTexts[index]!, check: null },
  }));
  const first = judgements[0]!;
  const judgement = {
    ...first,
    result: { ...first.result, brokers: judgements.flatMap(({ result }) => result.brokers) },
  };
  return reportOfProbe(
    {
      judgement,
      from: isFromSubnets ? from : { kind: 'here', subnet: null },
      target: hostileTexts.join(' '),
      region: 'eu-west-1',
      showsRecord: true,
      ...(isFromSubnets ? { remote: { subnets, functions: [] } } : {}),
    },
    tool,
    () => '',
  );
}

function judgementOf(text: string): ProbeJudgement {
  const result = emptyResult('mtls', 'blocked');
  const states = ['ok', 'warned', 'skipped', 'failed'] as const;
  const steps = states.map((status, index) => ({
    step: probeSteps[index]!,
    status,
    ms: index * 700,
    code: 29,
    name: text,
    because: text,
  }));
  const partition = { id: 0, leader: null, offsets: { first: 0, last: 9 }, committed: null, lag: 9 };
  return {
    result: {
      ...result,
      stoppedAt: { broker: text, step: 'client-certificate', code: 29, name: text, because: text },
      brokers: [{ address: text, node: 1, steps }],
      topic: { name: text, partitions: Array.from({ length: 30 }, (_, id) => ({ ...partition, id })) },
      group: { id: text, state: text, members: 1, protocol: text },
      facts: {
        ...result.facts,
        record: {
          partition: 0,
          offset: 0,
          timestamp: 0,
          keyBytes: 1,
          valueBytes: 1,
          headers: 0,
          opened: true,
          codec: text,
          batchBytes: 1,
          key: Buffer.from(text).toString('base64'),
          value: null,
        },
      },
    },
    findings: [
      {
        ...finding({ title: text, evidence: [{ resource: text, fact: text }] }),
        fixes: [],
        check: 'cluster.acl',
        stage: 'authorize' as Finding['stage'],
        missingActions: [],
      },
    ],
    wouldShow: text,
  };
}

/** Every text of it is hostile. */
export const hostileReport = (): Report =>
  reportWith({
    trouble: [...hostileTexts],
    findings: hostileTexts.map((text) => finding({ check: 'template.syntax', title: text, ...inTemplate(text) })),
    mappings: hostileTexts.flatMap((text, index) =>
      (['fail', 'warn', 'unknown', 'skip'] as const).map((status) =>
        mapping({
          id: `${index}-${status}-${text}`,
          name: text,
          answer: text,
          lastProcessingResult: text,
          verdict: status === 'fail' ? 'broken' : status === 'unknown' ? 'unknown' : 'at-risk',
          findings: [
            finding({
              status,
              title: text,
              evidence: [{ resource: text, name: text, fact: text }],
              fixes: [{ title: text, safety: 'by-hand', changes: [], commands: [text as never] }],
            }),
            finding({
              check: 'network.nacl',
              title: text,
              suppression: { reason: text, until: '2099-01-01', kind: 'external' },
            }),
            finding({ check: 'network.vpc-dns', title: text, isKnown: true }),
          ],
        }),
      ),
    ),
  });

const inTemplate = (file: string) => ({ location: { file, line: 3, column: 7, path: 'Resources.A' } });
