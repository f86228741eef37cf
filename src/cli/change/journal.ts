/**
 * A file that survives a `recreate` that is killed between its two calls: the old mapping is then deleted, and the
 * file has the command that creates the new one. Only its owner can read it. It is deleted when the new mapping
 * exists.
 */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StepResult } from '../../plan/execution/result.js';
import type { MappingStep } from '../../plan/plan.js';
import { visible } from '../../text/visible.js';
import type { Io } from '../io.js';
import { writeWhole } from '../print-answer.js';

interface Entry {
  kind: 'msk-lambda recreate';
  uuid: string;
  region: string;
  startedAt: string;
  /** The command that creates the mapping again. */
  command: string;
}

/** XDG base directory specification: state that persists between runs. Null where there is no home directory. */
function folderOf({ env }: Pick<Io, 'env'>): string | null {
  const { XDG_STATE_HOME: state, HOME: home } = env;
  if (state !== undefined && state.startsWith('/')) return join(state, 'msk-lambda');
  return home === undefined || home === '' ? null : join(home, '.local', 'state', 'msk-lambda');
}

/**
 * Writes the file before the first call; returns a function for the results. A folder that cannot be written does
 * not stop the command.
 */
export async function openJournal(
  io: Io,
  steps: readonly MappingStep[],
  { region, now }: { region: string; now: Date },
): Promise<(results: readonly StepResult[]) => Promise<void>> {
  const folder = folderOf(io);
  const files = new Map<number, string>();
  // Imported for a recreation only: every command uses `sayJournals`.
  const { createCommand } = await import('../../plan/recreate.js');
  for (const [index, { kind, settings, mapping }] of steps.entries()) {
    if (kind !== 'recreate' || settings === null || mapping === null || folder === null) continue;
    const path = join(folder, `recreate-${mapping.UUID.replaceAll(/[^\w-]/g, '_')}.json`);
    const entry: Entry = {
      kind: 'msk-lambda recreate',
      uuid: mapping.UUID,
      region,
      startedAt: now.toISOString(),
      command: `${createCommand(settings)} --region ${region}`,
    };
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeWhole(path, `${JSON.stringify(entry, null, 1)}\n`);
      files.set(index, path);
    } catch {
      // The command is printed on stderr too.
    }
  }
  return async (results) => {
    for (const [index, path] of files) {
      const [removal] = results[index]?.calls ?? [];
      const stillExists = removal?.outcome !== 'made' && removal?.outcome !== 'gone';
      if (results[index]?.succeeded === true || stillExists) await rm(path, { force: true });
    }
  };
}

const shownIn = new WeakSet<object>();

/** Reports on stderr the recreations that ended before their new mapping existed, once per run. */
export async function sayJournals(io: Io): Promise<void> {
  const folder = folderOf(io);
  if (folder === null || shownIn.has(io.env)) return;
  shownIn.add(io.env);
  for (const name of (await readdir(folder).catch(() => [])).toSorted()) {
    if (!/^recreate-[\w-]+\.json$/.test(name)) continue;
    const path = join(folder, name);
    try {
      const entry = JSON.parse(await readFile(path, 'utf8')) as Entry;
      if (entry.kind !== 'msk-lambda recreate') continue;
      io.stderr.write(
        `note: \`recreate\` of ${visible(entry.uuid)} in ${visible(entry.region)} was interrupted (started ${visible(entry.startedAt)}). If the mapping does not exist, create it: ${visible(entry.command)}\n` +
          `  Then delete the file ${visible(path)}.\n`,
      );
    } catch {
      // Another process may have deleted it.
    }
  }
}
