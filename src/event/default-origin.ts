/** Names of a cluster in an event for which the user gave none. */
import { parseEventSource, type EventSource } from '../aws/event-source.js';
import { dnsSuffixOf } from '../aws/partitions.js';
import { UsageError } from '../errors.js';
import { visible } from '../text/visible.js';
import type { EventOrigin } from './build-event.js';

const exampleArn = 'arn:aws:kafka:us-east-1:123456789012:cluster/my-cluster/11111111-2222-3333-4444-555555555555-1';

/** What the user gave of the source. */
export interface OriginChoice {
  eventSourceArn?: string | undefined;
  isSelfManaged: boolean;
  /** Addresses separated by commas. */
  bootstrap?: string | undefined;
}

/** The source with example names for what is not given. Throws `UsageError` for an ARN or an address that is none. */
export function originOf({ eventSourceArn = exampleArn, isSelfManaged, bootstrap }: OriginChoice): EventOrigin {
  const addresses = bootstrap?.split(',').map((address) => address.trim());
  const wrong = addresses?.find((address) => {
    const [, port] = /^(?:[^\s:]{1,255}|\[[\da-f:]{2,45}\]):(\d{1,5})$/i.exec(address) ?? [];
    return port === undefined || Number(port) < 1 || Number(port) > 65_535;
  });
  if (wrong !== undefined)
    throw new UsageError(
      `“${visible(wrong)}” is not the address of a broker`,
      'Expected HOST:PORT, separated by commas.',
    );
  if (isSelfManaged) {
    if (addresses === undefined)
      throw new UsageError('--self-managed needs the addresses of the brokers', 'Pass --bootstrap HOST:PORT,…');
    return { bootstrapServers: addresses.join(',') };
  }
  const source = parseEventSource(eventSourceArn);
  if (source === null)
    throw new UsageError(
      `“${visible(eventSourceArn)}” is not the ARN of an MSK cluster`,
      'Expected arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/ID.',
    );
  return { eventSourceArn, bootstrapServers: (addresses ?? exampleBrokers(source)).join(',') };
}

/** Two names of the form that MSK gives brokers (IAM authentication). */
function exampleBrokers({ clusterName, region, partition }: EventSource): string[] {
  return [1, 2].map(
    (number) =>
      `b-${number}.${clusterName.toLowerCase().replaceAll(/[^a-z\d-]/g, '')}.a1b2c3.c1.kafka.${region}.${dnsSuffixOf(partition)}:9098`,
  );
}
