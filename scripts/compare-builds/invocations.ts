/** Every invocation that is compared. */
import type { AnyCommand } from '../../src/cli/define-command.js';
import type { Account } from './account.js';
import { changeInvocations } from './change-invocations.js';
import { generalInvocations, type Explained } from './general-invocations.js';
import type { Invocation } from './invocation.js';
import { readInvocations } from './read-invocations.js';

/** Each command as the words that call it, `['secret']` and `['secret', 'check']`. */
export const pathsOf = (commands: readonly AnyCommand[], above: readonly string[] = []): string[][] =>
  commands.flatMap(({ name, commands: below = [] }) => [[...above, name], ...pathsOf(below, [...above, name])]);

/** Of the lines for some accounts: in one of so many. */
const share = 4;

/** `full`: every line in every account. */
export const allInvocations = (
  commands: readonly AnyCommand[],
  accounts: readonly Account[],
  explained: Explained,
  full = false,
): Invocation[] => [
  ...generalInvocations(pathsOf(commands), explained),
  ...accounts.flatMap((account, index) =>
    [...readInvocations(account), ...changeInvocations(account)].filter(
      ({ sometimes }, position) => full || sometimes !== true || (index + position) % share === 0,
    ),
  ),
];
