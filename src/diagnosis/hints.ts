/** Information for the reader besides the findings. */
import { shellCommand } from '../text/shell.js';
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

const throughTheNetwork = (probe: string): string =>
  `run \`${probe}\` in one of the cluster’s subnets and with the cluster’s security groups, or use provisioned mode with LoggingConfig for a while: the pollers’ log contains the error.`;
/** Polling works, so nothing between pollers and brokers needs a fix. */
const throughTheFunction =
  'check the function’s log for errors, timeouts and lack of memory: Lambda retries a failed batch, and its partition does not continue until then.';

/** No API returns the password that the brokers know. After a rotation, brokers and pollers may hold different ones. */
const withTheSecret = (probe: string): string =>
  `run \`${probe}\`: it logs in with the user name and password in the secret, and no API shows whether the brokers know them. After a rotation, disable and enable the mapping.`;

function whatToTry(error: string | null, { mapping }: Subject): string {
  if (error === 'function-call-failed') return throughTheFunction;
  const hasPassword =
    mapping.is === 'known' &&
    (mapping.value satisfies Mapping).SourceAccessConfigurations.some(({ Type: type }) => type === secretTypes.scram);
  const probe = shellCommand('msk-lambda', 'probe', mapping.is === 'known' ? mapping.value.UUID : 'MAPPING');
  return (error === 'sasl-authentication-failed' && hasPassword ? withTheSecret : throughTheNetwork)(probe);
}

function unexplained(
  { causes, verdict, observed, findings }: Omit<MappingDiagnosis, 'hints'>,
  subject: Subject,
  isPartial: boolean,
): string[] {
  if (causes.length > 0) return [];
  if (isPartial)
    return [
      'None of the selected checks explains the error. Run all checks: `msk-lambda doctor` without --check and --skip.',
    ];
  // The first line says that the cause is hidden.
  if (verdict === 'unknown') return [];
  const undecided = findings.filter(({ status }) => status === 'unknown').map(({ check }) => check);
  const seen =
    undecided.length === 0
      ? 'All checks ran, and none explains the error'
      : `No check explains the error (could not check: ${undecided.join(', ')})`;
  return [
    `${observed.error === 'unknown' ? 'msk-lambda does not know this error' : seen}. Check again in a few minutes, because Lambda shows an error for some time after it was fixed; then ${whatToTry(observed.error, subject)}`,
  ];
}

/** The text is from the last attempt: a change a few minutes ago may already have repaired it. */
function recentChange({ causes }: Omit<MappingDiagnosis, 'hints'>, subject: Subject): string[] {
  if (causes.length > 0 || subject.capturedAt.is !== 'known') return [];
  const now = subject.capturedAt.value.getTime();
  const changed = [
    subject.mapping.is === 'known'
      ? (['The mapping', (subject.mapping.value satisfies Mapping).LastModified] as const)
      : undefined,
    subject.function.is === 'known' ? (['The function', subject.function.value?.LastModified] as const) : undefined,
    subject.secret.is === 'known' ? (['The secret', subject.secret.value?.LastChangedDate] as const) : undefined,
  ];
  return changed.flatMap((entry) => {
    const age = entry?.[1] === undefined ? Number.NaN : now - Date.parse(entry[1]);
    if (!(age >= 0 && age < 15 * minute)) return [];
    return [
      `${entry![0]} was changed ${inLargestUnit(Math.max(minute, age))} ago, so the error may be from before the change. Check again in a few minutes.`,
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
      ? `PolledEventCount shows ${total} records in the last hour, so the pollers reached the topic.`
      : 'PolledEventCount has datapoints in the last hour, so the pollers reached the topic and found no records.',
  ];
}

function loggedErrors(logs: readonly PollerLog[]): string[] {
  const last = logs.findLast((line) => line.errorCode !== undefined || line.errorMessage !== undefined);
  return last === undefined
    ? []
    : [
        `The pollers’ log contains, at ${last.timestamp}: ${[last.errorCode, last.errorMessage].filter(Boolean).join(': ')}`,
      ];
}

/** The brokers, login and consumer group that the pollers really use, from their own log: the best evidence. */
function loggedChoice(logs: readonly PollerLog[]): string[] {
  const last = logs.findLast((line) => line.brokers.length > 0);
  if (last === undefined) return [];
  const login = [last.securityProtocol, last.saslMechanism].filter(Boolean).join('/');
  return [
    `According to their log, the pollers use the brokers ${last.brokers.slice(0, 3).join(', ')}${login === '' ? '' : ` with ${login}`}${last.consumerGroup === undefined ? '' : ` and the consumer group ${last.consumerGroup}`}.`,
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
      ? 'Lambda has no network interfaces in the cluster’s subnets now, so it may have failed before it reached the network.'
      : `Lambda has network interfaces in ${count} of the cluster’s ${subnets.length} subnets, so the pollers reached the network.`,
  ];
}
