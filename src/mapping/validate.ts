/** The errors of settings, before any call to AWS: ranges, conflicts, and settings that require others. */
import { isSecretId } from '../aws/secret-arn.js';
import { defaultPollers } from '../aws/limits.js';
import { parseArn, serviceOf } from '../aws/arn.js';
import { isEventSourceArn } from '../aws/event-source.js';
import * as z from 'zod/mini';
import { filterFaults } from '../filter/pattern-faults.js';
import { flagOf } from './flag-names.js';
import { adviceOnKey, keysInside, settingOfKey } from './foreign-keys.js';
import { isProvisioned, settingsSchema, type MappingChanges, type MappingSettings } from './settings.js';

export interface Problem {
  /** The setting by its path, `provisionedPollers.minimum`. */
  setting: string;
  flag: string;
  /** A complete sentence without its period, with the name of the setting. */
  message: string;
}

export interface Validating {
  /** The present, to recognise a starting timestamp in the future. */
  now: Date;
  /** The name of a setting in a sentence: its flag, or its position in a file. */
  nameOf?: (setting: string) => string;
}

/** All problems of a new mapping's settings. If there are none, `settings` has its declared type. */
export function validateSettings(settings: Partial<MappingSettings>, { now, nameOf = flagOf }: Validating): Problem[] {
  const problem = problemMaker(nameOf);
  // A setting under another tool's name is not missing: it must be renamed.
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  const renamed = new Set(given.map(([key]) => settingOfKey(key)));
  const missing = (['function', 'cluster', 'topic', 'startingPosition'] as const)
    .filter((name) => settings[name] === undefined && !renamed.has(name))
    .map((name) => problem(name, 'is missing'));
  const isAbsent = (name: string) => settings[name as keyof MappingSettings] === undefined;
  const shapes = shapeProblems(settingsSchema, settings, problem).filter(
    ({ setting }) =>
      !missing.some((known) => known.setting === setting) && !(isAbsent(setting) && renamed.has(setting)),
  );
  return [...missing, ...shapes, ...(shapes.length > 0 ? [] : rules(settings, { now, problem, nameOf }))];
}

/**
 * All problems of the settings after an update: of `changes` alone, and combined with the existing settings, where
 * these are known.
 */
export function validateChanges(
  changes: MappingChanges,
  standing: Partial<MappingSettings> | null,
  { now, nameOf = flagOf }: Validating,
): Problem[] {
  const problem = problemMaker(nameOf);
  const set = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== null && value !== undefined));
  const shapes = shapeProblems(z.partial(settingsSchema), { ...set, ...withRemovedTags(changes) }, problem);
  if (shapes.length > 0 || standing === null) return shapes;
  const after = Object.fromEntries(
    Object.entries({ ...standing, ...changes }).filter(([, value]) => value !== null && value !== undefined),
  ) as Partial<MappingSettings>;
  // An existing problem is not reported, unless the change causes it.
  const before = new Set(rules(standing, { now, problem, nameOf }).map(({ message }) => message));
  return rules(after, { now, problem, nameOf }).filter(({ message }) => !before.has(message));
}

/** The key of a tag that is removed follows the same pattern; it has no value. */
const withRemovedTags = ({ tags }: MappingChanges): Pick<MappingSettings, 'tags'> =>
  tags === undefined || tags === null
    ? {}
    : { tags: Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, value ?? ''])) };

type MakeProblem = (setting: string, sentence: string) => Problem;

const problemMaker =
  (nameOf: (setting: string) => string): MakeProblem =>
  (setting, sentence) => ({ setting, flag: flagOf(setting), message: `${nameOf(setting)} ${sentence}` });

/** A value in the place of a secret's ARN may be the secret's content. */
const mayRepeat = (path: string, given: unknown): boolean =>
  typeof given === 'number' ||
  (typeof given === 'string' && given.length <= 60 && (!/(uri|secret)$/i.test(path) || isSecretId(given)));

