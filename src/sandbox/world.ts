/** An account in memory that answers the SDK's commands from a snapshot and takes changes. */
import type { Snapshot } from '../snapshot/snapshot.js';
import { canReplay, replay } from '../fixes/replay.js';
import { awsError, type Answers, type Input } from './answers.js';
import { secretText } from './secret-text.js';
import { ec2 } from './services/ec2.js';
import { iam } from './services/iam.js';
import { kafka } from './services/kafka.js';
import { lambda } from './services/lambda.js';
import { cloudwatch, glue, kms, logs, s3, sns, sqs, sts } from './services/others.js';
import { secretsmanager } from './services/secretsmanager.js';

export interface Sandbox {
  /** Answers one call in the SDK's shape; throws errors as the SDK does. Changes hold for the next call. */
  answer(call: { service: string; operation: string; input: object }): Promise<object>;
  /** The account as it is now. */
  snapshot(): Snapshot;
}

/** `contents`: what a secret holds, where the account wants more than a user name and a password, or a chain and its key. */
export function createSandbox(start: Snapshot, contents: Record<string, () => string> = {}): Sandbox {
  let snapshot = start;
  const made = new Map<string, string>();
  const textOf = (id: string): string => {
    const text = made.get(id) ?? (contents[id] ?? (() => secretText(snapshot, id)))();
    made.set(id, text);
    return text;
  };
  const services: Record<string, Answers> = { cloudwatch, ec2, glue, iam, kafka, kms, lambda, logs, s3, secretsmanager: secretsmanager(textOf), sns, sqs, sts };
  return {
    snapshot: () => snapshot,
    answer: async ({ service, operation, input }) => {
      const answer = services[service]?.[operation];
      if (answer !== undefined) return structuredClone(answer(input as Input, snapshot));
      if (!canReplay({ service, operation })) throw awsError('UnknownOperationException', `The sandbox does not know ${service} ${operation}.`);
      snapshot = replay(snapshot, { service, operation, input: input as Input });
      return {};
    },
  };
}
