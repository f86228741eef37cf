/** Runs work on the content of a secret so that no error shows any of it. */
import { UnfitMaterial } from '../../../secrets/build-client-secret.js';
import { UsageError } from '../../../errors.js';

/** An internal error keeps its type but loses its message, which might quote the content. */
export function redactErrors<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof UsageError || error instanceof UnfitMaterial) throw error;
    // oxlint-disable-next-line preserve-caught-error -- the cause is what must not be kept
    throw new Error(
      `${error instanceof Error ? error.name : 'a fault'} in the midst of a secret, whose content is not shown`,
    );
  }
}