function shapeProblems(schema: z.ZodMiniType, value: object, problem: MakeProblem): Problem[] {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return [];
  const problems = parsed.error.issues.flatMap((issue) => {
    const path = issue.path.map(String).join('.');
    if (issue.code === 'unrecognized_keys') {
      const block = memberAt(value, issue.path);
      return issue.keys.flatMap((key) =>
        keyProblems([...issue.path.map(String), key], memberAt(block, [key]), problem),
      );
    }
    if (issue.code === 'invalid_key') return problem(path, issue.issues[0]?.message ?? issue.message);
    const given = memberAt(value, issue.path);
    if (given === undefined) return problem(path, 'is missing');
    return problem(
      path,
      `${issue.message}${mayRepeat(path, given) ? `, not ${given === '' ? 'an empty text' : String(given)}` : ''}`,
    );
  });
  // One sentence per setting: a number that is not whole is out of its range too.
  return [...new Map(problems.toReversed().map((fault) => [fault.setting, fault])).values()].toReversed();
}

const memberAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((member, key) => (member as Record<PropertyKey, unknown> | null | undefined)?.[key], value);

/** An unknown key, with the correct one; in a block of another tool also each key inside. */
const keyProblems = (path: readonly string[], value: unknown, problem: MakeProblem): Problem[] => [
  problem(path.join('.'), `is not a setting of a mapping${adviceOnKey(path.at(-1)!)}`),
  ...keysInside(value).map((key) =>
    problem([...path, key].join('.'), `is not a setting of a mapping${adviceOnKey(key)}`),
  ),
];

/**
 * Settings that need provisioned mode (AWS: Kafka scaling modes, retry configurations, schema registries, ESM
 * logging).
 */
const needPollers: readonly [
  setting: keyof MappingSettings,
  isAsked: (settings: Partial<MappingSettings>) => boolean,
][] = [
  ['maximumRetryAttempts', ({ maximumRetryAttempts: retries }) => (retries ?? -1) !== -1],
  ['maximumRecordAge', ({ maximumRecordAge: age }) => (age ?? -1) !== -1],
  ['bisectBatchOnError', ({ bisectBatchOnError: bisect }) => bisect === true],
  ['reportBatchItemFailures', ({ reportBatchItemFailures: report }) => report === true],
  ['onFailure', ({ onFailure }) => onFailure?.startsWith('kafka://') === true],
  ['schemaRegistry', ({ schemaRegistry }) => schemaRegistry !== undefined],
  ['logLevel', ({ logLevel }) => logLevel !== undefined],
];

function rules(
  settings: Partial<MappingSettings>,
  context: { now: Date; problem: MakeProblem; nameOf: (setting: string) => string },
): Problem[] {
  const { problem, nameOf } = context;
  const pollers = nameOf('provisionedPollers');
  const modes = isProvisioned(settings)
    ? []
    : needPollers
        .filter(([, isAsked]) => isAsked(settings))
        .map(([name]) =>
          problem(
            name,
            `${name === 'onFailure' ? 'with a Kafka topic ' : ''}requires provisioned mode: also set ${pollers}`,
          ),
        );
  const { minimum = defaultPollers.minimum, maximum = defaultPollers.maximum } = settings.provisionedPollers ?? {};
  // An absent one counts with Lambda's default.
  const crossed =
    minimum > maximum
      ? [
          problem(
            'provisionedPollers.minimum',
            `is ${minimum}, greater than ${nameOf('provisionedPollers.maximum')}, which is ${maximum}`,
          ),
        ]
      : [];
  const twice =
    settings.secret !== undefined && (settings.sourceAccess ?? []).length > 0
      ? [problem('secret', `and ${nameOf('sourceAccess')} both set the secret: keep only one`)]
      : [];
  return [
    ...positionProblems(settings, context),
    ...twice,
    ...modes,
    ...crossed,
    ...placeProblems(settings, problem),
    ...destinationProblems(settings, problem),
    ...registryProblems(settings, problem),
    ...(settings.filters ?? []).flatMap((pattern, index) =>
      filterFaults(pattern).map((fault) => problem(`filters.${index}`, `is not valid: ${fault}`)),
    ),
  ];
}

