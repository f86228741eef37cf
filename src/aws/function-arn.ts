/** ARNs of Lambda functions: `arn:<partition>:lambda:<region>:<account>:function:<name>[:<qualifier>]`. */
import { parseArn } from './arn.js';

export interface FunctionArn {
  partition: string;
  region: string;
  account: string;
  name: string;
  /** An alias or a version; null for the function itself. */
  qualifier: string | null;
}

/** The parts of a function's ARN; null for anything else. */
export function parseFunctionArn(arn: string | null | undefined): FunctionArn | null {
  const { service, resource = '', partition = '', region = '', account = '' } = parseArn(arn) ?? {};
  const [kind, name = '', qualifier = null] = resource.split(':');
  return service === 'lambda' && kind === 'function' && name !== ''
    ? { partition, region, account, name, qualifier }
    : null;
}

/** A function's name without alias or version; null for what is no function's ARN. */
export const functionNameOf = (arn: string | null | undefined): string | null => parseFunctionArn(arn)?.name ?? null;

/** `name`, or `name:alias`; null for what is no function's ARN. */
export function qualifiedNameOf(arn: string | null | undefined): string | null {
  const parts = parseFunctionArn(arn);
  return parts === null ? null : parts.qualifier === null ? parts.name : `${parts.name}:${parts.qualifier}`;
}

/** The function's own ARN, without alias or version; other text as it is. */
export function unqualifiedArn(arn: string): string {
  const qualifier = parseFunctionArn(arn)?.qualifier ?? null;
  return qualifier === null ? arn : arn.slice(0, -(qualifier.length + 1));
}

/** The log group in which a function writes, where its configuration names no other (AWS: Lambda, sending logs to CloudWatch). */
export const defaultLogGroup = (functionArn: string): string => `/aws/lambda/${functionNameOf(functionArn) ?? ''}`;

/**
 * The version that Lambda invokes for a function on Lambda Managed Instances where no version or alias is named
 * (AWS: $LATEST.PUBLISHED version in Lambda Managed Instances).
 */
export const publishedVersionArn = (functionArn: string): string => `${unqualifiedArn(functionArn)}:$LATEST.PUBLISHED`;

/** The state of `$LATEST` on Lambda Managed Instances, which is never invoked itself (API reference, State). */
export const onlyPublishedState = 'ActiveNonInvocable';
