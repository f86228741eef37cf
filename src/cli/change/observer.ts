/** Shows the events of an execution on stderr, and keeps them. */
import type { ExecutionEvent } from '../../plan/execution/events.js';
import { interruptNotes } from '../../plan/interrupt-notes.js';
import { visible } from '../../text/visible.js';
import type { Io } from '../io.js';
import { startProgress, type Progress } from '../progress.js';

export interface Observer {
  observe(event: ExecutionEvent): void;
  /** Removes the progress line of something that did not finish. */
  close(): void;
  /** A sentence that a user who interrupts must know besides what was done. */
  onInterrupt(sentence: string): void;
  /** Reports what was done and what is of unknown outcome, to a user who interrupted it. */
  sayInterrupted(nothingDone?: string): void;
}

export function observeOn(io: Io): Observer {
  const events: ExecutionEvent[] = [];
  const more: string[] = [];
  const note = noteOnce(io);
  let progress: Progress | null = null;
  const start = (title: string | null): void => {
    progress = title === null ? null : startProgress(io, title);
  };
  const close = (): void => {
    progress?.stop();
    progress = null;
  };
  return {
    close,
    observe: (event) => {
      events.push(event);
      switch (event.type) {
        case 'step-started':
          if ('announcement' in event.step && event.step.announcement !== null)
            io.stderr.write(`${visible(event.step.announcement)}\n`);
          break;
        case 'call-started':
          start(event.call.progress);
          break;
        case 'wait-started':
          start(event.progress);
          break;
        case 'waiting':
          progress?.say(visible(event.for));
          break;
        case 'retrying':
          progress?.say(visible(event.because));
          note(event.because);
          break;
        case 'call-ended':
        case 'wait-ended':
          close();
          break;
      }
    },
    onInterrupt: (sentence) => void more.push(sentence),
    sayInterrupted: (nothingDone = 'Nothing was changed.') => {
      const notes = [...interruptNotes(events), ...more];
      for (const sentence of notes.length === 0 ? [nothingDone] : notes) io.stderr.write(`${visible(sentence)}\n`);
    },
  };
}

/** Without a progress line, each kind of message is printed once, not at every attempt. */
function noteOnce(io: Io): (text: string) => void {
  const noted = new Set<string>();
  return (text) => {
    const kind = text.split(':')[0]!;
    if (!io.progress && !noted.has(kind)) io.stderr.write(`note: ${visible(text)}\n`);
    noted.add(kind);
  };
}