function positionProblems(
  { startingPosition: position, startingPositionTimestamp: timestamp }: Partial<MappingSettings>,
  { now, problem, nameOf }: { now: Date; problem: MakeProblem; nameOf: (setting: string) => string },
): Problem[] {
  const name = 'startingPositionTimestamp';
  if (position === 'AT_TIMESTAMP' && timestamp === undefined)
    return [problem(name, 'is missing: AT_TIMESTAMP requires it')];
  if (timestamp === undefined) return [];
  if (position !== undefined && position !== 'AT_TIMESTAMP')
    return [problem(name, `is allowed only with ${nameOf('startingPosition')} AT_TIMESTAMP, not with ${position}`)];
  return Date.parse(timestamp) > now.getTime() ? [problem(name, `is ${timestamp}, which is in the future`)] : [];
}

/** Function and cluster must be in one region, and in one account unless a VPC connection is between them. */
function placeProblems(
  { function: name = '', cluster = '' }: Partial<MappingSettings>,
  problem: MakeProblem,
): Problem[] {
  if (cluster.startsWith('arn:') && !isEventSourceArn(cluster))
    return [
      problem('cluster', `must be the name or ARN of an MSK cluster or the ARN of a VPC connection, not ${cluster}`),
    ];
  if (name.startsWith('arn:') && !/^arn:[^:]+:lambda:[^:]+:\d{12}:function:.+/.test(name))
    return [problem('function', `must be the name or ARN of a function, not ${name}`)];
  if (!cluster.startsWith('arn:') || !name.startsWith('arn:')) return [];
  const [called, source] = [parseArn(name)!, parseArn(cluster)!];
  if (called.region !== source.region)
    return [
      problem('cluster', `is in ${source.region}, the function in ${called.region}: both must be in the same region`),
    ];
  if (called.account !== source.account)
    return [
      problem(
        'cluster',
        `belongs to account ${source.account}, the function to ${called.account}: use the ARN of a VPC connection in the account of the function`,
      ),
    ];
  return [];
}

/** AWS: on-failure destinations of Kafka mappings. */
function destinationProblems({ onFailure = '', topic }: Partial<MappingSettings>, problem: MakeProblem): Problem[] {
  if (onFailure === '') return [];
  const wrong = (sentence: string) => [problem('onFailure', sentence)];
  if (onFailure.startsWith('kafka://')) {
    if (onFailure === `kafka://${topic ?? ''}`) return wrong('is the topic that the mapping reads itself');
    return /^kafka:\/\/[a-zA-Z0-9_-][a-zA-Z0-9._-]{0,248}$/.test(onFailure)
      ? []
      : wrong(
          `must be kafka:// and a topic name (letters, digits, “.”, “_” and “-”, not beginning with “.”), not ${onFailure}`,
        );
  }
  if (!/^arn:[^:]+:(sqs|sns|s3):/.test(onFailure))
    return wrong(`must be the ARN of an SQS queue, SNS topic or S3 bucket, or kafka://TOPIC, not ${onFailure}`);
  return onFailure.endsWith('.fifo') ? wrong('is FIFO, which Lambda does not support as a destination') : [];
}

function registryProblems({ schemaRegistry: registry }: Partial<MappingSettings>, problem: MakeProblem): Problem[] {
  if (registry === undefined) return [];
  const glue = serviceOf(registry.uri) === 'glue';
  if (!glue && !/^https:\/\/./.test(registry.uri))
    return [problem('schemaRegistry.uri', 'must be the ARN of an AWS Glue registry or an https address')];
  return glue && (registry.access ?? []).length > 0
    ? [problem('schemaRegistry.access', 'is only for Confluent registries, not for an AWS Glue registry')]
    : [];
}
