/** The answer of `doctor` for people: the most severe mapping first, mappings with one cause once, a summary last. */
import type { ChalkInstance } from 'chalk';
import type { Diagnosis, MappingDiagnosis, Verdict } from '../diagnosis/diagnosis.js';
import type { Shell } from '../text/shells.js';
import { noMappings } from './no-mappings.js';
import { shellCommand } from '../text/shell.js';
import { wrap } from '../text/wrap.js';
import { clusterOf, functionOf, headLine } from './doctor-head-line.js';
import { renderMapping, type MappingStyle } from './doctor-mapping-text.js';
import { namesOf, renderSummary } from './doctor-summary.js';
import type { RepairCommands } from './fix-lines.js';
import { leftOutHeading, renderLeftOut } from './left-out-text.js';
import { groupByCause } from './same-cause.js';

export interface DoctorStyle {
  colour: ChalkInstance;
  columns: number;
  /** `--verbose`: every check with its reason. */
  verbose: boolean;
  /** The user's profile, which a printed command needs too. */
  profile?: string | undefined;
  /** The shell for printed commands. */
  shell?: Shell | undefined;
  /** Width of the first line of a mapping; endless where a program reads it. */
  headColumns?: number;
  /** Mappings that were repaired a moment ago, without waiting for a new result of Lambda. */
  repaired?: ReadonlySet<string>;
  /** Options of the user that lead a printed command to the same account, such as `--sandbox NAME`. */
  source?: readonly string[];
  /** The user's snapshot file: another command that only reads can read it too. */
  snapshotFile?: string | undefined;
}

export const renderDoctor = (diagnosis: Diagnosis, style: DoctorStyle): string =>
  [...doctorPieces(diagnosis, style)].join('');

/** The same text as one piece per mapping, so that a text about thousands is never in memory at once. */
export function* doctorPieces(diagnosis: Diagnosis, style: DoctorStyle): Generator<string> {
  const { mappings, leftOut, region } = diagnosis;
  const others = leftOut.length === 0 ? '' : renderLeftOut(diagnosis, mappingStyle(style));
  if (mappings.length === 0) {
    yield others === '' ? noMappings(region) : others;
    return;
  }
  const selfManaged = others === '' ? '' : `${style.colour.bold(leftOutHeading(leftOut))}\n${others}`;
  // Broken mappings first.
  const isBroken = (list: readonly { verdict: Verdict | null }[]) => list.some(({ verdict }) => verdict === 'broken');
  const isFirst = isBroken(leftOut) && !isBroken(mappings);
  if (selfManaged !== '' && isFirst) yield `${selfManaged}\n\n`;
  yield* mappingPieces(diagnosis, style);
  if (selfManaged !== '' && !isFirst) yield `\n\n${selfManaged}`;
}

/** In a long answer, this many causes are reported in full: the summary has all. */
const mostInFull = 20;

function* mappingPieces(diagnosis: Diagnosis, style: DoctorStyle): Generator<string> {
  const { mappings } = diagnosis;
  const inner = mappingStyle(style);
  const [only] = mappings.length === 1 ? mappings : [];
  if (only !== undefined) {
    yield renderMapping(only, diagnosis, inner);
    return;
  }
  const isShort = ({ verdict }: MappingDiagnosis) =>
    !style.verbose && (verdict === 'healthy' || verdict === 'disabled');
  const groups = style.verbose
    ? mappings.map((mapping) => [mapping])
    : groupByCause(mappings.filter((mapping) => !isShort(mapping)));
  const line = style.colour.dim('─'.repeat(Math.min(style.columns, 72)));
  const shown = style.verbose ? groups : groups.slice(0, mostInFull);
  let separator = '';
  for (const [first, ...others] of shown) {
    yield `${separator}${renderMapping(first!, diagnosis, inner, othersWith(others, style))}`;
    separator = `\n${line}\n`;
  }
  for (const [first, ...others] of groups.slice(shown.length)) {
    const [also = ''] = othersWith(others, style);
    yield `${separator}${headLine(first!, diagnosis, style, also)}`;
    separator = '\n';
  }
  if (shown.length < groups.length)
    yield wrap(
      `\nThe last ${groups.length - shown.length} are shown in one line each: msk-lambda doctor UUID shows one in full.`,
      style,
    );
  yield `${groups.length === 0 ? '' : `\n${line}\n`}${renderSummary(diagnosis, style)}`;
}

/** At most this many other mappings are named in the first line. */
const mostNamed = 3;

/** Other mappings with the same cause, in a few words for the first line and with their UUIDs for another one. */
function othersWith(others: readonly MappingDiagnosis[], { columns }: DoctorStyle): [short: string, long: string] {
  const [first] = others;
  if (first === undefined) return ['', ''];
  const short =
    others.length <= mostNamed
      ? `also ${namesOf(others.map(functionOf))}`
      : `also ${others.length} other mappings of ${clusterOf(first)}`;
  const named = others.slice(0, 2 * mostNamed).map(({ uuid }) => uuid);
  const more = others.length - named.length;
  return [
    short,
    wrap(`The same cause: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`, { columns, indent: 2, hang: 2 }),
  ];
}

const mappingStyle = (style: DoctorStyle): MappingStyle => ({
  ...style,
  repairOf: (uuid) => repairCommands(uuid, style),
  missingPolicyOf: (uuid) =>
    shellCommand(
      'msk-lambda',
      'policy',
      uuid,
      '--for',
      'doctor',
      '--only-missing',
      ...optionsOf(style),
      ...fileOf(style),
    ),
});

/** The user's options that lead another command to the same account. */
const optionsOf = ({ profile, source = [] }: DoctorStyle): string[] => [
  ...(profile === undefined ? [] : ['--profile', profile]),
  ...source,
];

const fileOf = ({ snapshotFile }: DoctorStyle): string[] =>
  snapshotFile === undefined ? [] : ['--snapshot', snapshotFile];

/** `msk-lambda doctor UUID --fix` with the options that lead to the same account. */
function repairCommands(uuid: string, style: DoctorStyle): RepairCommands {
  const options = optionsOf(style);
  const command = (flag: string) => shellCommand('msk-lambda', 'doctor', uuid, flag, ...options);
  return {
    fix: command('--fix'),
    plan: command('--plan'),
    choose: (option) => shellCommand('msk-lambda', 'doctor', uuid, '--fix', '--choose', String(option), ...options),
    changeOwned: shellCommand('msk-lambda', 'doctor', uuid, '--fix', '--change-owned', ...options),
    policy: (tool) => shellCommand('msk-lambda', 'policy', uuid, '--output', tool, ...options),
    source: options,
  };
}
