/** Names of a cluster in an event for which the user gave none. */
import { clusterNameOf } from '../aws/event-source.js';
import { lastSegment, parseArn } from '../aws/arn.js';
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
  const wrong = addresses?.find(
    (address) => !/^[^\s:]{1,255}:\d{1,5}$/.test(address) && !/^\[[\da-f:]{2,45}\]:\d{1,5}$/i.test(address),
  );
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
  const arn = parseArn(eventSourceArn);
  if (arn?.service !== 'kafka')
    throw new UsageError(
      `“${visible(eventSourceArn)}” is not the ARN of an MSK cluster`,
      'Expected arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/ID.',
    );
  return {
    eventSourceArn,
    bootstrapServers: (addresses ?? exampleBrokers(eventSourceArn, arn)).join(','),
  };
}

/** Two names of the form that MSK gives brokers (IAM authentication). */
function exampleBrokers(text: string, { region, partition }: { region: string; partition: string }): string[] {
  const cluster = clusterNameOf(text) ?? lastSegment(text);
  return [1, 2].map(
    (number) =>
      `b-${number}.${cluster.toLowerCase().replaceAll(/[^a-z\d-]/g, '')}.a1b2c3.c1.kafka.${region}.${dnsSuffixOf(partition)}:9098`,
  );
}
