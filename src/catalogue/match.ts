/** Finds the catalogue's entry for a text; wordings change and tools wrap them, so fragments are matched. */
import type { CheckId } from './check-ids.js';
import type { KnownText } from './known-text.js';
import { normalize } from './normalize.js';
import { loggedErrors } from './poller-log.js';
import { requestErrors } from './request-errors.js';
import { changedByUser, stopCodes } from './stop-codes.js';
import { errorTexts, type ErrorText, type ErrorTextId } from './texts.js';

export type { ErrorTextId };

const holds = (normalized: string) => (entry: KnownText) =>
  entry.fragments.some((fragment) => normalized.includes(fragment));

/** The entry that explains a `LastProcessingResult`, the most specific first; undefined for one that the catalogue lacks. */
export function matchText(text: string): ErrorText | undefined {
  const normalized = normalize(text);
  const entry = errorTexts.find(holds(normalized));
  return entry?.id === 'not-enough-permission' ? withNamedAction(entry, normalized) : entry;
}

/** Everything the catalogue knows, in the order in which a text is looked for. */
export const knownTexts: readonly KnownText[] = [
  ...stopCodes,
  ...loggedErrors,
  ...errorTexts,
  ...requestErrors,
  changedByUser,
];

/** The entry for any text of AWS about a mapping: its result, a stop code, a line of the pollers' log, a refused request. */
export function matchAny(text: string): KnownText | undefined {
  const normalized = normalize(text);
  const entry = knownTexts.find(holds(normalized));
  return entry === undefined ? undefined : matchText(text)?.id === entry.id ? matchText(text) : entry;
}

/** The check that looks at an action of a service; inside Kafka it depends on what the action is about. */
const judgedBy: Record<string, CheckId> = {
  ec2: 'access.network-interfaces',
  kafka: 'access.msk-api',
  msk: 'access.msk-api',
  secretsmanager: 'access.secret',
  kms: 'access.kms',
  sqs: 'access.destination',
  sns: 'access.destination',
  s3: 'access.destination',
  glue: 'access.destination',
};
const judgedInKafka: Record<string, CheckId> = {
  connect: 'access.kafka-connect',
  describetopic: 'access.kafka-topic',
  readdata: 'access.kafka-topic',
  describegroup: 'access.kafka-group',
  altergroup: 'access.kafka-group',
};

/** Where the text names the action that was refused, the check of that action comes first. */
function withNamedAction(entry: ErrorText, text: string): ErrorText {
  const { service, action } =
    (
      /\b(?<service>[a-z0-9-]+):(?<action>[a-z0-9]+) permission/.exec(text) ??
      /permissions to call (?<action>[a-z0-9]+) on (?<service>[a-z0-9]+)/.exec(text)
    )?.groups ?? {};
  const check = service === 'kafka-cluster' ? judgedInKafka[action ?? ''] : judgedBy[service ?? ''];
  if (check === undefined) return entry;
  return {
    ...entry,
    causes: [
      { check, because: `the text names ${action} of ${service}` },
      ...entry.causes.filter((cause) => cause.check !== check),
    ],
  };
}
