/** Finds the catalogue's entry for a text. Fragments are matched, because wordings change and tools wrap the texts. */
import { clientErrors } from './client-errors.js';
import { callerDenied, deniedEntry, roleDenied } from './denied-texts.js';
import { functionErrors } from './function-errors.js';
import { judgingCheck } from './judging-check.js';
import { claims, comparedText, type ComparedText, type KnownText } from './known-text.js';
import { normalize, squeeze } from './normalize.js';
import { matchOtherSource, otherEventSource } from './other-sources.js';
import { loggedErrors } from './poller-log.js';
import { recordFailures } from './record-failures.js';
import { requestErrors } from './request-errors.js';
import { lastResorts, serviceRefusals } from './service-refusals.js';
import { changedByUser, stopCodes } from './stop-codes.js';
import { errorTexts, type ErrorText, type ErrorTextId } from './texts.js';
import { translatedHeadings } from './translated-headings.js';

export type { ErrorTextId };

/** In a mapping's result, these words of the client mean the same as Lambda's. */
const refusedByCluster = ['not authorized to access topics', 'not authorized to access group'].map(squeeze);

/** The most specific entry that explains a `LastProcessingResult`; undefined for one that the catalogue lacks. */
export function matchText(text: string): ErrorText | undefined {
  const compared = comparedText(text);
  return lambdaText(compared) ?? inClientWords(compared);
}

function lambdaText(compared: ComparedText): ErrorText | undefined {
  const entry = errorTexts.find((known) => claims(known, compared));
  return entry?.id === 'not-enough-permission' ? withNamedAction(entry, compared.normalized) : entry;
}

const inClientWords = ({ squeezed }: ComparedText): ErrorText | undefined =>
  refusedByCluster.some((words) => squeezed.includes(words))
    ? errorTexts.find(({ id }) => id === 'cluster-failed-to-authorize')
    : undefined;

/** The most specific first, by subject; the last entries match what no other does. */
const specific: readonly KnownText[] = [...stopCodes, ...recordFailures];
const ofClients: readonly KnownText[] = [...clientErrors, ...loggedErrors];
const ofServices: readonly KnownText[] = [
  ...serviceRefusals,
  ...requestErrors,
  ...functionErrors,
  ...lastResorts,
  changedByUser,
];

/** The complete catalogue, in the order of the search. */
export const knownTexts: readonly KnownText[] = [
  otherEventSource,
  ...specific,
  callerDenied,
  roleDenied,
  ...ofClients,
  ...errorTexts,
  ...ofServices,
];

/**
 * The entry for any text about a mapping: its result, a stop code, a log line, a refused request, a client's
 * message.
 */
export function matchAny(text: string): KnownText | undefined {
  const compared = comparedText(text);
  const first = (entries: readonly KnownText[]) => entries.find((entry) => claims(entry, compared));
  return (
    matchOtherSource(compared.squeezed) ??
    first(specific) ??
    deniedEntry(text) ??
    first(ofClients) ??
    lambdaText(compared) ??
    translated(compared) ??
    first(ofServices) ??
    cutOff(text)
  );
}

/** Fewer characters are the beginning of too many sentences. */
const shortestBeginning = 16;
const beginnings = errorTexts.flatMap((entry) =>
  [entry.text, ...entry.fragments.filter((fragment) => typeof fragment === 'string')].map((wording) => ({
    entry,
    piece: squeeze(wording),
  })),
);

/** The only text of Lambda that begins with these words: a column of a table or of a console ends where it is full. */
function cutOff(text: string): ErrorText | undefined {
  const start = squeeze(normalize(text.trim().replace(/[\s.…"']{1,8}$/, '')));
  if (start.length < shortestBeginning) return undefined;
  const found = new Set(beginnings.filter(({ piece }) => piece.startsWith(start)).map(({ entry }) => entry));
  return found.size === 1 ? [...found][0] : undefined;
}

const headings = Object.entries(translatedHeadings).flatMap(([id, texts]) =>
  texts.map((heading) => ({ id: id as ErrorTextId, piece: squeeze(heading) })),
);

const translated = ({ squeezed }: ComparedText): ErrorText | undefined => {
  const found = headings.find(({ piece }) => squeezed.includes(piece));
  return found === undefined ? undefined : errorTexts.find(({ id }) => id === found.id);
};

/**
 * If the text names the refused action, the check of that action comes first. Quantifiers are bounded, because the
 * text may be of any length.
 */
function withNamedAction(entry: ErrorText, text: string): ErrorText {
  const { service = '', action = '' } =
    (
      /\b(?<service>[a-z0-9-]{1,40}):(?<action>[a-z0-9]{1,80}) permission/.exec(text) ??
      /permissions to call (?<action>[a-z0-9]{1,80}) on (?<service>[a-z0-9]{1,40})/.exec(text)
    )?.groups ?? {};
  const check = judgingCheck(service, action);
  if (check === undefined) return entry;
  return {
    ...entry,
    causes: [
      { check, because: `the message names ${action} of ${service}` },
      ...entry.causes.filter((cause) => cause.check !== check),
    ],
  };
}
