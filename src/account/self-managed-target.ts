/** For a mapping on self-managed Kafka where a command needs one on MSK. */
import { shell } from '../text/shell.js';
import { bootstrapServersOf } from '../aws/self-managed.js';
import { TargetNotFound } from '../errors.js';
import type { Mapping } from '../snapshot/resources/index.js';

/** An error that lists the mappings and the commands that accept them. */
export function refuseSelfManaged(mappings: readonly Mapping[]): TargetNotFound {
  const names = mappings.map((mapping) => {
    const [server = 'no bootstrap server', ...more] = bootstrapServersOf(mapping);
    return `${mapping.UUID} (${server}${more.length > 0 ? ', …' : ''})`;
  });
  const uuid = mappings[0]?.UUID ?? 'UUID';
  return new TargetNotFound(
    `${mappings.length === 1 ? 'The event source mapping' : 'The event source mappings'} ${names.join(', ')} ${mappings.length === 1 ? 'has' : 'have'} a self-managed Kafka source, not an MSK cluster.`,
    [],
    `\`${shell`msk-lambda doctor ${uuid}`}\` shows its state and runs the checks that are valid for both kinds of source. Change it with \`${shell`aws lambda update-event-source-mapping --uuid ${uuid}`}\`.`,
  );
}
