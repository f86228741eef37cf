/** The answer of `doctor --regions` for people: a part for each region, the most severe first. */
import { verdicts, type Diagnosis } from '../diagnosis/diagnosis.js';
import { doctorPieces, type DoctorStyle } from './doctor-text.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';

export interface RegionsView {
  diagnoses: readonly Diagnosis[];
  /** Regions without a mapping. */
  empty: readonly string[];
  unread: readonly { region: string; because: string }[];
}

/** In pieces, as the text of one region. */
export function* regionsPieces({ diagnoses, empty, unread }: RegionsView, style: DoctorStyle): Generator<string> {
  const { colour, columns } = style;
  const gravity = ({ mappings: [first], leftOut }: Diagnosis) =>
    Math.min(
      ...[first, ...leftOut].flatMap((mapping) =>
        mapping?.verdict == null ? [] : [verdicts.indexOf(mapping.verdict)],
      ),
      verdicts.length,
    );
  const shown = diagnoses
    .filter(({ mappings, leftOut }) => mappings.length + leftOut.length > 0)
    .toSorted((a, b) => gravity(a) - gravity(b));
  for (const [index, diagnosis] of shown.entries()) {
    yield `${index === 0 ? '' : '\n\n'}${colour.bold(colour.underline(visible(diagnosis.region)))}\n`;
    yield* doctorPieces(diagnosis, { ...style, source: [...(style.source ?? []), '--region', diagnosis.region] });
  }
  const without =
    empty.length === 0 ? [] : [wrap(`No event source mapping on Amazon MSK in ${empty.join(', ')}.`, { columns })];
  const refused = unread.map(({ region, because }) =>
    wrap(`${region} could not be read: ${visible(because)}`, { columns }),
  );
  const others = [...without, ...refused].join('\n');
  if (others !== '') yield `${shown.length === 0 ? '' : '\n\n'}${others}`;
  yield '\n';
}
