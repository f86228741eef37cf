/** The answer of `doctor --regions` for people: a part for each region, the most severe first. */
import { verdicts, type Diagnosis } from '../diagnosis/diagnosis.js';
import { renderDoctor, type DoctorStyle } from './doctor-text.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';

export interface RegionsView {
  diagnoses: readonly Diagnosis[];
  /** Regions without a mapping. */
  empty: readonly string[];
  unread: readonly { region: string; because: string }[];
}

export function renderRegions({ diagnoses, empty, unread }: RegionsView, style: DoctorStyle): string {
  const { colour, columns } = style;
  const gravity = ({ mappings: [first], leftOut }: Diagnosis) =>
    Math.min(
      ...[first, ...leftOut].flatMap((mapping) =>
        mapping?.verdict == null ? [] : [verdicts.indexOf(mapping.verdict)],
      ),
      verdicts.length,
    );
  const parts = diagnoses
    .filter(({ mappings, leftOut }) => mappings.length + leftOut.length > 0)
    .toSorted((a, b) => gravity(a) - gravity(b))
    .map(
      (diagnosis) =>
        `${colour.bold(colour.underline(visible(diagnosis.region)))}\n${renderDoctor(diagnosis, { ...style, source: [...(style.source ?? []), '--region', diagnosis.region] })}`,
    );
  const without =
    empty.length === 0 ? [] : [wrap(`No event source mapping on Amazon MSK in ${empty.join(', ')}.`, { columns })];
  const refused = unread.map(({ region, because }) =>
    wrap(`${region} could not be read: ${visible(because)}`, { columns }),
  );
  return [...parts, [...without, ...refused].join('\n')].filter((part) => part !== '').join('\n\n');
}
