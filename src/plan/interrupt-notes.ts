/** What a user who interrupts an execution must know. Pure. */
import type { ExecutionEvent } from './execution/events.js';
import { fillText } from './execution/fill-placeholders.js';

/** What was done and what is of unknown outcome, one sentence each, earliest first; empty where nothing was started. */
export function interruptNotes(events: readonly ExecutionEvent[]): string[] {
  const notes: string[] = [];
  for (const event of events) {
    if (event.type === 'step-started' && 'standing' in event.step && event.step.standing !== null)
      notes.push(event.step.standing);
    if (event.type !== 'call-started' && event.type !== 'call-ended') continue;
    const { during, after, replaces } = event.call.interrupted;
    const inDoubt = during === null ? null : fillText(during, event.values);
    if (event.type === 'call-started') {
      if (inDoubt !== null) notes.push(inDoubt);
      continue;
    }
    if (inDoubt !== null) notes.splice(notes.indexOf(inDoubt), 1);
    if (event.outcome !== 'made') continue;
    if (replaces) notes.pop();
    notes.push(...after.map((sentence) => fillText(sentence, event.values)));
  }
  return notes;
}
