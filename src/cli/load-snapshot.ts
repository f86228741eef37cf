/** Loads a snapshot from a file, with the user's targets. */
import { open } from 'node:fs/promises';
import { refuseSelfManaged } from '../account/self-managed-target.js';
import { callsFunction, candidatesFor, readsCluster, mappingUuidOf } from '../account/target-names.js';
import { parsingSnapshot, SnapshotFileError } from '../snapshot/file.js';
import { pausing, withPauses } from './pause.js';
import { clusterNameOf } from '../aws/event-source.js';
import { isOk, ok } from '../snapshot/read.js';
import type { Mapping } from '../snapshot/resources/index.js';
import { selfManagedSource } from '../snapshot/self-managed-source.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { whyUnreadable } from '../text/file-errors.js';
import { UsageError } from '../errors.js';

/** V8 cannot hold a longer text as one string. */
const mostBytes = 500_000_000;
const headBytes = 65_536;
/** `JSON.parse` may need more than a second for a longer text. */
const longText = 50_000_000;

/** Throws `UsageError` for a missing file, a file that is not a snapshot, and a target that the snapshot lacks. */
export async function loadSnapshot(
  path: string,
  targets: readonly string[] = [],
  { nameLeftOut = false, signal }: { nameLeftOut?: boolean; signal?: AbortSignal } = {},
): Promise<Snapshot> {
  return selectTargets(await parseFile(path, signal), targets, path, nameLeftOut);
}

async function parseFile(path: string, signal = new AbortController().signal): Promise<Snapshot> {
  let text;
  try {
    text = await readText(path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(whyUnreadable(path, error), undefined, { cause: error });
  }
  try {
    const steps = parsingSnapshot(text);
    if (text.length > longText) endedBySignals(() => steps.next());
    return await withPauses(steps, pausing(signal));
  } catch (error) {
    if (error instanceof SnapshotFileError)
      throw new UsageError(`${path}: ${error.message}`, error.hint, { cause: error });
    throw error;
  }
}

/** Runs work that cannot pause. Meanwhile Ctrl-C and SIGTERM end the program at once, without its own message. */
function endedBySignals(work: () => unknown): void {
  const handlers = (['SIGINT', 'SIGTERM'] as const).map((name) => [name, process.listeners(name)] as const);
  for (const [name] of handlers) process.removeAllListeners(name);
  try {
    work();
  } finally {
    for (const [name, listeners] of handlers) for (const listener of listeners) process.on(name, listener);
  }
}

/** The complete text. A file that cannot be a snapshot is refused by its first bytes, however long it is. */
async function readText(path: string): Promise<string> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(headBytes);
    const { bytesRead } = await file.read(head);
    const start = head.subarray(0, bytesRead);
    refuseByHead(path, start);
    const chunks: Uint8Array[] = [start];
    let length = bytesRead;
    for await (const chunk of file.createReadStream({ autoClose: false })) {
      const bytes = chunk as Uint8Array;
      chunks.push(bytes);
      length += bytes.length;
      if (length > mostBytes)
        throw new UsageError(
          `${path} is too large for a snapshot`,
          'Create a smaller one with fewer targets: `msk-lambda snapshot TARGET -o FILE`.',
        );
    }
    return Buffer.concat(chunks).toString('utf8');
  } finally {
    await file.close();
  }
}

function refuseByHead(path: string, head: Buffer): void {
  const [first, second] = head;
  if (first === 0x1f && second === 0x8b)
    throw new UsageError(`${path} is compressed`, 'Uncompress it first: `gunzip`.');
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw new UsageError(
      `${path} is in UTF-16, but a snapshot is in UTF-8`,
      'Use the file as msk-lambda wrote it: `msk-lambda snapshot -o FILE`, not a redirection in PowerShell.',
    );
  const text = head
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart();
  if (text === '' && head.length > 0)
    throw new UsageError(
      `${path} begins with blanks only and is not a snapshot`,
      'Create one with `msk-lambda snapshot -o FILE`.',
    );
  if (text !== '' && !text.startsWith('{'))
    throw new UsageError(`${path} is not a snapshot of msk-lambda`, 'Create one with `msk-lambda snapshot -o FILE`.');
}

function selectTargets(snapshot: Snapshot, targets: readonly string[], path: string, nameLeftOut: boolean): Snapshot {
  if (targets.length === 0) return snapshot;
  const mappings = Object.values(snapshot.mappings).flatMap((read) => (isOk(read) ? [read.value] : []));
  const named = new Map<string, Mapping>();
  const chosen = targets.flatMap((target) => {
    const uuid = mappingUuidOf(target) ?? target.toLowerCase();
    if (Object.hasOwn(snapshot.mappings, uuid)) return [uuid];
    const matching = mappings
      .filter((mapping) => callsFunction(mapping, target) || readsCluster(mapping, target))
      .map(({ UUID }) => UUID);
    const selfManaged = selfManagedOf(snapshot, target);
    if (selfManaged.length > 0 && matching.length === 0 && !nameLeftOut) throw refuseSelfManaged(selfManaged);
    for (const mapping of selfManaged) named.set(mapping.UUID, mapping);
    if (matching.length + selfManaged.length > 0) return matching;
    const candidates = [...mappings.map(({ UUID }) => UUID).slice(0, 3), ...candidatesFor(target, mappings)];
    throw new UsageError(
      `${path} contains no mapping of “${target}”`,
      candidates.length === 0 ? undefined : `It contains: ${candidates.join(', ')}.`,
    );
  });
  return {
    ...snapshot,
    targets: [...new Set(chosen)],
    selfManagedMappings: Object.fromEntries([...named].map(([uuid, mapping]) => [uuid, ok(mapping)])),
    selfManagedTargets: [...named.keys()],
  };
}

/** Mappings on self-managed Kafka by function, MSK cluster or UUID. */
function selfManagedOf(snapshot: Snapshot, target: string): Mapping[] {
  const uuid = mappingUuidOf(target);
  return Object.values(snapshot.selfManagedMappings)
    .flatMap((read) => (isOk(read) ? [read.value] : []))
    .filter((mapping) => {
      const arn = selfManagedSource(snapshot, mapping).clusterArn;
      return (
        mapping.UUID === uuid ||
        callsFunction(mapping, target) ||
        (arn !== null && (target === arn || target === clusterNameOf(arn)))
      );
    });
}
