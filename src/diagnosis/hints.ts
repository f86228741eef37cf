/** Information for the reader besides the findings. */
import { inLargestUnit } from '../text/duration.js';
import { secretTypes } from '../aws/msk.js';
import { isOfLambda } from '../snapshot/lambda-interface.js';
import { isOk } from '../snapshot/read.js';
import type { Mapping, PollerLog } from '../snapshot/resources/index.js';
import type { Subject } from '../subject/subject.js';
import type { MappingDiagnosis } from './diagnosis.js';
import { metricsOff } from './metrics-off.js';

const minute = 60_000;
/**
 * Texts of pollers that have reached a broker or the function: the place of their network interfaces tells nothing
 * more.
 */
const pastTheNetwork = new Set<string>([
  'cluster-failed-to-authorize',
  'sasl-authentication-failed',
  'server-failed-to-authenticate-lambda',
  'lambda-failed-to-authenticate-server',
  'function-call-failed',
]);

/**
 * `isPartial`: only some checks ran. Sentences in a fixed order; for a healthy mapping only what is not known about
 * it.
 */
export function hintsFor(diagnosis: Omit<MappingDiagnosis, 'hints'>, subject: Subject, isPartial = false): string[] {
  const logs = subject.pollerLogs.is === 'known' ? subject.pollerLogs.value : [];
  if (diagnosis.observed.error === null)
    return [...(diagnosis.verdict === 'healthy' ? [] : loggedErrors(logs)), ...notCounted(diagnosis, subject)];
  return [
    ...unexplained(diagnosis, subject, isPartial),
    ...recentChange(diagnosis, subject),
    ...provenPoll(subject),
    ...loggedErrors(logs),
    ...loggedChoice(logs),
    ...(diagnosis.causes.length === 0 && !pastTheNetwork.has(diagnosis.observed.error)
      ? networkInterfaces(subject)
      : []),
  ];
}

/** A working mapping may still lose records; with its metrics off nothing shows it. */
const notCounted = ({ verdict }: Omit<MappingDiagnosis, 'hints'>, subject: Subject): string[] =>
  verdict === 'healthy' || verdict === 'at-risk' ? metricsOff(subject) : [];

const throughTheNetwork =
  'try a client in one of the pollers’ subnets with the cluster’s security groups, or switch on provisioned pollers with LoggingConfig for a while: their log names the error.';
/** Polling works, so nothing between pollers and brokers needs a fix. */
const throughTheFunction =
  'read the function’s own log for errors, time-outs and lack of memory: one record that it cannot take is tried again and again, and holds up its partition.';

/** No API returns the password that the brokers know. After a rotation, brokers and pollers may hold different ones. */
const withTheSecret =
  'try a client with the secret’s user name and password: whether the brokers know them as they stand, no API shows. After a rotation, disable and enable the mapping.';

function whatToTry(error: string | null, { mapping }: Subject): string {
  if (error === 'function-call-failed') return throughTheFunction;
  const hasPassword =
    mapping.is === 'known' &&
    (mapping.value satisfies Mapping).SourceAccessConfigurations.some(({ Type: type }) => type === secretTypes.scram);
  return error === 'sasl-authentication-failed' && hasPassword ? withTheSecret : throughTheNetwork;
}

function unexplained(
  { causes, verdict, observed, findings }: Omit<MappingDiagnosis, 'hints'>,
  subject: Subject,
  isPartial: boolean,
): string[] {
  if (causes.length > 0) return [];
  if (isPartial)
    return [
      'None of the checks that ran explains the text. Run all of them: `msk-lambda doctor` without --check and --skip.',
    ];
  if (verdict === 'unknown')
    return ['Nothing that could be read explains the text; what could not be read may contain the cause.'];
  const undecided = findings.filter(({ status }) => status === 'unknown').map(({ check }) => check);
  const seen =
    undecided.length === 0
      ? 'Everything was read and nothing explains the text'
      : `Nothing that was read explains the text (not decided: ${undecided.join(', ')})`;
  return [
    `${observed.error === 'unknown' ? 'The text is not one that is known' : seen}. Look again in some minutes, since the text outlives a repair; then ${whatToTry(observed.error, subject)}`,
  ];
}

