/** Questions of several steps at the terminal, on stderr: lists to search, lines to type, and the wish to go back a step. */
import { Interrupted } from '../../../../errors.js';
import { emitKeypressEvents } from 'node:readline';
import { visible } from '../../../../text/visible.js';
import { wrap } from '../../../../text/wrap.js';
import type { Io } from '../../../io.js';
import { asInterruption } from '../../../single-prompts.js';

/** One of a list. Names and descriptions may hold text from AWS: they are made visible here. */
export interface Choice<T> {
  value: T;
  name: string;
  /** A sentence or two, shown while the choice is pointed at. */
  description?: string;
  /** Why it cannot be taken: it is shown, and passed over. */
  disabled?: string;
}

export interface List<T> {
  message: string;
  choices: readonly Choice<T>[];
  /** What may be taken though it is not in the list: a choice for the text that was typed, if it is one. */
  typed?: (text: string) => Choice<T> | undefined | Promise<Choice<T> | undefined>;
  /** The choice that is pointed at first. */
  initial?: T | undefined;
}

export interface Line {
  message: string;
  /** What is wrong with a text, a sentence; null where nothing is. */
  fault?: (text: string) => string | null;
  initial?: string | undefined;
}

export interface Prompts {
  /** Throws `Back` where the user wants the question before. */
  choose<T>(list: List<T>): Promise<T>;
  type(line: Line): Promise<string>;
  /** A sentence between the questions. */
  say(text: string): void;
  /** Lines as they are. */
  show(text: string): void;
}

/** The user wants to go back to the question before. */
export class Back extends Error {
  override name = 'Back';
}

const back = Symbol('back');
const pageSize = 12;

/** Loads the prompts; the program that asks nothing loads none. */
export async function openPrompts(io: Io): Promise<Prompts> {
  const { default: inquirer } = await import('inquirer');
  const theme = io.colour.level === 0 ? plainTheme : {};
  const ask = async <T>(question: object): Promise<T> => {
    const leave = new AbortController();
    const stop = listenForKeys(io, leave);
    try {
      const prompt = inquirer.createPromptModule({
        input: io.stdin,
        output: io.stderr as NodeJS.WritableStream,
        signal: AbortSignal.any([io.signal, leave.signal]),
      });
      for (const type of ['search', 'input'] as const)
        prompt.registerPrompt(type, clearingWhere(leave.signal, prompt.prompts[type] as AnyPrompt) as never);
      const { answer } = (await prompt([{ ...question, name: 'answer', theme } as never])) as { answer: T };
      return answer;
    } catch (error) {
      throw leave.signal.aborted ? leave.signal.reason : asInterruption(error);
    } finally {
      stop();
    }
  };
  return {
    say: (text) => void io.stderr.write(`${wrap(visible(text), { columns: io.columns })}\n`),
    show: (text) => void io.stderr.write(`${text}\n`),
    type: ({ message, fault = () => null, initial }) =>
      ask({
        type: 'input',
        message: visible(message),
        validate: (text: string) => fault(text.trim()) ?? true,
        ...(initial === undefined ? {} : { default: initial }),
      }).then((text) => String(text).trim()),
    choose: async <T>({ message, choices, typed, initial }: List<T>): Promise<T> => {
      const all = choices.map(shown);
      const source = (term: string | undefined) => matching(all, term, typed);
      const answer = await ask<T | typeof back>({
        type: 'search',
        message: visible(message),
        source,
        pageSize,
        ...(initial === undefined ? {} : { default: initial }),
      });
      if (answer === back) throw new Back();
      return answer as T;
    },
  };
}

type AnyPrompt = (config: unknown, context: object) => unknown;

/** A question that is gone back from leaves the screen; one that was answered stays with its answer. */
const clearingWhere =
  (gone: AbortSignal, prompt: AnyPrompt): AnyPrompt =>
  (config, context) =>
    prompt(
      config,
      Object.defineProperty({ ...context }, 'clearPromptOnDone', { get: () => gone.reason instanceof Back }),
    );

const shown = <T>({ value, name, description, disabled }: Choice<T>) => ({
  value,
  name: visible(name),
  ...(description === undefined ? {} : { description: visible(description) }),
  ...(disabled === undefined ? {} : { disabled: `(${visible(disabled)})` }),
});

type Shown<T> = ReturnType<typeof shown<T>>;

/** Every word that was typed is somewhere in the name or the description. */
async function matching<T>(
  all: readonly Shown<T>[],
  term: string | undefined,
  typed: List<T>['typed'],
): Promise<(Shown<T> | Shown<typeof back>)[]> {
  const words = (term ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const has = ({ name, description = '' }: { name: string; description?: string }) =>
    words.every((word) => `${name} ${description}`.toLowerCase().includes(word));
  const typedChoice = term === undefined ? undefined : await typed?.(term.trim());
  const listed = all.filter(has);
  const goBack = shown({ value: back, name: '← back', description: 'the question before (Ctrl-B)' });
  return [
    ...listed,
    ...(typedChoice === undefined || listed.some(({ name }) => name === typedChoice.name) ? [] : [shown(typedChoice)]),
    ...(has(goBack) ? [goBack as Shown<typeof back>] : []),
  ];
}

/** Ctrl-B is for the question before; Ctrl-D, or the end of the input, for leaving: without them a prompt would wait for ever. */
function listenForKeys({ stdin }: Io, leave: AbortController): () => void {
  emitKeypressEvents(stdin);
  const onKey = (_: unknown, key: { ctrl?: boolean; name?: string } | undefined): void => {
    if (key?.ctrl !== true) return;
    if (key.name === 'b') leave.abort(new Back());
    if (key.name === 'd') leave.abort(new Interrupted());
  };
  const onEnd = (): void => leave.abort(new Interrupted());
  stdin.on('keypress', onKey);
  stdin.on('end', onEnd);
  return () => {
    stdin.off('keypress', onKey);
    stdin.off('end', onEnd);
  };
}

const same = (text: string): string => text;
/** Inquirer's own, without its colours. */
const plainTheme = {
  prefix: { idle: '?', done: '✔' },
  spinner: { interval: 80, frames: ['…'] },
  style: {
    answer: same,
    message: same,
    help: same,
    highlight: same,
    description: same,
    searchTerm: same,
    key: same,
    error: (text: string) => `> ${text}`,
    defaultAnswer: (text: string) => `(${text})`,
    disabled: (text: string) => `- ${text}`,
    keysHelpTip: (keys: [key: string, action: string][]) => keys.map(([key, action]) => `${key} ${action}`).join(' • '),
  },
};
