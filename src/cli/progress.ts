/** A progress line on stderr; nothing without a terminal. */
import yoctoSpinner from 'yocto-spinner';
import type { Io } from './io.js';

export interface Progress {
  say(text: string): void;
  stop(): void;
}

export function startProgress(io: Io, title: string): Progress {
  const { host } = io;
  if (host !== undefined) return { say: (text) => host.progress(`${title}: ${text}`), stop() {} };
  if (!io.progress) return { say() {}, stop() {} };
  const spinner = yoctoSpinner({ text: title, stream: io.stderr as NodeJS.WriteStream, handleSignals: false }).start();
  // However the program ends, the cursor becomes visible again.
  const leave = (): void => void spinner.stop();
  process.once('exit', leave);
  return {
    say: (text) => {
      spinner.text = `${title}: ${text}`;
    },
    stop: () => {
      process.off('exit', leave);
      leave();
    },
  };
}
