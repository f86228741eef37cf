/** Which alarms a mapping should have, and which are not possible until it publishes more metrics. */
import { functionNameOf, parseFunctionArn } from '../aws/function-arn.js';
import { ownCommand } from '../fixes/own-command.js';
import { worthwhileLag } from '../subject/lag.js';
import {
  functionDimensions,
  groupOfMetric,
  mappingDimensions,
  metricGroups,
  type CountedMetric,
  type MetricGroup,
} from '../snapshot/metrics.js';
import type { Mapping } from '../snapshot/resources/index.js';
import type { ShellCommand } from '../text/shell.js';
import type { Alarm } from './alarm.js';

/** Metrics that the mapping does not publish, and the alarms that need them. */
export interface MissingMetrics {
  groups: MetricGroup[];
  /** What cannot be seen without them: `dropped records`. */
  alarms: string[];
  /** Turns them on. */
  command: ShellCommand;
}

export interface RecommendedAlarms {
  alarms: Alarm[];
  missing: MissingMetrics | null;
}

/** Five minutes: the shortest period for which Lambda publishes these metrics reliably. */
const period = 300;

/** What an alarm looks at, before the mapping's names are put in. */
type Draft = Omit<Alarm, 'name' | 'metric'> & {
  /** The last word of the alarm's name. */
  suffix: string;
  /** For the list of what is missing. */
  unseen: string;
  metric: CountedMetric;
  statistic: Alarm['metric']['statistic'];
};

/**
 * `lag`: the lag of the last hour, by the most precise metric; the threshold is three times its maximum, so that the
 * alarm is silent while nothing changes.
 */
export function recommendAlarms(
  mapping: Mapping,
  { lag, lagThreshold }: { lag: readonly number[]; lagThreshold?: number | undefined },
): RecommendedAlarms {
  const on = new Set<string>(mapping.MetricsConfig?.Metrics);
  const threshold = lagThreshold ?? roundUp(Math.max(worthwhileLag, ...lag.map((value) => 3 * value)));
  const drafts = draftsFor(mapping, threshold, on.has('KafkaMetrics'));
  const possible = drafts.filter(({ metric }) => on.has(groupOfMetric(metric) ?? ''));
  const groups = (Object.keys(metricGroups) as MetricGroup[]).filter(
    (group) => !on.has(group) && drafts.some(({ metric }) => groupOfMetric(metric) === group),
  );
  return {
    alarms: [
      ...functionAlarms(mapping, on.has('KafkaMetrics') ? null : threshold),
      ...possible.map((draft) => ofMapping(mapping, draft)),
    ],
    missing:
      groups.length === 0
        ? null
        : {
            groups,
            alarms: drafts.filter((draft) => !possible.includes(draft)).map(({ unseen }) => unseen),
            command: ownCommand(
              'update',
              mapping.UUID,
              '--metrics',
              (Object.keys(metricGroups) as MetricGroup[])
                .filter((group) => on.has(group) || groups.includes(group))
                .join(','),
            ),
          },
  };
}

/** To two significant digits, upwards. */
function roundUp(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.ceil(value / unit) * unit;
}

const atLeast = (threshold: number, periods: number, toAlarm: number) =>
  ({
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold,
    period,
    periods,
    toAlarm,
    missing: 'notBreaching',
  }) as const;

