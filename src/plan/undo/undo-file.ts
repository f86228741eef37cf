/**
 * The file that `doctor --fix` writes before its first change and after each one: what was made, and the calls that
 * revert it. Plain JSON without the content of any secret.
 */
import * as z from 'zod/mini';
import { UsageError } from '../../errors.js';

const callSchema = z.object({
  service: z.string(),
  operation: z.string(),
  input: z.record(z.string(), z.unknown()),
});

const stepSchema = z.object({
  id: z.string(),
  resource: z.string(),
  reason: z.string(),
  call: callSchema,
  /** Null where no call can revert it. */
  undo: z.nullable(callSchema),
  /** Made after `undo`: deletes the policy version that the fix created. */
  cleanup: z.optional(callSchema),
  /** `started`: AWS was asked and the program ended before the answer, so the change may be made. */
  outcome: z.enum(['not-made', 'started', 'made', 'refused']),
  /**
   * Ids of what existed before a call that creates a resource without a name: the new one is not among them. For a
   * policy version, the id of the version that was in force.
   */
  existing: z.optional(z.array(z.string())),
  /** When `msk-lambda undo` reverted it, or found it reverted; null before. */
  undoneAt: z.nullable(z.string()),
});

const kind = 'msk-lambda undo';

const undoFileSchema = z.object({
  kind: z.literal(kind),
  schemaVersion: z.literal(1),
  /** Null where the credentials' account could not be read. */
  account: z.nullable(z.string()),
  region: z.string(),
  at: z.string(),
  /** In order of execution. */
  steps: z.array(stepSchema),
});

export type UndoFile = z.infer<typeof undoFileSchema>;
export type UndoStep = UndoFile['steps'][number];

export const newUndoFile = (given: Omit<UndoFile, 'kind' | 'schemaVersion'>): UndoFile => ({
  kind,
  schemaVersion: 1,
  ...given,
});

export const formatUndoFile = (file: UndoFile): string => `${JSON.stringify(file, null, 2)}\n`;

/** Throws `UsageError` for a text that `doctor --fix` did not write. */
export function parseUndoFile(text: string, path: string): UndoFile {
  const hint = '`msk-lambda doctor --fix` writes undo files and prints their path.';
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is not an undo file: it is not JSON`, hint, { cause: error });
  }
  const members = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as Partial<Record<string, unknown>>;
  if (members['kind'] !== kind) throw new UsageError(`${path} is not an undo file of msk-lambda`, hint);
  if (members['schemaVersion'] !== 1)
    throw new UsageError(`${path} was written by another version of msk-lambda`, 'Use the version that wrote it.');
  const file = z.safeParse(undoFileSchema, parsed);
  if (file.success) return file.data;
  const [issue] = file.error.issues;
  throw new UsageError(`${path} is damaged: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, hint);
}

/** Steps that may be in force, the newest first. */
export const stepsToUndo = ({ steps }: UndoFile): UndoStep[] =>
  steps
    .filter(({ outcome, undoneAt }) => (outcome === 'made' || outcome === 'started') && undoneAt === null)
    .toReversed();
