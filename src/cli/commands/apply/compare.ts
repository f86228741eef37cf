/** The mappings of the region, and how they differ from those of a file. */
import { getMapping } from '../../../account/queries/mappings.js';
import { readMappings } from '../../../account/scopes/mappings.js';
import { declared } from '../../../mapping/differences.js';
import { compareExisting } from '../../../mapping/existing.js';
import { notReadable } from '../../../mapping/resolve.js';
import type { MappingSettings } from '../../../mapping/settings.js';
import type { Match } from '../../../plan/apply.js';
import type { Change } from '../../../plan/update.js';
import { isOk } from '../../../snapshot/read.js';
import type { Mapping } from '../../../snapshot/resources/index.js';
import type { ChangeSession } from '../../change/session.js';
import { tool } from '../../version.js';

/** The MSK mappings of the region. Throws `NotReadable`. */
export async function readAllMappings(session: ChangeSession): Promise<Mapping[]> {
  const { snapshot } = await readMappings({ clients: session.reading(), targets: [], tool, now: session.clock.now() });
  session.io.signal.throwIfAborted();
  const list = snapshot.mappingLists['*'];
  if (list !== undefined && !isOk(list)) throw notReadable('The list of event source mappings', list);
  return snapshot.targets.flatMap((uuid): Mapping[] => {
    const read = snapshot.mappings[uuid];
    return read !== undefined && isOk(read) ? [read.value] : [];
  });
}

/** The differences of each existing mapping, all read in parallel; `change` is null where there is none. */
export async function compareMatches(
  session: ChangeSession,
  matches: readonly Match[],
): Promise<{ settings: MappingSettings; change: Change | null }[]> {
  const clients = session.reading();
  const compared = await Promise.all(
    matches.map(async ({ settings, mapping }) => {
      if (mapping === null) return { settings, change: null };
      // Lists leave out the encrypted filter criteria.
      const read = await getMapping(clients, mapping.UUID);
      const whole = isOk(read) ? read.value : mapping;
      const differences = await compareExisting(clients, whole, settings);
      return { settings, change: { mapping: whole, wanted: declared(settings), differences } };
    }),
  );
  session.io.signal.throwIfAborted();
  return compared;
}
