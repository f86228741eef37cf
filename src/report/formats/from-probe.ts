/** The answers of the brokers as findings of one mapping, cluster or list of addresses. */
import type { ProbeJudgement } from '../../probe/judge/judge-probe.js';
import { toProbeDocument, toUnprobed, type ProbeDocument } from '../documents/probe.js';
import { inSentence } from '../doctor-head-line.js';
import { toJsonLines } from '../json.js';
import { visible } from '../../text/visible.js';
import type { ProbeAnswer } from './probe-answer.js';
import { reportFinding } from './report-finding.js';
import type { Report, ReportMapping } from './report.js';
import { withUnread } from './unread.js';

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
    source: { command: 'probe', answer },
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

/** The cause, and the step at which it shows. */
function answerOf({ result: { verdict, stoppedAt }, findings }: ProbeJudgement): string {
  if (verdict === 'reaches') return 'the brokers answer every step';
  const title = findings.find(({ status }) => status === 'fail')?.title;
  if (stoppedAt === null)
    return visible(title ?? `the probe ${verdict === 'blocked' ? 'was blocked' : 'could not decide'}`);
  const { step, broker, name, because } = stoppedAt;
  return visible(
    title === undefined
      ? `stopped at ${step} of ${broker}: ${because}`
      : `${inSentence(title)} (${name} at step ${step})`,
  );
}

const verdictOf = { reaches: 'healthy', blocked: 'broken', unknown: 'unknown' } as const;

function toMapping({ judgement, target, region }: ProbeAnswer): ReportMapping {
  const { result, findings } = judgement;
  const { verdict } = result;
  const hasWarning = findings.some(({ status }) => status === 'warn');
  return {
    id: target,
    name: visible(target),
    region,
    functionId: null,
    sourceId: null,
    verdict: verdict === 'reaches' && hasWarning ? 'at-risk' : verdictOf[verdict],
    answer: answerOf(judgement),
    lastProcessingResult: null,
    error: null,
    causes: findings.filter(({ status }) => status === 'fail').map(({ check }) => check),
    findings: findings.map((finding) => reportFinding(finding, { names: null, location: null, related: [] })),
    location: null,
    isKnown: false,
  };
}
