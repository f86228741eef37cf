/** Errors that are shown to the user as a sentence with what to do about it; anything else that is thrown is a fault of the program. */

/** Exit codes of the program that errors of the user lead to: 2 for what the user has to change, 3 for what could not be read. */
type ErrorExitCode = 2 | 3;

/** What is shown: the message, a sentence, and under it the hint, what to do. */
export abstract class UserError extends Error {
  abstract readonly exitCode: ErrorExitCode;

  constructor(
    message: string,
    readonly hint?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Wrong usage or bad input. The message may have several lines, one for each fault. */
export class UsageError extends UserError {
  override name = 'UsageError';
  override readonly exitCode = 2;
}

/** A named target that is not there, or is not clear; where no hint is given, that names what could have been meant. */
export class TargetNotFound extends UserError {
  override name = 'TargetNotFound';
  override readonly exitCode = 2;

  constructor(
    message: string,
    readonly candidates: readonly string[] = [],
    hint: string | undefined = candidates.length === 0 ? undefined : `Did you mean: ${candidates.join(', ')}?`,
  ) {
    super(message, hint);
  }
}

/** No region is configured, or what is configured is none. */
export class RegionUnusable extends UsageError {
  override name = 'RegionUnusable';

  constructor(message: string, options?: ErrorOptions) {
    super(message, 'Pass --region, set AWS_REGION, or use a profile that has a region.', options);
  }
}

/** The authentication method of a secret does not follow from its name or from the cluster. */
export class SecretUnclear extends UsageError {
  override name = 'SecretUnclear';

  constructor(message: string) {
    super(message, 'Pass `--auth scram` or `--auth mtls`.');
  }
}

/** What was given as a secret is no name: it may be the content of one, so it is not repeated. */
export class NotASecretId extends UsageError {
  override name = 'NotASecretId';

  constructor() {
    super(
      'the value given as a secret is neither a name nor an ARN; it is not shown because it may be the secret itself',
      'Give the name or ARN of a secret. To check the content of a secret, save it to a file: `msk-lambda secret check FILE`.',
    );
  }
}

/** What had to be read and could not be: nothing is said about the account, and nothing was changed. */
export class NotReadable extends UserError {
  override name = 'NotReadable';
  override readonly exitCode = 3;

  constructor(
    message: string,
    override readonly hint: string,
  ) {
    super(message, hint);
  }
}

/** The user left a question or pressed Ctrl-C. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}
