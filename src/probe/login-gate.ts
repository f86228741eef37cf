/** One login at a time until one is accepted; after a refusal none is tried again, on no broker. */
import { LoginFailed } from '../kafka/login/login.js';
import { StepFailed } from './broker-steps.js';

/**
 * A refusal is any answer to credentials but silence: a broker that closes the connection after it received them
 * refuses them, and one that does not know the password is not to receive them again.
 */
function isRefusal(error: unknown): boolean {
  return error instanceof StepFailed && error.error instanceof LoginFailed && error.error.attempted;
}

export class LoginGate {
  private accepted = false;
  private attempt: Promise<void> | null = null;
  /** The broker that refused the login. */
  refusedBy: string | null = null;

  /** Runs the login when it is its turn; false where another broker has refused the same credentials. */
  async pass(login: () => Promise<void>): Promise<boolean> {
    while (this.attempt !== null && !this.accepted) await this.attempt;
    if (this.refusedBy !== null) return false;
    if (this.accepted) {
      await login();
      return true;
    }
    let done = (): void => {};
    this.attempt = new Promise((resolve) => (done = resolve));
    try {
      await login();
      this.accepted = true;
      return true;
    } catch (error) {
      if (isRefusal(error)) this.refusedBy = (error as StepFailed).broker;
      throw error;
    } finally {
      this.attempt = null;
      done();
    }
  }
}
