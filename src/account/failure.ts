/** An SDK error as an outcome: matched by name and HTTP status, never by class. */
import { excludedBy, namesProxy } from './proxy-settings.js';
import type { Outcome, ReadFailure } from '../snapshot/read.js';

type FailureOutcome = Exclude<Outcome, 'ok'>;

interface SdkError {
  name?: string;
  message?: string;
  Code?: string;
  code?: string;
  $metadata?: { httpStatusCode?: number };
}

/** IAM actions whose name differs from their operation. */
const actions: Record<string, string> = {
  'lambda:Invoke': 'lambda:InvokeFunction',
  's3:HeadBucket': 's3:ListBucket',
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
};

/** The IAM action that a call needs, such as `kafka:ListScramSecrets`. */
export const iamAction = (service: string, operation: string): string =>
  actions[`${service}:${operation}`] ?? `${service}:${operation}`;

const patterns: readonly [FailureOutcome, RegExp][] = [
  ['timed-out', /^(AbortError|TimeoutError|RequestTimedOut|RequestTimeout|ETIMEDOUT)$/],
  // Node's names of network errors. ENOTFOUND is a host without an address, not a missing resource.
  ['failed', /^(E[A-Z]+|EAI_[A-Z]+|ERR_[A-Z_]+)$/],
  ['denied', /AccessDenied|UnauthorizedOperation|NotAuthorized|AuthorizationError|^Unauthorized|^Forbidden/i],
  ['throttled', /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|BandwidthLimit/i],
  ['not-found', /NotFound|NoSuch|NonExistent|DoesNotExist|^ClusterNotFound/i],
];

/** Errors of the credentials themselves: every other call will fail with them too. */
export const isCredentialsError = (error: unknown): boolean =>
  /^(CredentialsProviderError|CredentialsNotGiven|ExpiredToken|ExpiredTokenException|UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch|TokenRefreshRequired|AuthFailure|IncompleteSignature|InvalidAccessKeyId|MissingAuthenticationToken(Exception)?|RequestExpired|RequestTimeTooSkewed|RequestInTheFuture|SSOTokenProviderFailure|TokenProviderError)$/.test(
    nameOf(error),
  );

/** Why AWS cannot be asked at all: a sentence and what to do. */
export interface Trouble {
  sentence: string;
  hint: string;
}

/**
 * The SDK corrects a clock that AWS reports as wrong; these are the errors that remain. An expired signature points
 * to the clock, not to expired credentials.
 */
const wrongClock = /^Request(TimeTooSkewed|InTheFuture)|Signature (expired|not yet current)/i;

/**
 * What is wrong with the credentials themselves; null for any other error. `error`: as in `ReadFailure`, name first.
 */
export function credentialsTrouble(error: string, profile?: string): Trouble | null {
  const [name = ''] = error.split(':', 1);
  if (!isCredentialsError({ name })) return null;
  if (wrongClock.test(error))
    return {
      sentence: 'The clock of this machine is wrong: AWS rejects the signature.',
      hint: 'Synchronize the clock (NTP) and run the command again.',
    };
  if (/expired/i.test(error))
    return {
      sentence: 'Your AWS credentials have expired.',
      hint: 'Sign in again (`aws sso login`, or new temporary credentials) and run the command again.',
    };
  if (/CredentialsProviderError|TokenProvider|SSOToken/.test(name))
    return {
      sentence: `No AWS credentials were found${profile === undefined ? '' : ` for the profile “${profile}”`}.`,
      hint: 'Pass --profile NAME, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in with `aws sso login`. To try the tool without credentials: `msk-lambda doctor --sandbox`.',
    };
  if (name === 'CredentialsNotGiven')
    return {
      sentence: `Your AWS credentials could not be loaded${profile === undefined ? '' : ` for the profile “${profile}”`}: ${error
        .slice(name.length + 1)
        .trim()
        .replace(/\.$/, '')}.`,
      hint: 'The sign-in of the profile failed (SSO, role to assume or credential process); no call to the account was made.',
    };
  return {
    sentence: `AWS rejects your credentials (${name}).`,
    hint: 'Check the profile and the region, and sign in again.',
  };
}

/**
 * The SDK's name for a 404 whose XML has no error code. S3 answers HeadBucket so; EC2, IAM and STS always name what
 * is missing.
 */
const isNameless = (name: string, service: string): boolean => name === 'NotFound' && /^(ec2|iam|sts)$/.test(service);

/** AWS's sentences for a missing resource, for an answer whose error name was lost on the way. */
const saysGone =
  /\b(does not exist|doesn['’]t exist|can(not|['’]t) (be found|find)|could not (be found|find)|^function not found)\b/i;

export function outcomeOf(error: unknown, service = ''): FailureOutcome {
  const name = nameOf(error);
  if (isNameless(name, service)) return 'failed';
  for (const [outcome, pattern] of patterns) if (pattern.test(name)) return outcome;
  const status = (error as SdkError).$metadata?.httpStatusCode;
  if (isCredentialsError(error)) return 'denied';
  // A 404 alone proves nothing: an endpoint that does not know the operation answers 404 too.
  if (status === 404 && saysGone.test((error as SdkError).message ?? '')) return 'not-found';
  if (status === 403 || status === 401) return 'denied';
  if (status === 429) return 'throttled';
  return 'failed';
}

