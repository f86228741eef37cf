/** Manual steps: each once, with all findings that it is for. */
import type { Fix } from '../fixes/fix.js';
import type { ShellCommand } from '../text/shell.js';
import type { ManualStep } from './repair-plan.js';
import type { Target } from './taken-fix.js';

export class ManualSteps {
  private readonly steps = new Map<string, ManualStep>();

  add({ title, commands = [] }: Pick<Fix, 'title' | 'commands'>, target: Target): void {
    const command = commands.length === 0 ? null : joined(commands);
    const key = JSON.stringify([title, command]);
    const step = this.steps.get(key) ?? { title, command, resolves: [] };
    if (!step.resolves.some(({ mapping, check }) => mapping === target.mapping && check === target.check))
      step.resolves.push(target);
    this.steps.set(key, step);
  }

  /** A failure without a fix of its own that ends with what is done by hand for the same mapping; false for none. */
  addConsequence(target: Target): boolean {
    const step = this.all.findLast(({ resolves }) => resolves.some(({ mapping }) => mapping === target.mapping));
    step?.resolves.push(target);
    return step !== undefined;
  }

  get all(): ManualStep[] {
    return [...this.steps.values()];
  }
}

/** Each command only where the one before it succeeded. */
const joined = (commands: readonly ShellCommand[]): ShellCommand => commands.join(' && ') as ShellCommand;
