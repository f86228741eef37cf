/** Prompts of the wizard, on stderr: lists with search, text input, and going back one step. */
import { Interrupted } from '../../../../errors.js';
import { emitKeypressEvents } from 'node:readline';
import { visible } from '../../../../text/visible.js';
import { wrap } from '../../../../text/wrap.js';
import type { Io } from '../../../io.js';
import { asInterruption } from '../../../single-prompts.js';

/**
 * One entry of a list. Names and descriptions may hold text from AWS, whose control characters are made visible
 * here.
 */
export interface Choice<T> {
  value: T;
  name: string;
  /** One or two sentences, shown while the choice is highlighted. */
  description?: string;
  /** Why it cannot be selected: it is shown, and skipped. */
  disabled?: string;
}

type Typed<T> = Choice<T> | readonly Choice<T>[] | undefined;

export interface List<T> {
  message: string;
  choices: readonly Choice<T>[];
  /** Choices for the typed text that are not in the list, or not found by the search. */
  typed?: (text: string) => Typed<T> | Promise<Typed<T>>;
  /** The choice that is highlighted first. */
  initial?: T | undefined;
}

export interface Line {
  message: string;
  /** An error message for a text; null where it is valid. */
  fault?: (text: string) => string | null;
  initial?: string | undefined;
}

export interface Prompts {
  /** Throws `Back` where the user wants the previous question. */
  choose<T>(list: List<T>): Promise<T>;
  type(line: Line): Promise<string>;
  /** Prints a sentence between the questions. */
  say(text: string): void;
  /** Prints lines unchanged. */
  show(text: string): void;
}

/** The user wants to go back to the previous question. */
export class Back extends Error {
  override name = 'Back';
}

const back = Symbol('back');
const pageSize = 12;

/** Loads the prompts; a program that asks nothing does not load them. */
export async function openPrompts(io: Io): Promise<Prompts> {
  const { default: inquirer } = await import('inquirer');
  const theme =
    io.colour.level === 0 ? plainTheme : { style: { defaultAnswer: (text: string) => io.colour.dim(asDefault(text)) } };
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
      const all = choices.map((choice) => shown(choice, io.columns));
      const source = (term: string | undefined) => matching(all, term, typed, io.columns);
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

/** The user goes back: the question is erased. An answered question stays with its answer. */
const clearingWhere =
  (gone: AbortSignal, prompt: AnyPrompt): AnyPrompt =>
  (config, context) =>
    prompt(
      config,
      Object.defineProperty({ ...context }, 'clearPromptOnDone', { get: () => gone.reason instanceof Back }),
    );

/** Descriptions are wrapped here: the prompt itself would break words. */
const shown = <T>({ value, name, description, disabled }: Choice<T>, columns: number) => ({
  value,
  name: visible(name),
  ...(description === undefined ? {} : { description: wrap(visible(description), { columns: columns - 2 }) }),
  ...(disabled === undefined ? {} : { disabled: `(${visible(disabled)})` }),
});

type Shown<T> = ReturnType<typeof shown<T>>;

/** Every typed word must occur in the name or the description. */
async function matching<T>(
  all: readonly Shown<T>[],
  term: string | undefined,
  typed: List<T>['typed'],
  columns: number,
): Promise<(Shown<T> | Shown<typeof back>)[]> {
  const words = (term ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const has = ({ name, description = '' }: { name: string; description?: string }) =>
    words.every((word) => `${name} ${description}`.toLowerCase().includes(word));
  const typedChoices = [(term === undefined ? undefined : await typed?.(term.trim())) ?? []].flat() as Choice<T>[];
  const listed = all.filter(has);
  const goBack = shown({ value: back, name: '← back', description: 'previous question (Ctrl-B)' }, columns);
  return [
    ...listed,
    ...typedChoices
      .filter((choice) => !listed.some(({ name }) => name === choice.name))
      .map((choice) => shown(choice, columns)),
    ...(has(goBack) ? [goBack as Shown<typeof back>] : []),
  ];
}

/** Ctrl-B goes back; Ctrl-D or the end of input leaves. Without them a prompt would wait for ever. */
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
/** Unlike an example, which is in the question. */
const asDefault = (text: string): string => `[default: ${text}]`;
/** Inquirer's own symbols, without colours. */
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
    defaultAnswer: asDefault,
    disabled: (text: string) => `- ${text}`,
    keysHelpTip: (keys: [key: string, action: string][]) => keys.map(([key, action]) => `${key} ${action}`).join(' • '),
  },
};
