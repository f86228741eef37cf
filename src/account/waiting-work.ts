/** Work for the time in which the program waits for AWS's answers: loading modules that are needed later. */
import { setTimeout } from 'node:timers/promises';

/** Milliseconds after which the requests that are sent together are on their way: before that, work delays them. */
const untilSent = 2;

/** Does nothing where no request is sent (the sandbox): there, each module is loaded when it is needed. */
export class WaitingWork {
  private readonly queue: (() => Promise<unknown>)[] = [];
  private running = false;

  /** Work that may fail: whoever needs its result reports the error. */
  add(...works: (() => Promise<unknown>)[]): void {
    this.queue.push(...works);
  }

  /** A request is being sent: its answer takes longer than the next work. One work each, or it delays the answers. */
  async onSend(): Promise<void> {
    if (this.running) return;
    const work = this.queue.shift();
    if (work === undefined) return;
    this.running = true;
    await setTimeout(untilSent);
    await work().catch(() => {});
    this.running = false;
  }
}
