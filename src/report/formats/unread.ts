/** A report of a run for which AWS could not be read. */
import { visible } from '../../text/visible.js';
import { wrap } from '../../text/wrap.js';
import { toJsonLines } from '../json.js';
import type { Report } from './report.js';

/** The same report, whose text and JSON say so too; the other formats show `trouble` themselves. */
export function withUnread(report: Report): Report {
  const { trouble } = report;
  if (trouble.length === 0) return report;
  const unread = trouble.map((because) => ({ because }));
  return {
    ...report,
    *text(style) {
      const text = report.text(style);
      const pieces = typeof text === 'string' ? [text] : text;
      // For `--quiet`, nothing but the bare result.
      if (style.isBare === true) return yield* pieces;
      for (const sentence of trouble) yield `${unreadText(sentence, style.columns)}\n`;
      let gap = '\n';
      for (const piece of pieces)
        if (piece !== '') {
          yield `${gap}${piece}`;
          gap = '';
        }
    },
    json: () => ({ ...report.json(), unread }),
    *jsonl() {
      yield* toJsonLines([{ unread }], (line) => line);
      yield* report.jsonl();
    },
  };
}

/** The first line of an answer without a result. */
export const unreadText = (sentence: string, columns: number): string =>
  wrap(`? Unknown: ${visible(sentence)}`, { columns, hang: 2 });
