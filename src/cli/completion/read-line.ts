/** Which command a half-typed line names, and what its last word is: a command, a flag, a flag's value or an argument. */
import type { Argument } from 'commander';
import type { AnyCommand } from '../define-command.js';
import type { TypedOption } from '../typed-option.js';

/** What the last word can be. */
export type Wanted =
  | { kind: 'command'; commands: readonly AnyCommand[] }
  | { kind: 'flag'; command: AnyCommand }
  | { kind: 'value'; option: TypedOption }
  | { kind: 'argument'; argument: Argument | undefined; command: AnyCommand };

export interface HalfTypedLine {
  wanted: Wanted;
  /** The part of the last word that is to be completed: after `=` for `--flag=value`. */
  typed: string;
  /** The names of the commands: `secret create`. */
  path: string[];
  /** The flags before the last word with their values, by long name; `true` for one without. */
  flags: Map<string, string | true>;
}

/** `words`: those after the program's name; the last one is being typed and may be empty. */
export function readLine(words: readonly string[], commands: readonly AnyCommand[]): HalfTypedLine {
  const last = words.at(-1) ?? '';
  const flags = new Map<string, string | true>();
  const path: string[] = [];
  let command: AnyCommand | undefined;
  let children = commands;
  let arguments_ = 0;
  let onlyArguments = false;
  let waiting: TypedOption | undefined;
  for (const word of words.slice(0, -1)) {
    if (waiting !== undefined) {
      const takesWord = waiting.required || !word.startsWith('-');
      flags.set(waiting.long ?? '', takesWord ? word : true);
      waiting = undefined;
      if (takesWord) continue;
    }
    if (word === '--' && !onlyArguments) onlyArguments = true;
    else if (word.startsWith('-') && !onlyArguments) {
      const [flag = '', ...value] = word.split('=');
      const option = optionOf(command, flag);
      if (value.length > 0) flags.set(option?.long ?? flag, value.join('='));
      else if (option !== undefined && (option.required || option.optional)) waiting = option;
      else flags.set(option?.long ?? flag, true);
    } else {
      const child = arguments_ === 0 ? children.find(({ name }) => name === word) : undefined;
      if (child === undefined) arguments_ += 1;
      else {
        command = child;
        path.push(child.name);
        children = child.commands ?? [];
      }
    }
  }
  const line = { flags, path, typed: last };
  if (waiting?.required === true || (waiting !== undefined && !last.startsWith('-')))
    return { ...line, wanted: { kind: 'value', option: waiting } };
  if (command === undefined) return { ...line, wanted: { kind: 'command', commands: children } };
  if (last.startsWith('-') && !onlyArguments) {
    const [flag = '', ...value] = last.split('=');
    const option = value.length > 0 ? optionOf(command, flag) : undefined;
    return option === undefined
      ? { ...line, wanted: { kind: 'flag', command } }
      : { ...line, typed: value.join('='), wanted: { kind: 'value', option } };
  }
  if (children.length > 0 && arguments_ === 0 && command.load === undefined)
    return { ...line, wanted: { kind: 'command', commands: children } };
  const declared = command.arguments ?? [];
  const argument = declared[arguments_] ?? (declared.at(-1)?.variadic === true ? declared.at(-1) : undefined);
  return { ...line, wanted: { kind: 'argument', argument, command } };
}

const optionOf = (command: AnyCommand | undefined, flag: string): TypedOption | undefined =>
  command?.options.find(({ long, short }) => long === flag || short === flag);
