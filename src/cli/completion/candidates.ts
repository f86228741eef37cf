/** What a half-typed line may go on with. */
import type { Argument } from 'commander';
import { visible } from '../../text/visible.js';
import type { AnyCommand } from '../define-command.js';
import type { TypedOption } from '../typed-option.js';
import { readLine, type HalfTypedLine } from './read-line.js';

export interface Candidate {
  value: string;
  /** A few words; empty where the value says enough. */
  description: string;
}

/** The names of an account that a target may be. */
export interface AccountNames {
  mappings: Candidate[];
  functions: Candidate[];
  clusters: Candidate[];
}

/** Where candidates that are not in the definitions come from; each is asked only when it is needed. */
export interface CandidateSources {
  checks(withTemplates: boolean): Promise<Candidate[]>;
  texts(): Promise<Candidate[]>;
  sandboxes(): Promise<Candidate[]>;
  profiles(): Promise<Candidate[]>;
  /** The names of the account that the flags choose. */
  account(flags: HalfTypedLine['flags']): Promise<AccountNames>;
}

export interface Completion {
  candidates: Candidate[];
  /** What the shell completes itself, where the word may be a path. */
  paths: 'files' | 'folders' | null;
}

/** `words`: those after the program's name; the last one is being typed. */
export async function complete(
  words: readonly string[],
  commands: readonly AnyCommand[],
  sources: CandidateSources,
): Promise<Completion> {
  const line = readLine(words, commands);
  const found = await completionsOf(line, sources);
  return { ...found, candidates: startingWith(line.typed, found.candidates) };
}

/** Those that begin with what was typed, each once, without control characters: names come from AWS. */
function startingWith(typed: string, candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return candidates.flatMap(({ value, description }) => {
    if (!value.startsWith(typed) || seen.has(value) || visible(value) !== value) return [];
    seen.add(value);
    return [{ value, description: visible(description).replaceAll(/\s+/g, ' ') }];
  });
}

async function completionsOf(line: HalfTypedLine, sources: CandidateSources): Promise<Completion> {
  const { wanted } = line;
  if (wanted.kind === 'command') return only(wanted.commands.map(asCandidate));
  if (wanted.kind === 'flag') return only(flagsOf(wanted.command, line));
  if (wanted.kind === 'value') return valuesOf(wanted.option, line, sources);
  const children = (wanted.command.commands ?? []).map(asCandidate);
  const rest = await argumentsOf(wanted.argument, line, sources);
  return { ...rest, candidates: [...children, ...rest.candidates] };
}

const only = (candidates: Candidate[]): Completion => ({ candidates, paths: null });
const asCandidate = ({ name, summary }: AnyCommand): Candidate => ({ value: name, description: summary });

/** A flag without a value has no effect a second time. */
const flagsOf = (command: AnyCommand, { flags }: HalfTypedLine): Candidate[] => [
  ...command.options
    .filter(({ hidden, long, required, optional }) => !hidden && (required || optional || !flags.has(long ?? '')))
    .map(({ long, short, description }) => ({ value: long ?? short ?? '', description })),
  { value: '--help', description: 'show help' },
];

/** By the name of the placeholder: `<file>`. */
const pathKinds: Readonly<Record<string, Completion['paths']>> = {
  file: 'files',
  path: 'files',
  before: 'files',
  after: 'files',
  secret: 'files',
  folder: 'folders',
};

async function valuesOf(option: TypedOption, line: HalfTypedLine, sources: CandidateSources): Promise<Completion> {
  if (option.argChoices !== undefined) return only(option.argChoices.map((value) => ({ value, description: '' })));
  switch (option.long) {
    case '--check':
    case '--skip':
      return only(inList(line.typed, await sources.checks(line.path[0] === 'lint')));
    case '--sandbox':
      return only(await sources.sandboxes());
    case '--profile':
      return only(await sources.profiles());
    case '--function':
    case '--function-name':
      return only((await sources.account(line.flags)).functions);
    case '--cluster':
    case '--event-source-arn':
      return only((await sources.account(line.flags)).clusters);
  }
  const [, placeholder = ''] = /[<[]([^>\].]+)/.exec(option.flags) ?? [];
  return { candidates: [], paths: pathKinds[placeholder] ?? null };
}

/** Candidates for the last part of a list with commas. */
function inList(typed: string, candidates: readonly Candidate[]): Candidate[] {
  const before = typed.slice(0, typed.lastIndexOf(',') + 1);
  return candidates.map(({ value, description }) => ({ value: `${before}${value}`, description }));
}

async function argumentsOf(
  argument: Argument | undefined,
  line: HalfTypedLine,
  sources: CandidateSources,
): Promise<Completion> {
  if (argument?.argChoices !== undefined) return only(argument.argChoices.map((value) => ({ value, description: '' })));
  const name = argument?.name();
  if (name === 'subject') return only([...(await sources.checks(true)), ...(await sources.texts())]);
  if (name === 'target') {
    const { mappings, functions, clusters } = await sources.account(line.flags);
    return only([...functions, ...clusters, ...mappings]);
  }
  return { candidates: [], paths: pathKinds[name ?? ''] ?? null };
}
