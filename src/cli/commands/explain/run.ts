import { textState } from '../../../catalogue/text-state.js';
import { knownTexts } from '../../../catalogue/match.js';
import { templateChecks } from '../../../catalogue/template-checks.js';
import { checks as accountChecks } from '../../../checks/index.js';
import { nearNames } from '../../../text/similar-names.js';
import { renderExplanation, renderList, type Explanation } from '../../../report/explanation-text.js';
import { isOk } from '../../../snapshot/read.js';
import { printAnswer } from '../../print-answer.js';
import type { ExplainOptions } from './options.js';
import type { Call } from '../../define-command.js';
import { exitCodes } from '../../exit-codes.js';
import type { Io } from '../../io.js';
import { introductionOf, readPage, sectionOf } from './check-pages.js';
import { explainText } from './explain-text.js';
import { readStdin } from '../../read-stdin.js';
import { readSource, sayUnread } from '../../open-account.js';
import { UsageError } from '../../../errors.js';

/** Those of `lint` too. */
const checks: readonly ExplainedCheck[] = [...accountChecks, ...templateChecks];
type ExplainedCheck = Pick<
  (typeof accountChecks)[number] | (typeof templateChecks)[number],
  'id' | 'title' | 'indicator'
>;

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** The form of check ids. A message of this form is explained where it is known. */
const looksLikeCheck = /^[a-z-]{1,60}\.[a-z-]{1,60}$/;

export async function run({ args, options, io }: Call<ExplainOptions>): Promise<number> {
  // An unquoted text arrives as several words.
  const isPiped = args.length === 1 && args[0] === '-';
  const given = isPiped ? await readStdin(io, 'standard input is too large for a message') : args.join(' ');
  const subject = given.trim();
  if (options.list === true) return list(options, io);
  if (subject === '')
    throw new UsageError(
      isPiped ? 'standard input is empty' : 'missing argument: the message or check to explain',
      isPiped
        ? 'Pipe a message, a check ID or a UUID into the command; `msk-lambda explain --list` lists every ID.'
        : 'Give a message, a check ID or a UUID, or `-` for standard input; `msk-lambda explain --list` lists every ID.',
    );
  const fromAccount = uuidPattern.test(subject);
  const text = fromAccount ? await shownText(subject, options, io) : subject;
  if (text === null) return exitCodes.cannotTell;
  const explanation = await explain(text);
  if (explanation.error === 'unknown' && !fromAccount) refuseUnknownId(text);
  await printAnswer(io, options, {
    text: () => renderExplanation(explanation, { ...io, verbose: options.verbose === true, fromAccount }),
    json: () => explanation,
  });
  return exitCodes.ok;
}

async function list(options: ExplainOptions, io: Io): Promise<number> {
  const texts = knownTexts.map(({ id, text, meaning }) => ({ id, text, meaning }));
  const known = checks.map(({ id, title }) => ({ id, title }));
  await printAnswer(io, options, {
    text: () => renderList(texts, known, io),
    json: () => ({ errors: texts, checks: known }),
  });
  return exitCodes.ok;
}

/** The text that a mapping shows now; null where it could not be read. */
async function shownText(uuid: string, options: ExplainOptions, io: Io): Promise<string | null> {
  const { snapshot, trouble } = await readSource([uuid], options, io, { nameLeftOut: true });
  if (trouble === null) sayUnread(io, snapshot);
  const read = snapshot.mappings[uuid.toLowerCase()] ?? snapshot.selfManagedMappings[uuid.toLowerCase()];
  if (read === undefined || !isOk(read)) return null;
  const { State: state = 'Enabled', LastProcessingResult: text = '', StateTransitionReason: reason = '' } = read.value;
  return textState(text) !== 'error' && state !== 'Enabled' && reason !== '' ? reason : text;
}

async function explain(subject: string): Promise<Explanation> {
  const check = checks.find(({ id }) => id === subject.toLowerCase());
  if (check !== undefined) return explainCheck(check);
  return explainText(subject);
}

/** Throws `UsageError` for what can only be the id of a check or a message, but of none that exists. */
function refuseUnknownId(subject: string): void {
  const isCheck = looksLikeCheck.test(subject.toLowerCase());
  const ids = isCheck ? checks.map(({ id }) => id) : knownTexts.map(({ id }) => id);
  const near = nearNames(subject, ids);
  if (near.length > 0 && /^[\w.-]+$/.test(subject))
    throw new UsageError(
      `unknown ${isCheck ? 'check' : 'message ID'} “${subject}”`,
      `Did you mean: ${near.join(', ')}?`,
    );
  if (isCheck)
    throw new UsageError(
      `“${subject}” is neither a check nor a known message`,
      'List them all: `msk-lambda explain --list`.',
    );
}

async function explainCheck({ id, title, indicator }: ExplainedCheck): Promise<Explanation> {
  const page = (await readPage(id)) ?? '';
  const shownBy = knownTexts.flatMap((text) =>
    text.causes.filter(({ check }) => check === id).map(({ because }) => ({ error: text.id, because })),
  );
  return {
    check: id,
    title,
    meaning: introductionOf(page),
    causes: [{ check: id, because: title, tell: indicator }],
    shownBy,
    fixes: [sectionOf(page, 'Fix')].filter((fix) => fix !== ''),
    page,
  };
}
