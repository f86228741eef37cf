/** A report compared with a baseline. */
import {
  isKnownFinding,
  isKnownSubject,
  sortedSection,
  type BaselineFinding,
  type BaselineSection,
} from '../../config/baseline.js';
import { visible } from '../../text/visible.js';
import { toJsonLines } from '../json.js';
import type { Report, ReportFinding, ReportMapping } from './report.js';

/** The failures and warnings of a report, and the mappings that are not healthy: without any text. */
export const baselineOf = ({
  account,
  mappings,
  findings,
}: Pick<Report, 'account' | 'mappings' | 'findings'>): BaselineSection =>
  sortedSection({
    account: account ?? undefined,
    subjects: mappings
      .filter(({ verdict }) => verdict !== 'healthy' && verdict !== 'unknown')
      .map(({ id, verdict, error }) => ({ subject: id, verdict, error })),
    findings: [
      ...findings.flatMap((finding) => entryOf(finding, null)),
      ...mappings.flatMap((mapping) => mapping.findings.flatMap((finding) => entryOf(finding, mapping))),
    ],
  });

function entryOf(finding: ReportFinding, mapping: ReportMapping | null): BaselineFinding[] {
  const { check, status, location, evidence, suppression } = finding;
  if ((status !== 'fail' && status !== 'warn') || suppression !== null) return [];
  const subject = mapping?.id ?? `${location?.file ?? ''}#${location?.path ?? ''}`;
  return [{ check, status, subject, resources: evidence.map(({ resource }) => resource) }];
}

/** The same report with its known findings marked, and counted in text and JSON. */
export function comparedWith(report: Report, section: BaselineSection): Report {
  const mark = (finding: ReportFinding, mapping: ReportMapping | null): ReportFinding => {
    const [entry] = entryOf(finding, mapping);
    return entry !== undefined && isKnownFinding(section, entry) ? { ...finding, isKnown: true } : finding;
  };
  const findings = report.findings.map((finding) => mark(finding, null));
  const mappings = report.mappings.map((mapping) => {
    const marked = mapping.findings.map((finding) => mark(finding, mapping));
    const isOpen = ({ status, suppression, isKnown, severity }: ReportFinding) =>
      !isKnown && suppression === null && (status === 'fail' || (status === 'warn' && severity !== 'info'));
    const { id: subject, verdict, error } = mapping;
    return {
      ...mapping,
      findings: marked,
      isKnown: isKnownSubject(section, { subject, verdict, error }) && !marked.some(isOpen),
    };
  });
  const entries = (isKnown: boolean) =>
    [
      ...findings.map((finding) => ({ finding, mapping: null })),
      ...mappings.flatMap((mapping) => mapping.findings.map((finding) => ({ finding, mapping }))),
    ].filter(({ finding, mapping }) => finding.isKnown === isKnown && entryOf(finding, mapping).length > 0);
  const [known, fresh] = [entries(true), entries(false)];
  const toDocument = ({ finding: { check }, mapping }: (typeof known)[number]) => ({
    check,
    mapping: mapping?.id ?? null,
  });
  const baseline = { known: known.map(toDocument), new: fresh.map(toDocument) };
  return {
    ...report,
    mappings,
    findings,
    isCompared: true,
    *text(style) {
      const text = report.text(style);
      yield* typeof text === 'string' ? [text.endsWith('\n') ? text : `${text}\n`] : text;
      // For `--quiet`, nothing but the bare result.
      if (style.isBare === true) return;
      yield `\nCompared with the baseline: ${known.length} known, ${fresh.length} new\n`;
      for (const { finding, mapping } of known)
        yield `  known  ${finding.check}  ${mapping === null ? '' : `${visible(mapping.name)}: `}${visible(finding.title)}\n`;
    },
    json: () => ({ ...report.json(), baseline }),
    *jsonl() {
      yield* report.jsonl();
      yield* toJsonLines([{ baseline }], (line) => line);
    },
  };
}
