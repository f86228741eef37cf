/** Work on the content of a secret: whatever goes wrong in it, no word of it is shown. */
import { UnfitMaterial } from '../../../secrets/build.js';
import { UsageError } from '../../../errors.js';

/** A fault of our own keeps its kind, and loses its message, which might quote what it was about. */
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
