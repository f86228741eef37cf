import { PassThrough } from 'node:stream';
import { render } from '@inquirer/testing';
import { Chalk } from 'chalk';
import { describe, expect, test } from 'vitest';
import type { Io } from '../../src/cli/io.js';
import { Back, openPrompts, type Line, type List } from '../../src/cli/commands/create/wizard/prompts.js';

interface Streams {
  input?: unknown;
  output?: unknown;
}

const ioOf = ({ input, output }: Streams, level: 0 | 1): Io => ({
  stdin: input as Io['stdin'],
  stderr: output as Io['stderr'],
  stdout: new PassThrough(),
  env: {},
  columns: 80,
  colour: new Chalk({ level }),
  interactive: true,
  ascii: false,
  shell: 'bash',
  progress: false,
  signal: new AbortController().signal,
  folder: '.',
});

const choose = (list: List<string>, level: 0 | 1 = 0) =>
  render<string, List<string>>(
    (async (config: List<string>, streams: Streams) =>
      (await openPrompts(ioOf(streams, level))).choose(config)) as never,
    list,
  );
const type = (line: Line) =>
  render<string, Line>(
    (async (config: Line, streams: Streams) => (await openPrompts(ioOf(streams, 0))).type(config)) as never,
    line,
  );

/** Looks again until the screen shows it. */
async function shows({ getScreen }: { getScreen: () => string }, text: string | RegExp): Promise<string> {
  for (;;) {
    if (typeof text === 'string' ? getScreen().includes(text) : text.test(getScreen())) return getScreen();
    await new Promise((again) => setImmediate(again));
  }
}

const fruits = [
  { value: 'a', name: 'apple', description: 'red or green' },
  { value: 'b', name: 'banana', description: 'yellow' },
  { value: 'c', name: 'cherry', disabled: 'out of season' },
];

describe('a list', () => {
  test('is searched by every word, in names and descriptions', async () => {
    const prompt = await choose({ message: 'Which?', choices: fruits });
    await shows(prompt, /apple[\s\S]*- cherry \(out of season\)[\s\S]*← back/);
    prompt.events.type('YELLOW nan');
    await shows(prompt, /❯ banana/);
    expect(prompt.getScreen()).not.toContain('apple');
    prompt.events.keypress('enter');
    expect(await prompt.answer).toBe('b');
  });

  test('passes over what cannot be taken, and ends in going back', async () => {
    const prompt = await choose({ message: 'Which?', choices: fruits, initial: 'b' });
    await shows(prompt, /❯ banana/);
    prompt.events.keypress('down');
    await shows(prompt, /❯ ← back/);
    prompt.events.keypress('enter');
    await expect(prompt.answer).rejects.toBeInstanceOf(Back);
  });

  test.each([
    ['xx', 'No results found'],
    ['z1', /❯ z1/],
  ])('of %s that is typed shows %s: it is taken only where it may be', async (text, shown) => {
    const prompt = await choose({
      message: 'Which?',
      choices: fruits,
      typed: (input) => (input.startsWith('z') ? { value: input, name: input } : undefined),
    });
    await shows(prompt, 'apple');
    prompt.events.type(text);
    await shows(prompt, shown);
    prompt.events.keypress({ name: 'b', ctrl: true });
    await expect(prompt.answer).rejects.toBeInstanceOf(Back);
  });

  test('shows no control character of a name, and no colour where none is wanted', async () => {
    const prompt = await choose({
      message: 'Which\u001b[31m?',
      choices: [{ value: 'x', name: 'a\u001b[2Jb\n', description: 'c\u0007d', disabled: 'e\u202ef' }, ...fruits],
    });
    const screen = await shows(prompt, '← back');
    expect(screen).toContain(String.raw`a\e[2Jb\n (e\u202ef)`);
    for (const style of ['[1m', '[2m', '[31m', '[32m', '[34m', '[36m'])
      expect(prompt.getScreen({ raw: true })).not.toContain(`\u001b${style}`);
    prompt.events.keypress({ name: 'b', ctrl: true });
    await expect(prompt.answer).rejects.toBeInstanceOf(Back);
  });
});

describe('a line', () => {
  test('is asked for until nothing is wrong with it, without the blanks around', async () => {
    const prompt = await type({
      message: 'How many?',
      fault: (text) => (/^\d+$/.test(text) ? null : 'Expected a number.'),
    });
    prompt.events.type('x');
    prompt.events.keypress('enter');
    await shows(prompt, '> Expected a number.');
    prompt.events.keypress({ name: 'b', ctrl: true });
    await expect(prompt.answer).rejects.toBeInstanceOf(Back);
    const right = await type({
      message: 'How many?',
      fault: (text) => (/^\d+$/.test(text) ? null : 'Expected a number.'),
    });
    right.events.type(' 7 ');
    right.events.keypress('enter');
    expect(await right.answer).toBe('7');
  });

  test('is left by Ctrl-B for the question before, by Ctrl-D for good', async () => {
    const back = await type({ message: 'Name?' });
    back.events.keypress({ name: 'b', ctrl: true });
    await expect(back.answer).rejects.toBeInstanceOf(Back);
    const left = await type({ message: 'Name?' });
    left.events.keypress({ name: 'd', ctrl: true });
    await expect(left.answer).rejects.toMatchObject({ name: 'Interrupted' });
  });
});
