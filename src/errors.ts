/** Wrong usage, bad input, or a named target that is not there: exit 2, a sentence, and what to do about it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(
    sentence: string,
    readonly hint?: string,
    options?: ErrorOptions,
  ) {
    super(sentence, options);
  }
}
