/**
 * Mappings on self-managed Kafka for people: each mapping, what Lambda shows, and the findings of the checks that
 * are valid for them.
 */
import { clusterNameOf } from '../aws/event-source.js';
import { qualifiedNameOf } from '../aws/function-arn.js';
import { textState } from '../catalogue/text-state.js';
import type { Diagnosis } from '../diagnosis/diagnosis.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';
import { renderMapping, type MappingStyle } from './doctor-mapping-text.js';

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
type Style = Pick<MappingStyle, 'colour' | 'columns'>;

/** The heading above them, where other mappings are shown too. */
export const leftOutHeading = (leftOut: readonly unknown[]): string =>
  `${leftOut.length} ${leftOut.length === 1 ? 'mapping has' : 'mappings have'} a self-managed Kafka source:`;

/** For `list`: three lines per mapping. */
export const renderLeftOutRows = (rows: readonly Row[], style: Style): string =>
  rows.map((row) => rowLines(row, style, '')).join('\n');

/** For `doctor`: those for which checks ran as any other mapping, the others in three lines. */
export function renderLeftOut(diagnosis: Diagnosis, style: MappingStyle): string {
  return diagnosis.leftOut
    .map((mapping) => {
      const { observed, verdict, clusterArn } = mapping;
      const row = { ...mapping, state: observed.state, lastProcessingResult: observed.lastProcessingResult };
      if (verdict === null) return rowLines(row, style, '');
      const source = `Self-managed source ${visible(sourceOf(row))}. Network, MSK API and Kafka permissions are not checked for it.`;
      return renderMapping(
        { ...mapping, verdict, eventSourceArn: clusterArn, likely: [], hints: [] },
        diagnosis,
        { ...style, repairOf: () => null },
        ['', wrap(source, { columns: style.columns, indent: 2, hang: 2 })],
      );
    })
    .join('\n\n');
}

/** `orders-cluster (b-1…:9098 and 2 more)`. */
function sourceOf({ bootstrapServers, clusterArn }: Pick<Row, 'bootstrapServers' | 'clusterArn'>): string {
  const [server = 'no bootstrap server', ...more] = bootstrapServers;
  const servers = more.length === 0 ? server : `${server} and ${more.length} more`;
  return clusterArn === null ? servers : `${clusterNameOf(clusterArn) ?? clusterArn} (${servers})`;
}

function rowLines(
  { uuid, functionArn, topic, bootstrapServers, clusterArn, because, state, lastProcessingResult }: Row,
  { colour, columns }: Style,
  sign: string,
): string {
  const source = sourceOf({ bootstrapServers, clusterArn });
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
