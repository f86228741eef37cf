import { readMappings } from '../../../account/scopes/mappings.js';
import { renderList } from '../../../report/list-text.js';
import { isOk } from '../../../snapshot/read.js';
import { selfManagedSource } from '../../../snapshot/self-managed-source.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import type { Mapping } from '../../../snapshot/resources/index.js';
import { printAnswer } from '../../print-answer.js';
import type { ListOptions } from './options.js';
import type { Call } from '../../define-command.js';
import { exitCodes } from '../../exit-codes.js';
import { openClients, sayTrouble, sayUnread, type Source } from '../../open-account.js';
import { loadSnapshot } from '../../load-snapshot.js';
import type { Io } from '../../io.js';
import { tool } from '../../version.js';

export async function run({ args, options, io }: Call<ListOptions>): Promise<number> {
  const { snapshot, trouble } = await readTargets(args, options, io);
  io.signal.throwIfAborted();
  sayTrouble(io, trouble);
  const isWhole = trouble === null && sayUnread(io, snapshot).length === 0;
  const reads = snapshot.targets.map((uuid) => snapshot.mappings[uuid]);
  const mappings = reads
    .flatMap((read) => (read !== undefined && isOk(read) ? [toRow(read.value)] : []))
    .map((row) => [sortKey(row), row] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row);
  const leftOut = leftOutOf(snapshot);
  await printAnswer(io, options, {
    text: () =>
      options.quiet === true
        ? mappings.map(({ uuid }) => uuid).join('\n')
        : mappings.length === 0 && !isWhole
          ? ''
          : renderList(mappings, leftOut, snapshot.region, io),
    json: () => ({ mappings, leftOut }),
  });
  return isWhole ? exitCodes.ok : exitCodes.cannotTell;
}

async function readTargets(targets: readonly string[], options: ListOptions, io: Io): Promise<Source> {
  if (options.snapshot !== undefined)
    return {
      snapshot: await loadSnapshot(options.snapshot, targets, { nameLeftOut: true, signal: io.signal }),
      trouble: null,
    };
  return readMappings({ clients: await openClients(options, io), targets, tool, now: new Date(), nameLeftOut: true });
}

const toRow = (mapping: Mapping) => ({
  uuid: mapping.UUID,
  functionArn: mapping.FunctionArn ?? null,
  eventSourceArn: mapping.EventSourceArn ?? null,
  topic: mapping.Topics[0] ?? null,
  state: mapping.State ?? null,
  lastProcessingResult: mapping.LastProcessingResult ?? null,
});

/** Mappings on self-managed Kafka, by UUID. */
const leftOutOf = (snapshot: Snapshot) =>
  Object.values(snapshot.selfManagedMappings)
    .flatMap((read) => (isOk(read) ? [read.value] : []))
    .map((mapping) => {
      const { bootstrapServers, clusterArn, because } = selfManagedSource(snapshot, mapping);
      const { eventSourceArn: _, ...row } = toRow(mapping);
      return { ...row, bootstrapServers, clusterArn, because };
    })
    .toSorted((a, b) => (a.uuid < b.uuid ? -1 : 1));

type Row = ReturnType<typeof toRow>;
const sortKey = (row: Row): string => [row.eventSourceArn, row.topic, row.functionArn, row.uuid].join(' ');
