/** The settings from a command line and its file. Wrong ones are a usage error, before any call. */
import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { flagNames } from '../../mapping/flag-names.js';
import { settingsFromOptions } from '../flags/mapping-flags.js';
import { normalizeCluster, normalizeFunction, normalizeSecret, normalizeTopic } from '../../mapping/normalize-input.js';
import { withoutGaps } from '../../mapping/mapping-of.js';
import type { MappingChanges, MappingSettings } from '../../mapping/settings.js';
import { validateSettings, type Problem } from '../../mapping/validate.js';
import { enumerate } from '../../text/enumerate.js';
import { visible } from '../../text/visible.js';
import { whyUnreadable } from '../../text/file-errors.js';
import type { Io } from '../io.js';
import { UsageError } from '../../errors.js';

/** Flags alone, with pasted values normalised. Throws `UsageError` where two contradict each other. */
export function changesFromFlags(options: object, io: Io): MappingChanges {
  try {
    return normalizeChanges(settingsFromOptions(options), io);
  } catch (error) {
    throw new UsageError((error as Error).message, undefined, { cause: error });
  }
}

/** What can be normalised without the account; the rest follows when names are resolved. */
function normalizeChanges(changes: MappingChanges, io: Io): MappingChanges {
  const normalizers = {
    function: normalizeFunction,
    cluster: normalizeCluster,
    secret: normalizeSecret,
    topic: (text: string) => normalizeTopic(text, null),
  } as const;
  const normalized = { ...changes };
  for (const name of ['function', 'cluster', 'secret', 'topic'] as const) {
    const text = changes[name];
    if (typeof text !== 'string') continue;
    const { value, notes } = normalizers[name](text);
    for (const note of notes) io.stderr.write(`note: ${visible(`${flagNames[name]}: ${note}`)}\n`);
    normalized[name] = value;
  }
  return normalized;
}

/** Flags override the one mapping of a file. A flag that clears a setting removes it. */
export async function settingsFromInput(
  options: { file?: string },
  io: Io,
  now: Date,
): Promise<Partial<MappingSettings>> {
  const flags = changesFromFlags(options, io);
  const fromFile = options.file === undefined ? {} : onlyOne(await readMappings(options.file, io, now), options.file);
  return withoutGaps(
    Object.fromEntries(Object.entries({ ...fromFile, ...flags }).filter(([, value]) => value !== null)),
  ) as Partial<MappingSettings>;
}

function onlyOne(mappings: readonly MappingSettings[], path: string): MappingSettings {
  if (mappings.length !== 1)
    throw new UsageError(
      `${path} contains ${mappings.length} mappings, but “create” creates one`,
      'For several mappings: `msk-lambda apply -f FILE`.',
    );
  return mappings[0]!;
}

/** The mappings of a file, or of stdin for `-`. Throws `UsageError` with the position of every error. */
export async function readMappings(path: string, io: Io, now: Date): Promise<MappingSettings[]> {
  const text = await (path === '-' ? textOf(io.stdin) : readFile(path, 'utf8')).catch((error: unknown) => {
    throw new UsageError(whyUnreadable(path, error), undefined, { cause: error });
  });
  const { parseMappingFile } = await import('../../mapping/file.js');
  return parseMappingFile(text, path, now);
}

/** Settings that Lambda accepts. Throws `UsageError` with all problems. */
export function validatedSettings(settings: Partial<MappingSettings>, now: Date): MappingSettings {
  refuseProblems(validateSettings(settings, { now }));
  return settings as MappingSettings;
}

export function refuseProblems(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  // Flags that are missing are named in one line.
  const missing = problems.flatMap(({ message }) => /^(--[\w-]+) is missing$/.exec(message)?.[1] ?? []);
  const others = problems.filter(({ message }) => !/^--[\w-]+ is missing$/.test(message));
  const first = missing.length === 0 ? [] : [`${enumerate(missing)} ${missing.length === 1 ? 'is' : 'are'} missing`];
  throw new UsageError([...first, ...others.map(({ message }) => visible(message))].join('\n'), 'Nothing was changed.');
}
