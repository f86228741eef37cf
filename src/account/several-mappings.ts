/** The error where a command is about one mapping and its target stands for several. */
import { qualifiedNameOf } from '../aws/function-arn.js';
import { TargetNotFound } from '../errors.js';
import { isOk } from '../snapshot/read.js';
import type { Snapshot } from '../snapshot/snapshot.js';

/** More are not listed. */
const mostListed = 20;

/** `found`: “order-handler” matches, or another subject with its verb. Lists the UUIDs to choose from. */
export function severalMappings(
  found: string,
  { targets, mappings }: Pick<Snapshot, 'targets' | 'mappings'>,
): TargetNotFound {
  const listed = targets.slice(0, mostListed).map((uuid) => labelled(uuid, mappings[uuid]));
  const more = targets.length - listed.length;
  return new TargetNotFound(
    `${found} ${targets.length} mappings; choose one by UUID:`,
    targets,
    [...listed, ...(more > 0 ? [`and ${more} more (\`msk-lambda list\`)`] : [])].join(', '),
  );
}

function labelled(uuid: string, read: Snapshot['mappings'][string] | undefined): string {
  if (read === undefined || !isOk(read)) return uuid;
  const { FunctionArn: functionArn, Topics: topics } = read.value;
  return `${uuid} (${qualifiedNameOf(functionArn) ?? ''} ← ${topics[0] ?? ''})`;
}
