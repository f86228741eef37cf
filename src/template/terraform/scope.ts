/** Where an expression is written: the names that it can use. */
import { textSymbol } from '../../snapshot/symbols.js';
import type { Value } from './values.js';

/** What an evaluation shares with all others of the input. */
export interface Context {
  /** Notes what a symbol stands for, in words. */
  note(symbol: string, meaning: string): void;
  /** Counts work. Throws `Failure` where an input asks for too much. */
  spend(steps: number): void;
  /** Counts instances of resources and modules; false where an input asks for too many. */
  allows(instances: number): boolean;
}

/** Where an expression is written. */
export interface Scope {
  readonly context: Context;
  /** The value of a name: of a variable of a loop, `var`, `local`, a resource type; undefined where there is none. */
  lookup(name: string): Value | undefined;
  /** The text of a file that an expression names; null where there is none, or it is outside the input. */
  readFile(path: string): string | null;
}

/** The scope with more variables. */
export const within = (scope: Scope, variables: Readonly<Record<string, Value>>): Scope => ({
  context: scope.context,
  lookup: (name) => (Object.hasOwn(variables, name) ? variables[name] : scope.lookup(name)),
  readFile: (path) => scope.readFile(path),
});

/** A symbol for a value that is computed from others. `key` contains their symbols. */
export function unknownValue({ context }: Scope, key: string, meaning: string): string {
  const symbol = textSymbol(key);
  context.note(symbol, meaning);
  return symbol;
}
