/** stdout, of which Node makes a stream only when one is needed: that takes longer than printing the help. */
import type { Sink } from './io.js';

/** Bytes that the buffer of a pipe holds on every system: so much is written without waiting for a reader. */
const heldByPipe = 16_384;

/**
 * Writes little to a pipe or a file without a stream. `open` makes the stream; `fail` ends the program where stdout
 * cannot be written, other than for a reader who has had enough.
 */
export function standardOutput(open: () => NodeJS.WriteStream, fail: (error: NodeJS.ErrnoException) => void): Sink {
  const { fstatSync, writeSync } = process.getBuiltinModule('node:fs');
  let stream: NodeJS.WriteStream | undefined;
  const opened = (): NodeJS.WriteStream => (stream ??= open());
  // A terminal: its width is asked for, and it is the stream that knows it.
  const isDevice = fstatSync(1).isCharacterDevice();
  let left = heldByPipe;

  /** What could not be written now. */
  const writeNow = (bytes: Buffer): Buffer => {
    let rest = bytes;
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EAGAIN') return rest;
      if (code !== 'EPIPE') fail(error as NodeJS.ErrnoException);
    }
    return Buffer.alloc(0);
  };

  return {
    get isTTY() {
      return isDevice && opened().isTTY;
    },
    get columns() {
      return isDevice ? opened().columns : undefined;
    },
    write(text, done) {
      const bytes = Buffer.from(text);
      left -= bytes.length;
      const rest = stream !== undefined || isDevice || left < 0 ? bytes : writeNow(bytes);
      if (rest.length > 0 || stream !== undefined) return opened().write(rest, done);
      done?.();
      return true;
    },
  };
}