/** An answer that does not have AWS's documented shape. `member`: the wrong one. */
export const notAsDocumented = (member = ''): Error =>
  new Error(`the response does not have the format that AWS documents${member === '' ? '' : ` at ${member}`}`);

/** An error as a failed read. */
export function toFailure(
  error: unknown,
  call: { service: string; operation: string; resource?: string },
): ReadFailure {
  const { service, operation, resource } = call;
  return {
    outcome: outcomeOf(error, service),
    service,
    operation,
    action: iamAction(service, operation),
    ...(resource === undefined ? {} : { resource }),
    error: sentenceOf(error),
  };
}

/** The name of an error if it looks like one: an endpoint that is not AWS can put any text there. */
export const errorName = (error: unknown): string => {
  const name = nameOf(error);
  return /^[A-Za-z][\w.]{0,100}$/.test(name) || /^the (answer|response) [a-z ]{1,60}$/.test(name) ? name : 'Error';
};

/** AWS's name of an error; Node's code (`ECONNREFUSED`) for a network error, whose name says nothing. */
const nameOf = (error: unknown): string => {
  const { name = '', Code, code } = error as SdkError;
  return name === '' || name === 'Error' || name === 'AggregateError' ? (Code ?? code ?? name) : name;
};

const plainSentences: readonly [RegExp, (name: string) => string][] = [
  [/^(TimeoutError|RequestTimedOut|RequestTimeout|ETIMEDOUT)$/, () => 'no response in time'],
  [/^AbortError$/, () => 'reading took longer than --timeout'],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/, (name) => `the service could not be reached (${name})`],
  [/^(ECONNRESET|EPIPE)$/, (name) => `the connection was closed (${name})`],
  [/^SyntaxError$/, () => 'the response could not be parsed'],
];

/** Whether this sentence is of an error that did not come from AWS: no address, no connection, no response in time. */
export const isNetworkError = (sentence: string): boolean =>
  /\((E[A-Z]+|EAI_[A-Z]+)\)|^(no response in time|reading took longer than --timeout)$/.test(sentence);

/** A name without an address, with the variable that may be to blame. `message`: Node’s, which ends in the name. */
function lookupSentence(code: string, message: string, env: NodeJS.ProcessEnv = process.env): string {
  const hostname = / (\S+)$/.exec(message)?.[1] ?? '';
  const exclusion = namesProxy(env) ? excludedBy({ hostname, port: '443' }, env) : null;
  const endpoint = Object.keys(env).find(
    (name) => /^AWS_ENDPOINT_URL(_|$)/.test(name) && hostname !== '' && env[name]!.includes(hostname),
  );
  const blame =
    exclusion !== null
      ? `${exclusion} excludes it from the proxy`
      : endpoint !== undefined
        ? `check ${endpoint}`
        : 'check the region';
  return `the host name of the service could not be resolved (${code}): ${blame}`;
}

/** The SDK's own words for an error without any of AWS's: a proxy's, or a redirection. */
const wordless = /^(?:(?:Unknown|Error)[: ]*)+$/;

/**
 * Texts in which AWS, S3 or a proxy repeats the signed request, which contains the session token (Signature Version
 * 4).
 */
const quotesRequest =
  /canonical (string|request)|string[- ]to[- ]sign|x-amz-|authorization header|Signature=|Credential=/i;

/**
 * Whether an error's message must not be shown: it may contain the session token, or the output of a credential
 * process.
 */
export const isUnshowable = (error: unknown): boolean =>
  nameOf(error) !== 'CredentialsNotGiven' &&
  (isCredentialsError(error) || quotesRequest.test((error as SdkError).message ?? ''));

/** For such an error: only its name, and whether the clock is the reason, in our own words. */
function nameOnly(error: unknown): string {
  const [clock] = /Signature (expired|not yet current)/i.exec((error as SdkError).message ?? '') ?? [];
  return `${errorName(error)}${clock === undefined ? '' : `: ${clock}`}`;
}

/** Name and message, shortened: a message can quote a whole answer. */
export function sentenceOf(error: unknown): string {
  const name = nameOf(error) || 'Error';
  if (/^(ENOTFOUND|EAI_[A-Z]+)$/.test(name)) return lookupSentence(name, (error as Error).message ?? '');
  for (const [pattern, sentence] of plainSentences) if (pattern.test(name)) return sentence(name);
  if (isUnshowable(error)) return nameOnly(error);
  const message = ((error as Error).message ?? '').replace(/\s+/g, ' ').trim();
  // The SDK's parser appends the raw answer to its own sentence.
  const plain = message.replace(/(?<!\s)\s*Deserialization error:.*$/i, '').slice(0, 300);
  const status = (error as SdkError).$metadata?.httpStatusCode;
  if (status === 407) return 'the proxy rejects the user name and password, or requires them (HTTP status 407)';
  if (status !== undefined && wordless.test(`${name} ${plain}`))
    return `HTTP status ${status} without an AWS error; the response may come from a proxy`;
  if (plain === '' || plain === name) return name;
  return name === 'Error' ? plain : `${name}: ${plain}`;
}
