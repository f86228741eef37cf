/**
 * ARNs in their parts, by the AWS SDK's own parser (`@aws-sdk/util-arn-parser`, which the SDK has moved to
 * `@aws-sdk/core/util`). Patterns of policies are no ARNs: see access/pattern.
 */
import { build, parse, validate } from '@aws-sdk/core/util';

/** `arn:<partition>:<service>:<region>:<account>:<resource>`. */
export interface Arn {
  partition: string;
  service: string;
  /** Empty for what is global: an IAM role, an S3 bucket. */
  region: string;
  /** Twelve digits; `aws` for managed policies; empty for an S3 bucket. */
  account: string;
  /** All that follows the account, colons and slashes included: `function:name:alias`, `cluster/name/uuid`. */
  resource: string;
}

/** The parts of an ARN; null for text that is none, such as a name, a `kafka://topic` or a URL. */
export function parseArn(text: string | null | undefined): Arn | null {
  if (typeof text !== 'string') return null;
  const earlier = parsed.get(text);
  if (earlier !== undefined) return earlier;
  if (parsed.size >= mostParsed) parsed.clear();
  const arn = parseOnce(text);
  parsed.set(text, arn);
  return arn;
}

/** The ARNs of an account are parsed again for each of its mappings: so many are kept. */
const mostParsed = 2000;
const parsed = new Map<string, Arn | null>();

function parseOnce(text: string): Arn | null {
  if (!validate(text)) return null;
  const { accountId: account, ...parts } = parse(text);
  return Object.freeze({ ...parts, account });
}

/** The ARN of its parts: the inverse of `parseArn`. */
export const formatArn = ({ account: accountId, ...parts }: Arn): string => build({ ...parts, accountId });

/** The account that an ARN names; null where it names none. */
export const accountOf = (arn: string | null | undefined): string | null => parseArn(arn)?.account || null;

/** The region that an ARN names; null where it names none. */
export const regionOf = (arn: string | null | undefined): string | null => parseArn(arn)?.region || null;

/** The service that an ARN names, as ARNs spell it: `lambda`, `kafka`, `sqs`; null for what is no ARN. */
export const serviceOf = (arn: string | null | undefined): string | null => parseArn(arn)?.service ?? null;

/** The part after the last slash: the name of a role, a policy or an organisation's target, without its path. */
export const lastSegment = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);
