/** What intrinsic functions need of the stack in which they are written. */
import type { TriState } from '../../access/tri-state.js';
import type { Json, JsonObject } from '../resource.js';
import type { Scope } from './identities.js';

/** `AWS::NoValue`: the member or item is left out. */
export const noValue: unique symbol = Symbol('AWS::NoValue');
export type Resolved = Json | typeof noValue;

/** What a stack needs to know beyond its own template. */
export interface StackContext {
  scope: Scope;
  /** Unique among the stacks: the beginning of the keys of its symbols. */
  key: string;
  name: string;
  /** Values that the user or the parent stack gives. */
  parameters: Readonly<Record<string, Json>>;
  /** The value of an export of another stack; undefined where no input exports it. */
  exported(name: string): Json | undefined;
  /** The output of a nested stack; undefined where its template is not in the input. */
  nestedOutput(logicalId: string, output: string): Json | undefined;
  /** Notes what a symbol stands for, in words. */
  note(symbol: string, meaning: string): void;
}

export interface Resolver {
  readonly context: StackContext;
  /** A section of the template; empty where it has none. */
  section(name: string): JsonObject;
  /** The symbol of something that only the deployment knows. */
  unknown(key: string, meaning: string): string;
  resolve(value: Json): Json;
  resolveOptional(value: Json): Resolved;
  /** The value of `Ref`; undefined where the template has no such name. */
  ref(name: string): Resolved | undefined;
  /** The value of `Fn::GetAtt`; undefined where the template has no such resource. */
  attribute(logicalId: string, name: string): Json | undefined;
  /** The value of a named condition; unknown where the template has none of that name. */
  condition(name: string): TriState;
  /** The value of a condition function. */
  test(expression: Json): TriState;
}
