/** The texts that Lambda shows for a Kafka event source mapping, the most specific first. */
import type { CheckId } from '../checks/ids.js';

export interface ErrorText {
  id: ErrorTextId;
  /** Lower-case pieces, any of which tells the text. */
  fragments: readonly string[];
  /** The text as AWS shows it today. */
  text: string;
  /** What it says, and how far the pollers got. */
  meaning: string;
  /** Checks known to produce it, the most frequent cause first, each with how it leads to this text. */
  causes: readonly { check: CheckId; because: string }[];
}

export const errorTextIds = [
  'vpc-cannot-reach-aws',
  'connection-error',
  'cluster-failed-to-authorize',
  'sasl-authentication-failed',
  'server-failed-to-authenticate-lambda',
  'lambda-failed-to-authenticate-server',
  'invalid-certificate-or-key',
  'cannot-assume-role',
  'function-call-failed',
  'internal-error',
  'not-enough-permission',
  'no-security-groups',
  'brokers-not-resolved',
] as const;
export type ErrorTextId = (typeof errorTextIds)[number];

export const errorTexts: readonly ErrorText[] = [];
