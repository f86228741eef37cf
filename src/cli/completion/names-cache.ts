/**
 * The names of an account for completion, kept for a few minutes so that a Tab does not wait for AWS. The file holds
 * names of mappings, functions and clusters only, and only its owner may read it.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { writeWhole } from '../print-answer.js';
import type { AccountNames } from './candidates.js';

const candidates = z.array(z.object({ value: z.string(), description: z.string() }));
const cacheSchema = z.object({
  at: z.number(),
  /** AWS could not be asked: tried again sooner. */
  failed: z.boolean(),
  mappings: candidates,
  functions: candidates,
  clusters: candidates,
});

const minute = 60_000;
const kept = 10 * minute;
const keptAfterFailure = minute;

/** What distinguishes one account from another; the file's name tells none of it. */
export interface AccountKey {
  profile: string;
  region: string;
  endpoint: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

function cacheFile(key: AccountKey, env: Environment): string {
  const folder =
    env['XDG_CACHE_HOME'] ||
    (process.platform === 'win32' ? env['LOCALAPPDATA'] : undefined) ||
    join(homedir(), '.cache');
  const name = createHash('sha256')
    .update(JSON.stringify([key.profile, key.region, key.endpoint]))
    .digest('hex');
  return join(folder, 'msk-lambda', `names-${name.slice(0, 16)}.json`);
}

/** The names that are kept, where they are young enough; else those that `read` finds, which are kept then. Never throws. */
export async function cachedNames(
  key: AccountKey,
  env: Environment,
  read: () => Promise<AccountNames | null>,
  now = Date.now(),
): Promise<AccountNames> {
  const file = cacheFile(key, env);
  const known = await readCache(file);
  if (known !== null && now >= known.at && now - known.at < (known.failed ? keptAfterFailure : kept)) return known;
  const names = await read();
  const found = names ?? known ?? { mappings: [], functions: [], clusters: [] };
  await writeCache(file, { ...found, at: now, failed: names === null });
  return found;
}

async function readCache(file: string): Promise<z.infer<typeof cacheSchema> | null> {
  try {
    return z.parse(cacheSchema, JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Where it cannot be written, the next Tab asks AWS again. */
async function writeCache(file: string, content: z.infer<typeof cacheSchema>): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeWhole(file, JSON.stringify(content));
  } catch {
    // Nothing depends on it.
  }
}
