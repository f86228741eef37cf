/** Plans that were shown and may be carried out: a token for each, valid once and for some minutes. */
import { randomBytes } from 'node:crypto';
import { UsageError } from '../../../errors.js';

const minute = 60_000;
const validFor = 10 * minute;
/** Plans that wait at the same time. */
const most = 20;

interface Approval {
  tool: string;
  input: string;
  steps: string;
  until: number;
}

export class Approvals {
  private readonly waiting = new Map<string, Approval>();

  constructor(private readonly now: () => number = Date.now) {}

  /** The token for a plan. `input`: the arguments of the call; `steps`: of the document. */
  offer(tool: string, input: object, steps: readonly object[]): { planToken: string; validUntil: string } {
    const planToken = randomBytes(18).toString('base64url');
    const until = this.now() + validFor;
    this.waiting.set(planToken, { tool, input: JSON.stringify(input), steps: stepsText(steps), until });
    const [oldest] = this.waiting.keys();
    if (this.waiting.size > most) this.waiting.delete(oldest!);
    return { planToken, validUntil: new Date(until).toISOString() };
  }

  /**
   * Takes the token, and returns what compares the steps before they are made. Throws `UsageError` for a token that is
   * unknown, too old or of other arguments; so does the comparison for other steps.
   */
  take(tool: string, input: object, token: string): (steps: readonly object[]) => void {
    const approval = this.waiting.get(token);
    this.waiting.delete(token);
    if (approval === undefined || approval.tool !== tool || approval.until < this.now())
      throw new UsageError('the planToken is not valid: unknown, used already, or older than 10 minutes', again);
    if (approval.input !== JSON.stringify(input))
      throw new UsageError('the planToken belongs to a call with other arguments', again);
    return (steps) => {
      if (stepsText(steps) !== approval.steps)
        throw new UsageError('the account has changed since the plan was made, and the plan is now another', again);
    };
  }
}

const again = 'Nothing was changed. Call the tool without confirm for a new plan, and show it to the user.';

/** Outcomes are of a call, not of the plan. */
const stepsText = (steps: readonly object[]): string =>
  JSON.stringify(steps.map((step) => ({ ...step, outcome: undefined, because: undefined })));
