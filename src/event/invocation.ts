/** The result of an invocation with an event, and what Lambda’s pollers would make of it. */
import { payloadBytes } from '../aws/limits.js';
import { readBatchResponse, type FailedItem } from './batch-response.js';
import type { KafkaEvent } from './kafka-event.js';

/** The answer of the API operation Invoke, decoded. */
export interface InvokeAnswer {
  statusCode: number | null;
  /** `Handled` or `Unhandled`; null where the function returned. */
  functionError: string | null;
  executedVersion: string | null;
  /** The function’s response as text. */
  payload: string;
  /** The end of the log, at most 4 KB. */
  log: string;
  /** Milliseconds as measured here, with the network. */
  elapsed: number;
}

/** What is known of the function and of its mapping. */
export interface InvokedFunction {
  /** Seconds; null where it could not be read. */
  timeout: number | null;
  /** Whether the mapping has ReportBatchItemFailures; null without a mapping. */
  reportsItemFailures: boolean | null;
}

/** How the invocation ended. `partial`: the function returned and reported records as failed. */
export interface InvocationResult {
  outcome: 'succeeded' | 'partial' | 'failed';
  answer: InvokeAnswer;
  /** Milliseconds: of the function by its log, otherwise as measured here. */
  duration: number;
  failures: FailedItem[];
  /** Sentences about what is wrong or will be. */
  problems: string[];
}

/** A duration above this share of the timeout is a problem. */
const nearTimeout = 0.8;

/** Judges an answer. */
export function judgeInvocation(
  answer: InvokeAnswer,
  event: KafkaEvent,
  { timeout, reportsItemFailures }: InvokedFunction,
): InvocationResult {
  const duration = durationInLog(answer.log) ?? answer.elapsed;
  const response = parseResponse(answer.payload);
  const { failures, fault } =
    answer.functionError === null ? readBatchResponse(response, event) : { failures: [], fault: null };
  const problems = [
    ...(answer.functionError === null
      ? []
      : [
          `The function failed (${[answer.functionError, errorOf(response)].filter((word) => word !== '').join(', ')}): Lambda retries the complete batch.`,
        ]),
    ...(fault === null
      ? []
      : [
          `The batch response is not valid: ${fault}. With ReportBatchItemFailures, Lambda retries the complete batch.`,
        ]),
    ...(failures.length > 0 && reportsItemFailures === false
      ? [
          'The mapping does not have ReportBatchItemFailures: Lambda ignores batchItemFailures and counts these records as processed.',
        ]
      : []),
    ...(timeout !== null && duration > nearTimeout * 1000 * timeout && answer.functionError === null
      ? [`The invocation took ${Math.round(duration / (10 * timeout))}% of the function’s timeout.`]
      : []),
  ];
  const outcome =
    answer.functionError !== null || fault !== null ? 'failed' : failures.length > 0 ? 'partial' : 'succeeded';
  return { outcome, answer, duration, failures, problems };
}

/** The type and message of an error that the function threw; empty where the response has neither. */
export function errorOf(response: unknown): string {
  if (typeof response !== 'object' || response === null) return '';
  const { errorType, errorMessage } = response as { errorType?: unknown; errorMessage?: unknown };
  return [errorType, errorMessage].filter((word) => typeof word === 'string').join(': ');
}

/** Milliseconds, of the report at the end of the log, in text or JSON format (Lambda developer guide: log formats). */
export function durationInLog(log: string): number | null {
  const [, written] =
    /^REPORT RequestId: .{1,80}?\bDuration: (\d{1,9}(?:\.\d{1,3})?) ms/m.exec(log) ??
    /"durationMs": ?(\d{1,9}(?:\.\d{1,3})?)/.exec(log) ??
    [];
  return written === undefined ? null : Number(written);
}

/** Data of JSON; undefined for other text. */
export function parseResponse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Records and bytes of an event as the payload of an invocation. */
export function sizeOf(event: KafkaEvent): { records: number; bytes: number; limit: number } {
  return {
    records: Object.values(event.records).reduce((sum, group) => sum + group.length, 0),
    bytes: Buffer.byteLength(JSON.stringify(event)),
    limit: payloadBytes,
  };
}