function draftsFor(mapping: Mapping, threshold: number, hasLag: boolean): Draft[] {
  const hasDestination = mapping.DestinationConfig?.OnFailure?.Destination !== undefined;
  const hasRegistry =
    mapping.AmazonManagedKafkaEventSourceConfig?.SchemaRegistryConfig?.SchemaRegistryURI !== undefined;
  return [
    {
      suffix: 'stopped',
      unseen: 'a mapping that stopped polling',
      metric: 'PolledEventCount',
      statistic: 'SampleCount',
      description: 'Lambda has not polled the topic for 15 minutes: the mapping is disabled or shows a problem.',
      comparison: 'LessThanThreshold',
      threshold: 1,
      period,
      periods: 3,
      toAlarm: 3,
      missing: 'breaching',
    },
    {
      suffix: 'lag',
      unseen: 'the lag of this mapping alone',
      metric: 'SumOffsetLag',
      statistic: 'Maximum',
      description: `The mapping has been ${threshold} records or more behind its topic for 15 minutes.`,
      ...atLeast(threshold, 3, 3),
    },
    {
      suffix: 'dropped',
      unseen: 'dropped records',
      metric: 'DroppedEventCount',
      statistic: 'Sum',
      description: 'Lambda dropped records: their retries or maximum age were exceeded.',
      ...atLeast(1, 1, 1),
    },
    {
      suffix: 'polling-errors',
      unseen: 'polling errors',
      metric: 'PollingErrorCount',
      statistic: 'Sum',
      description: 'Lambda failed to poll the topic: network, authentication or authorization.',
      ...atLeast(1, 3, 3),
    },
    ...(hasDestination
      ? [
          {
            suffix: 'undelivered',
            unseen: 'failed deliveries to the on-failure destination',
            metric: 'OnFailureDestinationDeliveryErrorCount',
            statistic: 'Sum',
            description: 'The on-failure destination rejected failed records.',
            ...atLeast(1, 1, 1),
          } as const,
        ]
      : []),
    ...(hasRegistry
      ? [
          {
            suffix: 'schema-errors',
            unseen: 'records that the schema registry cannot decode',
            metric: 'SchemaRegistryErrorCount',
            statistic: 'Sum',
            description: 'Records could not be decoded, or the schema registry did not answer.',
            ...atLeast(1, 1, 1),
          } as const,
        ]
      : []),
  ].filter(({ suffix }) => suffix !== 'lag' || hasLag) as Draft[];
}

/** Of metrics that every function has; they count all callers of the function. */
function functionAlarms(mapping: Mapping, lagThreshold: number | null): Alarm[] {
  const { name, qualifier } = parseFunctionArn(mapping.FunctionArn) ?? { name: null, qualifier: null };
  if (name === null) return [];
  const dimensions = functionDimensions(name, qualifier);
  const alarm = (
    suffix: string,
    metric: string,
    description: string,
    statistic: Alarm['metric']['statistic'],
    rest: ReturnType<typeof atLeast>,
  ): Alarm => ({
    name: nameOf(mapping, suffix),
    description,
    metric: { name: metric, dimensions, statistic },
    ...rest,
  });
  return [
    ...(lagThreshold === null
      ? []
      : [
          alarm(
            'lag',
            'OffsetLag',
            `The function has been ${lagThreshold} records or more behind for 15 minutes; OffsetLag covers all Kafka mappings of the function.`,
            'Maximum',
            atLeast(lagThreshold, 3, 3),
          ),
        ]),
    alarm(
      'errors',
      'Errors',
      'Invocations of the function failed in two of three periods: Lambda retries the same batch, and its partition waits.',
      'Sum',
      atLeast(1, 3, 2),
    ),
    alarm(
      'throttles',
      'Throttles',
      'The function has been throttled for 15 minutes: its concurrency is too low for the pollers.',
      'Sum',
      atLeast(1, 3, 3),
    ),
  ];
}

const ofMapping = (mapping: Mapping, { suffix, unseen: _unseen, metric, statistic, ...rest }: Draft): Alarm => ({
  ...rest,
  name: nameOf(mapping, suffix),
  metric: { name: metric, dimensions: mappingDimensions(mapping.UUID), statistic },
});

/** At most 255 characters (API reference: AlarmName): function names have at most 64, topics at most 249. */
function nameOf({ FunctionArn: arn, Topics, UUID }: Mapping, suffix: string): string {
  const [id = ''] = UUID.split('-');
  const topic = (Topics?.[0] ?? 'topic').slice(0, 120);
  return `msk-lambda-${functionNameOf(arn) ?? 'function'}-${topic}-${id}-${suffix}`;
}