/** The text is from the last attempt: a change a few minutes ago may already have repaired it. */
function recentChange({ causes }: Omit<MappingDiagnosis, 'hints'>, subject: Subject): string[] {
  if (causes.length > 0 || subject.capturedAt.is !== 'known') return [];
  const now = subject.capturedAt.value.getTime();
  const changed = [
    subject.mapping.is === 'known'
      ? (['the mapping', (subject.mapping.value satisfies Mapping).LastModified] as const)
      : undefined,
    subject.function.is === 'known' ? (['the function', subject.function.value?.LastModified] as const) : undefined,
    subject.secret.is === 'known' ? (['the secret', subject.secret.value?.LastChangedDate] as const) : undefined,
  ];
  return changed.flatMap((entry) => {
    const age = entry?.[1] === undefined ? Number.NaN : now - Date.parse(entry[1]);
    if (!(age >= 0 && age < 15 * minute)) return [];
    return [
      `${entry![0]} was changed ${inLargestUnit(Math.max(minute, age))} ago: the text may be older than that. Look again in some minutes.`,
    ];
  });
}

function provenPoll(subject: Subject): string[] {
  if (subject.mappingMetrics.is !== 'known') return [];
  const polled = subject.mappingMetrics.value['PolledEventCount']?.values ?? [];
  if (polled.length === 0) return [];
  // A poll without records counts as 0, so any datapoint proves a poll (AWS: event source mapping metrics).
  const total = polled.reduce((sum, value) => sum + value, 0);
  return [
    total > 0
      ? `PolledEventCount shows ${total} records read in the last hour: the pollers did reach the topic.`
      : 'PolledEventCount has datapoints of the last hour: the pollers did reach the topic, and found no records.',
  ];
}

function loggedErrors(logs: readonly PollerLog[]): string[] {
  const last = logs.findLast((line) => line.errorCode !== undefined || line.errorMessage !== undefined);
  return last === undefined
    ? []
    : [
        `The pollers’ own log says, at ${last.timestamp}: ${[last.errorCode, last.errorMessage].filter(Boolean).join(': ')}`,
      ];
}

/** The brokers, login and consumer group that the pollers really use, from their own log: the best evidence. */
function loggedChoice(logs: readonly PollerLog[]): string[] {
  const last = logs.findLast((line) => line.brokers.length > 0);
  if (last === undefined) return [];
  const login = [last.securityProtocol, last.saslMechanism].filter(Boolean).join('/');
  return [
    `The pollers’ own log shows that they talk to ${last.brokers.slice(0, 3).join(', ')}${login === '' ? '' : ` by ${login}`}${last.consumerGroup === undefined ? '' : ` as the consumer group ${last.consumerGroup}`}.`,
  ];
}

/**
 * How far the pollers got: Lambda creates their network interfaces before they connect to a broker. The function's
 * own interfaces may be in the same subnets.
 */
function networkInterfaces({ network, function: configuration }: Subject): string[] {
  if (network.is !== 'known') return [];
  const { question, reads } = network.value;
  const subnets = [...new Set(question.placements.flatMap(({ subnetIds }) => subnetIds))];
  const functionSubnets = configuration.is === 'known' ? (configuration.value?.VpcConfig?.SubnetIds ?? []) : [];
  const vpcs = new Set(
    subnets.flatMap((id) => (reads.subnets[id]?.outcome === 'ok' ? (reads.subnets[id].value.VpcId ?? []) : [])),
  );
  const lists = [...vpcs].flatMap((id) => reads.networkInterfaces[id] ?? []);
  if (lists.length === 0 || !lists.every(isOk) || functionSubnets.some((id) => subnets.includes(id))) return [];
  const made = lists
    .flatMap(({ value }) => value)
    .filter((networkInterface) => isOfLambda(networkInterface) && subnets.includes(networkInterface.SubnetId ?? ''));
  const count = new Set(made.map(({ SubnetId }) => SubnetId)).size;
  return [
    count === 0
      ? 'Lambda has no network interface in the pollers’ subnets now: it may not have come as far as the network.'
      : `Lambda has network interfaces in ${count} of the pollers’ ${subnets.length} subnets: the pollers came as far as the network.`,
  ];
}
