/** Draws a table of changing lines at a terminal: over the last one, line by line, so that nothing flickers. */
import { toAscii } from '../../../text/symbols.js';
import type { Io } from '../../io.js';

const [hideCursor, showCursor, clearLineEnd, clearBelow] = ['\u001b[?25l', '\u001b[?25h', '\u001b[K', '\u001b[J'];

export interface Screen {
  draw(lines: readonly string[]): void;
  /** Leaves the last table, with the cursor below it. */
  end(): void;
}

export function openScreen({ stdout, ascii }: Io): Screen {
  let height = 0;
  const restore = (): void => void stdout.write(showCursor);
  // However the program ends, the cursor becomes visible again.
  process.once('exit', restore);
  return {
    draw: (lines) => {
      const back = height === 0 ? hideCursor : `\u001b[${height}A\r`;
      const text = lines.map((line) => `${line}${clearLineEnd}\n`).join('');
      stdout.write(`${back}${ascii ? toAscii(text) : text}${clearBelow}`);
      height = lines.length;
    },
    end: () => {
      process.off('exit', restore);
      restore();
    },
  };
}
