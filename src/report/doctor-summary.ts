/** The end of a diagnosis of several mappings: a line for each verdict, the most severe last. */
import type { ChalkInstance } from 'chalk';
import { verdicts, type Diagnosis, type MappingDiagnosis, type Verdict } from '../diagnosis/diagnosis.js';
import { groupBy } from '../text/group-by.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';
import { answerOf, functionOf, signOf, warningOf } from './doctor-head-line.js';

/** At most this many names and causes of a verdict: the summary stays on one screen. */
const mostNames = 6;
const mostCauses = 12;

const words: Record<Verdict, string> = {
  broken: 'broken',
  unknown: 'unknown',
  disabled: 'disabled',
  'at-risk': 'with warnings',
  healthy: 'healthy',
};

export function renderSummary(
  diagnosis: Diagnosis,
  { colour, columns }: { colour: ChalkInstance; columns: number },
): string {
  const { mappings, region } = diagnosis;
  const present = verdicts.toReversed().filter((verdict) => mappings.some((mapping) => mapping.verdict === verdict));
  const countOf = (verdict: Verdict) => mappings.filter((mapping) => mapping.verdict === verdict).length;
  const labelOf = labels(mappings);
  const width = Math.max(...present.map((verdict) => `${countOf(verdict)} ${words[verdict]}`.length));
  return [
    `${mappings.length} mappings in ${region}`,
    ...present.flatMap((verdict) => {
      const label = `${countOf(verdict)} ${words[verdict]}`.padEnd(width);
      const head = `  ${signOf(verdict, colour)} ${label}  `;
      const hang = width + 6;
      return summaryOf(
        verdict,
        mappings.filter((mapping) => mapping.verdict === verdict),
        diagnosis,
        labelOf,
      ).map((text, index) =>
        index === 0 ? wrap(`${head}${text}`, { columns, hang }) : wrap(text, { columns, indent: hang }),
      );
    }),
  ].join('\n');
}

/** Names alone where the verdict says enough, otherwise the names for each cause. */
function summaryOf(
  verdict: Verdict,
  mappings: readonly MappingDiagnosis[],
  diagnosis: Diagnosis,
  labelOf: (mapping: MappingDiagnosis) => string,
): string[] {
  if (verdict === 'healthy' || verdict === 'disabled') return [namesOf(mappings.map(labelOf))];
  const groups = [
    ...groupBy(
      mappings,
      // The verdict says already that these mappings work.
      (mapping) => (verdict === 'at-risk' ? warningOf(mapping, diagnosis.names) : null) ?? answerOf(mapping, diagnosis),
    ),
  ];
  const lines = groups.slice(0, mostCauses).map(([answer, list]) => `${namesOf(list.map(labelOf))}: ${answer}`);
  const others = groups.slice(mostCauses).flatMap(([, list]) => list).length;
  return others === 0 ? lines : [...lines, `and ${others} more`];
}

/** `a, b, c and 4 more`. */
export function namesOf(names: readonly string[]): string {
  const unique = [...new Set(names)];
  const shown = unique.slice(0, mostNames).join(', ');
  return unique.length <= mostNames ? shown : `${shown} and ${unique.length - mostNames} more`;
}

/** The function; with its topic where the function has several mappings. */
function labels(mappings: readonly MappingDiagnosis[]): (mapping: MappingDiagnosis) => string {
  const uses = groupBy(mappings, functionOf);
  return (mapping) => {
    const name = functionOf(mapping);
    return uses.get(name)!.length === 1 || mapping.topic === null ? name : `${name} ← ${visible(mapping.topic)}`;
  };
}
