/** The handler of a replay in a sandbox where the user names none. */
import type { CallFunction } from '../../../replay/poll.js';

/** Decodes each value as JSON, as many handlers do. */
export const exampleHandler: CallFunction = async (event) => {
  const begin = performance.now();
  try {
    for (const { value } of Object.values(event.records).flat())
      JSON.parse(Buffer.from(value ?? '', 'base64').toString('utf8'));
    return { returned: null, ms: performance.now() - begin };
  } catch (error) {
    const { name, message } = error as Error;
    return { error: `${name}: ${message}`, ms: performance.now() - begin };
  }
};
