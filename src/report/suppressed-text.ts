/** The findings that the configuration file accepts, for people. */
import type { Diagnosis } from '../diagnosis/diagnosis.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';
import { functionOf } from './doctor-head-line.js';

/** After the answer; empty where nothing is suppressed. */
export function renderSuppressed({ suppressed = [], mappings, leftOut }: Diagnosis, columns: number): string {
  if (suppressed.length === 0) return '';
  const names = new Map(
    [...mappings, ...leftOut].map((mapping) => [
      mapping.uuid,
      `${functionOf(mapping)}${mapping.topic === null ? '' : ` ← ${visible(mapping.topic)}`}`,
    ]),
  );
  const lines = suppressed.map(({ mapping, finding, reason, until, isHidden }) => {
    const still = isHidden ? '' : ' Lambda shows an error, so the mapping does not count as healthy.';
    const text = `${names.get(mapping) ?? mapping}: ${finding.title} (${finding.check}; ${reason}, until ${until}).${still}`;
    return wrap(visible(text), { columns, indent: 2, hang: 4 });
  });
  return `\n\nSuppressed: ${suppressed.length}\n${lines.join('\n')}`;
}
