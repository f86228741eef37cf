/** The answers of the brokers as findings of one mapping, cluster or list of addresses. */
import type { ProbeOrigin } from '../../probe/judge/probe-context.js';
import type { ProbeJudgement } from '../../probe/judge/judge-probe.js';
import { toProbeDocument, toUnprobed, type ProbeDocument, type SubnetsReport } from '../documents/probe.js';
import { toJsonLines } from '../json.js';
import { visible } from '../../text/visible.js';
import { reportFinding } from './report-finding.js';
import type { Report, ReportMapping } from './report.js';
import { withUnread } from './unread.js';

/** What `probe` has learned, and from where; `target`: what the user probed, for people. */
export interface ProbeAnswer {
  judgement: ProbeJudgement;
  from: ProbeOrigin;
  target: string;
  region: string | null;
  showsRecord: boolean;
  /** With --from-vpc. */
  remote?: SubnetsReport;
}

/** `text`: the answer for people. */
export function reportOfProbe(answer: ProbeAnswer, tool: Report['tool'], text: Report['text']): Report {
  const { judgement, from, region, showsRecord, remote } = answer;
  const document = (): ProbeDocument =>
    toProbeDocument(judgement, from, { showsRecord, ...(remote === undefined ? {} : { remote }) });
  return {
    command: 'probe',
    tool,
    capturedAt: null,
    account: null,
    region,
    trouble: [],
    get mappings() {
      return [toMapping(answer)];
    },
    findings: [],
    source: null,
    text,
    json: document,
    *jsonl() {
      yield* toJsonLines([document()], (line) => line);
    },
  };
}

/** A probe that could not run. `because`: sentences. */
export const reportOfUnprobed = (
  {
    label,
    because,
    auth,
    region,
  }: { label: string; because: readonly string[]; auth: ProbeDocument['auth']; region: string | null },
  tool: Report['tool'],
): Report => {
  const document = toUnprobed(auth, { kind: 'here', subnet: null });
  return withUnread({
    command: 'probe',
    tool,
    capturedAt: null,
    account: null,
    region,
    trouble: because,
    mappings: [
      {
        id: label,
        name: visible(label),
        region,
        functionId: null,
        sourceId: null,
        verdict: 'unknown',
        answer: 'the probe could not run',
        lastProcessingResult: null,
        error: null,
        causes: [],
        findings: [],
        location: null,
        isKnown: false,
      },
    ],
    findings: [],
    source: null,
    text: () => '',
    json: () => document,
    jsonl: () => toJsonLines([document], (line) => line),
  });
};

const verdictOf = { reaches: 'healthy', blocked: 'broken', unknown: 'unknown' } as const;

function toMapping({ judgement, target, region }: ProbeAnswer): ReportMapping {
  const { result, findings } = judgement;
  const { stoppedAt, verdict } = result;
  const hasWarning = findings.some(({ status }) => status === 'warn');
  return {
    id: target,
    name: visible(target),
    region,
    functionId: null,
    sourceId: null,
    verdict: verdict === 'reaches' && hasWarning ? 'at-risk' : verdictOf[verdict],
    answer:
      stoppedAt === null
        ? {
            reaches: 'the brokers answer every step',
            blocked: visible(findings.find(({ status }) => status === 'fail')?.title ?? 'the probe was blocked'),
            unknown: 'the probe could not decide',
          }[verdict]
        : visible(`stopped at ${stoppedAt.step} of ${stoppedAt.broker}: ${stoppedAt.because}`),
    lastProcessingResult: null,
    error: null,
    causes: findings.filter(({ status }) => status === 'fail').map(({ check }) => check),
    findings: findings.map((finding) => reportFinding(finding, { names: null, location: null, related: [] })),
    location: null,
    isKnown: false,
  };
}
