import { count, instant, list, maybe, measurement, text, z } from './shape.js';

/** The datapoints of one metric in the window, oldest first. */
export const metricSchema = z.object({
  namespace: text,
  name: text,
  statistic: text,
  periodSeconds: count,
  /** ISO 8601, one per value. Both lists empty: CloudWatch has no datapoint. */
  timestamps: list(instant),
  values: list(measurement),
});
export type Metric = z.infer<typeof metricSchema>;

/** One line of the pollers' system log (LoggingConfig), with the members that describe what they did. */
export const pollerLogSchema = z.object({
  timestamp: instant,
  level: maybe(text),
  eventType: maybe(text),
  errorCode: maybe(text),
  errorMessage: maybe(text),
  brokers: list(text),
  securityProtocol: maybe(text),
  saslMechanism: maybe(text),
  consumerGroup: maybe(text),
  subnetCidr: maybe(text),
  securityGroups: list(text),
});
export type PollerLog = z.infer<typeof pollerLogSchema>;

/** An on-failure destination, as its own service describes it. */
export const destinationSchema = z.object({
  arn: text,
  kind: text,
  kmsKeyId: maybe(text),
  policy: maybe(text),
  region: maybe(text),
});
export type Destination = z.infer<typeof destinationSchema>;

/** A Glue schema registry. */
export const registrySchema = z.object({ RegistryArn: text, RegistryName: maybe(text), Status: maybe(text) });
export type Registry = z.infer<typeof registrySchema>;
