/** Short ways to write command lines down. */
import type { Account } from './account.js';
import type { Invocation } from './invocation.js';

/** The line once for each format. */
export const inFormats = (line: string | readonly string[], formats: readonly string[], input?: string): Invocation[] =>
  formats.map((format) => ({
    words: [...(typeof line === 'string' ? line.split(' ') : line), ...(format === 'text' ? [] : ['--output', format])],
    ...(input === undefined ? {} : { input }),
  }));

/** The same lines for some accounts only. */
export const sometimes = (invocations: readonly Invocation[]): Invocation[] =>
  invocations.map((invocation) => ({ ...invocation, sometimes: true }));

/** The invocation in an account, unless its words take a snapshot for it. */
export const on =
  ({ name }: Pick<Account, 'name'>) =>
  (invocation: Invocation): Invocation =>
    invocation.words.includes('--snapshot') || invocation.words.includes('diff')
      ? invocation
      : { ...invocation, words: [...invocation.words, '--sandbox', name] };

/** Of `policy --for`. */
export { audiences } from '../../src/access/policies/audience.js';
