/** `doctor --output jsonl`: a line for each mapping, the most severe first; the last line is what belongs to no mapping, if there is any. */
import { verdicts, type Diagnosis, type MappingDiagnosis } from '../../diagnosis/diagnosis.js';
import { toDoctorDocument, toDoctorMapping, toLeftOutDocument } from '../documents/doctor.js';
import { toJsonLines } from '../json.js';
import type { Verification } from '../documents/verification.js';
import type { Report } from './report.js';

/** What the lines have besides the diagnoses. `members`: of the summary. */
export interface LineDetails {
  verifications?: ReadonlyMap<string, Verification>;
  members?: object;
  unread?: readonly { region: string; because: string }[];
}

/** One diagnosis, or one for each region. */
export function* doctorLines(
  diagnoses: readonly Diagnosis[],
  tool: Report['tool'],
  { verifications = new Map(), members = {}, unread }: LineDetails = {},
): Generator<string> {
  const gravity = (mapping: MappingDiagnosis) => verdicts.indexOf(mapping.verdict);
  yield* toJsonLines(
    diagnoses
      .flatMap((diagnosis) => diagnosis.mappings.map((mapping) => ({ mapping, diagnosis })))
      .toSorted((a, b) => gravity(a.mapping) - gravity(b.mapping)),
    ({ mapping, diagnosis: { region, names } }) => ({
      region,
      ...toDoctorMapping(mapping, names, verifications.get(mapping.uuid)),
    }),
  );
  for (const { region, leftOut, names } of diagnoses)
    yield* toJsonLines(leftOut, (mapping) => ({ region, leftOut: toLeftOutDocument(mapping, names) }));
  // Scripts count lines: without a plan, a change or a region that could not be read, there are only mappings.
  if (unread === undefined && Object.keys(members).length === 0) return;
  const summaries = diagnoses.map((diagnosis) => {
    const {
      mappings: _mappings,
      leftOut: _leftOut,
      reads: _reads,
      ...rest
    } = toDoctorDocument({ ...diagnosis, mappings: [], leftOut: [] }, tool);
    return rest;
  });
  const [only] = summaries;
  yield* toJsonLines(
    [unread === undefined && only !== undefined ? { ...only, ...members } : { regions: summaries, unread }],
    (line) => line,
  );
}
