/** The part of a diagnosis that lists what could not be checked, and what to ask an administrator for. */
import type { Finding } from '../checks/run.js';
import { withNextActions } from '../diagnosis/likely-causes.js';
import type { Diagnosis, MappingDiagnosis } from '../diagnosis/diagnosis.js';
import type { ReadRecord } from '../snapshot/read.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';

/** At most this many failed reads are named; `--debug` shows each. */
const mostReasons = 5;

const indented = (columns: number) => ({ columns, indent: 2, hang: 2 });

/** The denied actions, and the other failed reads with their errors. */
function failuresOf(findings: readonly Finding[], reads: readonly ReadRecord[]) {
  const failed = findings.flatMap(({ unread }) => unread ?? []);
  const denied = failed.filter(({ outcome }) => outcome === 'denied').map(({ action }) => action);
  const others = failed
    .filter(({ outcome }) => outcome !== 'denied')
    .map(({ action, error }) => `${action}: ${visible(error)}`);
  return {
    actions: denied.length === 0 ? [] : withNextActions(denied, reads),
    errors: [...new Set(others)].toSorted(),
  };
}

function errorLines(errors: readonly string[], columns: number): string[] {
  const more = errors.length - mostReasons;
  return [
    ...errors.slice(0, mostReasons).map((line) => wrap(`Not read: ${line}`, indented(columns))),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

/** After an answer: the checks that failed reads leave open, and the permissions that would decide them. */
export function couldNotCheck(findings: readonly Finding[], reads: readonly ReadRecord[], columns: number): string[] {
  const { actions, errors } = failuresOf(findings, reads);
  const needed =
    actions.length === 0
      ? ''
      : ` Your credentials need: ${actions.join(', ')} (policy: msk-lambda policy --for doctor).`;
  return [
    wrap(`Could not check: ${findings.map(({ check }) => check).join(', ')}.${needed}`, indented(columns)),
    ...errorLines(errors, columns),
  ];
}

/** In place of an answer, where failed reads hide the cause. */
export function hiddenCause(
  { likely }: MappingDiagnosis,
  findings: readonly Finding[],
  { reads, names }: Pick<Diagnosis, 'reads' | 'names'>,
  { columns }: { columns: number },
): string[] {
  const { actions, errors } = failuresOf(findings, reads);
  const caller = names.caller === null ? '' : ` (${visible(names.caller)})`;
  const count = actions.length;
  return [
    ...(likely.length === 0
      ? []
      : [
          '  Likely, not proved:',
          ...likely.map(({ check, because }) =>
            wrap(`- ${visible(because)} (${check})`, { columns, indent: 4, hang: 2 }),
          ),
        ]),
    ...(findings.length === 0
      ? []
      : [wrap(`Could not check: ${findings.map(({ check }) => check).join(', ')}.`, indented(columns))]),
    ...errorLines(errors, columns),
    ...(count === 0
      ? []
      : [
          wrap(`Your credentials${caller} need: ${actions.join(', ')}`, indented(columns)),
          wrap(
            `Ask an administrator for ${count === 1 ? 'this action' : `these ${count} actions`} (policy: msk-lambda policy --for doctor), or to run this command.`,
            indented(columns),
          ),
        ]),
  ];
}
