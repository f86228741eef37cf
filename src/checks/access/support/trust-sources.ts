/** The source (`aws:SourceArn`) that Lambda may send when it assumes the execution role for a mapping. */
import { parseFunctionArn, unqualifiedArn } from '../../../aws/function-arn.js';
import type { EventSource } from '../../../aws/event-source.js';
import type { Assumption } from '../../../access/trust.js';
import type { Mapping } from '../../../snapshot/resources/index.js';

/** A mapping that does not exist yet will have an ARN too, with a new UUID. */
export function sourcesOf(
  { FunctionArn: functionArn, EventSourceMappingArn: mappingArn, UUID: uuid }: Mapping,
  { arn: sourceArn }: EventSource,
): Pick<Assumption, 'functionArn' | 'otherSources'> {
  const { partition, region, account } = parseFunctionArn(functionArn) ?? {};
  const planned =
    partition === undefined ? undefined : `arn:${partition}:lambda:${region}:${account}:event-source-mapping:${uuid}`;
  return {
    functionArn: functionArn === undefined ? null : unqualifiedArn(functionArn),
    otherSources: [mappingArn ?? planned, functionArn, sourceArn].filter((arn) => arn !== undefined),
  };
}
