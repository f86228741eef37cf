/** The findings of `lint` for every format. */
import { toLintDocument } from '../documents/lint.js';
import { toJsonLines } from '../json.js';
import type { LintFinding, LintMapping, LintResult } from '../../template/lint-result.js';
import type { Report, ReportFinding, ReportMapping } from './report.js';
import { reportFinding } from './report-finding.js';
import { withUnread } from './unread.js';

/** `text`: the answer for people. `trouble`: with `--live`, why AWS could not be read. */
export const reportOfLint = (
  result: LintResult,
  tool: Report['tool'],
  text: Report['text'],
  trouble: readonly string[] = [],
): Report =>
  withUnread({
    command: 'lint',
    tool,
    capturedAt: null,
    account: null,
    region: null,
    trouble,
    get mappings() {
      return result.mappings.map((mapping) => toMapping(mapping, suppressedOf(result, mapping.address)));
    },
    get findings() {
      return [...result.findings.map(toReportFinding), ...suppressedOf(result, null)];
    },
    source: { command: 'lint', result },
    text,
    json: () => toLintDocument(result, tool),
    *jsonl() {
      const { mappings, findings, ...rest } = toLintDocument(result, tool);
      yield* toJsonLines(mappings, (mapping) => mapping);
      yield* toJsonLines(findings, (finding) => ({ finding }));
      yield* toJsonLines([rest], (summary) => summary);
    },
  });

const suppressedOf = ({ suppressed }: LintResult, address: string | null): ReportFinding[] =>
  suppressed
    .filter(({ mapping }) => mapping === address)
    .map(({ finding, reason, until, isOfProject }) => ({
      ...toReportFinding(finding),
      suppression: { reason, until, kind: isOfProject ? 'external' : 'inSource' },
    }));

const toMapping = (mapping: LintMapping, suppressed: readonly ReportFinding[]): ReportMapping => {
  const { address, topic, functionAddress, sourceAddress, verdict, causes, findings, location } = mapping;
  return {
    id: address,
    name: `${address}${topic === null ? '' : ` ← ${topic}`}`,
    region: null,
    functionId: functionAddress,
    sourceId: sourceAddress,
    verdict,
    answer: answerOf(mapping),
    lastProcessingResult: null,
    causes: causes.map(({ check }) => check),
    findings: [...findings.map(toReportFinding), ...suppressed],
    error: null,
    location,
    isKnown: false,
  };
};

function answerOf({ verdict, causes, findings }: LintMapping): string {
  const cause = findings.find(({ check }) => check === causes[0]?.check);
  if (cause !== undefined) return cause.title;
  switch (verdict) {
    case 'broken':
      return findings.find(({ status }) => status === 'fail')?.title ?? 'a check fails';
    case 'at-risk':
      return findings.find(({ status, severity }) => status === 'warn' && severity !== 'info')?.title ?? 'a warning';
    case 'unknown':
      return 'not decidable from the input';
    case 'healthy':
      return 'no check fails';
  }
}

const toReportFinding = (finding: LintFinding): ReportFinding =>
  reportFinding(finding, { names: null, location: finding.location, related: finding.related });
