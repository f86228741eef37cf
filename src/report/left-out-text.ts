/**
 * Mappings on self-managed Kafka for people: each mapping, what Lambda shows, and the findings of the checks that
 * are valid for them.
 */
import { clusterNameOf } from '../aws/event-source.js';
import { qualifiedNameOf } from '../aws/function-arn.js';
import { textState } from '../catalogue/text-state.js';
import type { LeftOutDiagnosis } from '../diagnosis/diagnosis.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';
import { renderFinding, type FindingStyle } from './doctor-finding.js';

interface Row {
  uuid: string;
  functionArn: string | null;
  topic: string | null;
  bootstrapServers: readonly string[];
  clusterArn: string | null;
  because: string;
  state: string | null;
  lastProcessingResult: string | null;
}
type Style = Pick<FindingStyle, 'colour' | 'columns'>;

/** The heading above them, where other mappings are shown too. */
export const leftOutHeading = (leftOut: readonly unknown[]): string =>
  `${leftOut.length} ${leftOut.length === 1 ? 'mapping has' : 'mappings have'} a self-managed Kafka source:`;

/** For `list`: three lines per mapping. */
export const renderLeftOutRows = (rows: readonly Row[], style: Style): string =>
  rows.map((row) => rowLines(row, style, '')).join('\n');

/** For `doctor`: the same with the findings. */
export function renderLeftOut(leftOut: readonly LeftOutDiagnosis[], style: FindingStyle): string {
  const parts = leftOut.map((mapping) => {
    const { observed, verdict, findings } = mapping;
    const row = { ...mapping, state: observed.state, lastProcessingResult: observed.lastProcessingResult };
    const shown = findings.filter(
      ({ status, severity }) => status === 'fail' || (status === 'warn' && severity !== 'info'),
    );
    const undecided = findings.filter(({ status }) => status === 'unknown');
    const actions = [...new Set(undecided.flatMap(({ missingActions }) => missingActions))].toSorted();
    return [
      rowLines(row, style, verdict === null ? '' : `${signs[verdict]} `),
      ...shown.map((finding) => renderFinding(finding, style)),
      ...(verdict === null ? [] : [wrap(conclusion(mapping, shown.length), { columns: style.columns, indent: 2 })]),
      ...(undecided.length === 0
        ? []
        : [
            wrap(
              `Could not check: ${undecided.map(({ check }) => check).join(', ')}.${actions.length === 0 ? '' : ` Your credentials need: ${actions.join(', ')}`}`,
              { columns: style.columns, indent: 2 },
            ),
          ]),
    ].join('\n');
  });
  return parts.join('\n');
}

const signs: Record<NonNullable<LeftOutDiagnosis['verdict']>, string> = {
  broken: '✗',
  disabled: '○',
  unknown: '?',
  'at-risk': '!',
  healthy: '✓',
};

function conclusion({ observed, findings }: LeftOutDiagnosis, shown: number): string {
  const passed = findings.filter(({ status }) => status === 'pass').length;
  const ran = `${passed} ${passed === 1 ? 'check' : 'checks'} passed. Network, MSK API and Kafka permissions are not checked for a self-managed source.`;
  return observed.error !== null && shown === 0
    ? `The checks for both kinds of source do not explain the error. ${ran}`
    : ran;
}

function rowLines(
  { uuid, functionArn, topic, bootstrapServers, clusterArn, because, state, lastProcessingResult }: Row,
  { colour, columns }: Style,
  sign: string,
): string {
  const [server = 'no bootstrap server', ...more] = bootstrapServers;
  const servers = more.length === 0 ? server : `${server} and ${more.length} more`;
  const source = clusterArn === null ? servers : `${clusterNameOf(clusterArn) ?? clusterArn} (${servers})`;
  const text = lastProcessingResult ?? '';
  const shown = visible([state ?? 'state unknown', text].filter((part) => part !== '').join('. Last result: ')).slice(
    0,
    300,
  );
  const paint = textState(text) === 'error' ? colour.red : colour.dim;
  return [
    wrap(
      `${sign}${visible(qualifiedNameOf(functionArn) ?? '?')} ← ${visible(`${topic ?? '?'} on ${source}`)} ${visible(uuid)}`,
      {
        columns,
        hang: 2,
      },
    ),
    wrap(paint(shown), { columns, indent: 2 }),
    wrap(visible(because.charAt(0).toUpperCase() + because.slice(1)) + '.', { columns, indent: 2 }),
  ].join('\n');
}
