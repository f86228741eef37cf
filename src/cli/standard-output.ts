/** stdout; its Node stream is created only when needed, because that takes longer than printing the help. */
import type { Sink } from './io.js';

/** Bytes that the buffer of a pipe holds on every system: this much can be written without waiting for a reader. */
const heldByPipe = 16_384;

/**
 * Writes short texts to a pipe or a file without a stream. `open` creates the stream. `fail` ends the program where
 * stdout cannot be written, except for a closed pipe.
 */
export function standardOutput(open: () => NodeJS.WriteStream, fail: (error: NodeJS.ErrnoException) => void): Sink {
  const { fstatSync, writeSync } = process.getBuiltinModule('node:fs');
  let stream: NodeJS.WriteStream | undefined;
  let isClosed = false;
  const note = ({ code }: NodeJS.ErrnoException): void => void (isClosed ||= code === 'EPIPE');
  const opened = (): NodeJS.WriteStream => (stream ??= open().on('error', note));
  // A terminal: only the stream knows its width.
  const isDevice = fstatSync(1).isCharacterDevice();
  let left = heldByPipe;

  /** The rest that could not be written now. */
  const writeNow = (bytes: Buffer): Buffer => {
    let rest = bytes;
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EAGAIN') return rest;
      note(error as NodeJS.ErrnoException);
      if (!isClosed) fail(error as NodeJS.ErrnoException);
    }
    return Buffer.alloc(0);
  };

  return {
    get isClosed() {
      return isClosed;
    },
    get isTTY() {
      return isDevice && opened().isTTY;
    },
    get columns() {
      return isDevice ? opened().columns : undefined;
    },
    get rows() {
      return isDevice ? opened().rows : undefined;
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
