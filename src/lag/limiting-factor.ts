/** What keeps a mapping from catching up with its topic, and the setting that changes it. Pure. */
import { batchSize as batchSizes } from '../aws/limits.js';
import { ownCommand } from '../fixes/own-command.js';
import { fullBatchShare, oneSidedShare, worthwhileLag } from '../subject/lag.js';
import { shell, type ShellCommand } from '../text/shell.js';
import type { Consumption } from './consumption.js';

export type LimitingFactor =
  /** It keeps up. */
  | 'none'
  /** The function fails, so that batches are repeated. */
  | 'errors'
  | 'concurrency'
  | 'pollers'
  | 'partitions'
  | 'batch'
  | 'duration';

export interface Limit {
  /** Null where the data does not tell. */
  by: LimitingFactor | null;
  /** A sentence. */
  because: string;
  /** The command that changes it; null where no setting does. */
  setting: ShellCommand | null;
}

/** The names that commands need. */
export interface LimitSubject {
  uuid: string;
  functionName: string;
  clusterArn: string | null;
  topic: string;
}

/** From this share of failed invocations, failures are what limits. */
const mostlyFailing = 0.5;

export function limitOf(found: Consumption, subject: LimitSubject): Limit {
  const { lag, missingPermission } = found;
  if (lag.length === 0 && missingPermission !== null)
    return {
      by: null,
      because: `Could not read the metrics: your credentials need ${missingPermission}.`,
      setting: null,
    };
  if (lag.length === 0)
    return {
      by: null,
      because:
        'CloudWatch has no datapoints of the lag in the last hour; the metrics KafkaMetrics of the mapping add them.',
      setting: ownCommand('update', subject.uuid, '--metrics', 'EventCount,ErrorCount,KafkaMetrics'),
    };
  const last = lag.at(-1)!;
  if (last < worthwhileLag || last < 0.5 * Math.max(...lag))
    return {
      by: 'none',
      because: last < worthwhileLag ? 'The mapping keeps up with its topic.' : 'The mapping is catching up.',
      setting: null,
    };
  return failures(found, subject) ?? hotPartition(found, subject) ?? capacity(found, subject);
}

function failures(
  { invocations, errors, throttles, reservedConcurrency }: Consumption,
  subject: LimitSubject,
): Limit | null {
  const logs = ownCommand('doctor', subject.uuid);
  if (invocations === 0)
    return {
      by: null,
      because: 'The function was not invoked in the last hour: the mapping does not work.',
      setting: logs,
    };
  if (throttles !== null && throttles > 0)
    return {
      by: 'concurrency',
      because: `The function was throttled ${throttles} times in the last hour${reservedConcurrency === null ? ': the unreserved concurrency of the account is used up' : `: its reserved concurrency is ${reservedConcurrency}`}. Lambda reduces the pollers of a throttled function.`,
      setting: reservedConcurrency === null ? null : reserve(subject, Math.max(2 * reservedConcurrency, 1)),
    };
  if (errors !== null && invocations !== null && errors >= mostlyFailing * invocations)
    return {
      by: 'errors',
      because: `${errors} of ${invocations} invocations failed in the last hour: Lambda repeats the batch, and its partition waits.`,
      setting: logs,
    };
  return null;
}

const reserve = ({ functionName }: LimitSubject, concurrency: number): ShellCommand =>
  shell`aws lambda put-function-concurrency --function-name ${functionName} --reserved-concurrent-executions ${concurrency}`;

function hotPartition({ lag, largestLag, partitions }: Consumption, subject: LimitSubject): Limit | null {
  if (largestLag === null || partitions === null || partitions < 2 || largestLag < oneSidedShare * lag.at(-1)!)
    return null;
  return {
    by: 'partitions',
    because: `One of ${partitions} partitions has ${Math.round((100 * largestLag) / lag.at(-1)!)} % of the lag: a key that most records have, or a record that always fails. More partitions, pollers or concurrency do not help.`,
    setting: ownCommand('doctor', subject.uuid),
  };
}

function capacity(found: Consumption, subject: LimitSubject): Limit {
  const { partitions, provisioned, reservedConcurrency } = found;
  const pollers = provisioned?.pollers ?? null;
  const most = provisioned?.maximum ?? null;
  if (reservedConcurrency !== null && partitions !== null && reservedConcurrency < (pollers ?? partitions))
    return {
      by: 'concurrency',
      because: `The reserved concurrency of ${reservedConcurrency} is below the ${pollers ?? partitions} ${pollers === null ? 'partitions' : 'event pollers'}; each invokes the function concurrently.`,
      setting: reserve(subject, pollers ?? partitions),
    };
  if (pollers !== null && most !== null && pollers >= most && (partitions === null || most < partitions))
    return {
      by: 'pollers',
      because: `All ${most} event pollers run${partitions === null ? '' : `, for ${partitions} partitions`}.`,
      setting: ownCommand(
        'update',
        subject.uuid,
        '--maximum-pollers',
        String(Math.min(partitions ?? 2 * most, 2 * most)),
      ),
    };
  return throughput(found, subject);
}

/** Each partition is read by one poller, which waits for its invocation: batch and duration decide. */
function throughput(found: Consumption, subject: LimitSubject): Limit {
  const { batchSize, duration, recordsPerInvocation, partitions, provisioned } = found;
  const each =
    duration === null
      ? ''
      : ` An invocation takes ${duration < 1000 ? `${Math.round(duration)} ms` : `${(duration / 1000).toFixed(1)} s`}.`;
  if (
    recordsPerInvocation !== null &&
    recordsPerInvocation >= fullBatchShare * batchSize &&
    batchSize < batchSizes.most
  )
    return {
      by: 'batch',
      because: `Batches are full: ${Math.round(recordsPerInvocation)} of at most ${batchSize} records.${each} A larger batch helps unless the time of an invocation grows as much.`,
      setting: ownCommand('update', subject.uuid, '--batch-size', String(Math.min(batchSizes.most, 2 * batchSize))),
    };
  if (partitions === null)
    return {
      by: null,
      because: `The number of partitions is not known.${each}`,
      setting: null,
    };
  const pollers = provisioned?.pollers ?? null;
  if (pollers !== null && pollers < partitions)
    return {
      by: null,
      because: `${pollers} event pollers run for ${partitions} partitions, fewer than the maximum: Lambda adds pollers while the lag grows.${each}`,
      setting: null,
    };
  const isAtMost =
    pollers === null ? 'On-demand mode runs at most one poller per partition' : 'Every partition has an event poller';
  if (duration === null)
    return {
      by: 'partitions',
      because: `${isAtMost}, and the topic has ${partitions}.`,
      setting: morePartitions(subject, partitions),
    };
  return {
    by: 'duration',
    because: `${isAtMost} (${partitions}), and it waits for the function.${each} A faster function, or more partitions, is what helps.`,
    setting: morePartitions(subject, partitions),
  };
}

const morePartitions = ({ clusterArn, topic }: LimitSubject, partitions: number): ShellCommand | null =>
  clusterArn === null
    ? null
    : shell`aws kafka update-topic --cluster-arn ${clusterArn} --topic-name ${topic} --partition-count ${2 * partitions}`;
