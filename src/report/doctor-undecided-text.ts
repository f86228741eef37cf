/** The part of a diagnosis that lists what could not be checked, and what to ask an administrator for. */
import type { Finding } from '../checks/run.js';
import { withNextActions } from '../diagnosis/likely-causes.js';
import type { Diagnosis, MappingDiagnosis } from '../diagnosis/diagnosis.js';
import type { ReadRecord } from '../snapshot/read.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';
import type { Mentions } from './resource-mentions.js';

/** At most this many failed reads are named; `--debug` shows each. */
const mostReasons = 5;

export interface UndecidedStyle {
  columns: number;
  /** The command that prints the missing permissions of this mapping as a policy. */
  missingPolicy: string;
}

const command = (line: string): string => `       ${visible(line)}`;

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
export function couldNotCheck(
  findings: readonly Finding[],
  reads: readonly ReadRecord[],
  { columns, missingPolicy, mentions }: UndecidedStyle & { mentions: Mentions },
): string[] {
  const { actions, errors } = failuresOf(findings, reads);
  const needed = actions.length === 0 ? '' : ` Your credentials need: ${actions.join(', ')}. The policy to ask for:`;
  // A failed read is the reason of most; of the others the reason is what was read.
  const unclear = findings.filter(({ unread = [] }) => unread.length === 0);
  const others = findings.filter((finding) => !unclear.includes(finding));
  return [
    ...unclear.map(({ check, title, evidence }) =>
      wrap(
        `Could not check ${check}: ${mentions.sentence([title.replace(/^Could not check: /, ''), ...evidence.map(({ resource, fact }) => `${resource}: ${fact}`)].join('; '))}.`,
        indented(columns),
      ),
    ),
    ...(others.length === 0
      ? []
      : [wrap(`Could not check: ${others.map(({ check }) => check).join(', ')}.${needed}`, indented(columns))]),
    ...(actions.length === 0 ? [] : [command(missingPolicy)]),
    ...errorLines(errors, columns),
  ];
}

/** In place of an answer, where failed reads hide the cause. */
export function hiddenCause(
  { likely }: MappingDiagnosis,
  findings: readonly Finding[],
  { reads, names }: Pick<Diagnosis, 'reads' | 'names'>,
  { columns, missingPolicy }: UndecidedStyle,
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
            `Ask an administrator to run this command, or to grant you ${count === 1 ? 'this action' : `these ${count} actions`}. The policy to send:`,
            indented(columns),
          ),
          command(missingPolicy),
        ]),
  ];
}
