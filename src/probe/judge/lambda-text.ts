/** The text that Lambda would show for a fault, from the catalogue (AWS: Kafka troubleshooting for Lambda). */
import { errorTexts, type ErrorTextId } from '../../catalogue/texts.js';
import type { FailedStep, FaultKind } from './fault.js';

/** Null where no text is known for the fault. */
function textIdOf(kind: FaultKind, { code }: FailedStep): ErrorTextId | null {
  switch (kind) {
    case 'untrusted':
      return 'lambda-failed-to-authenticate-server';
    case 'certificate-missing':
      return 'server-failed-to-authenticate-lambda';
    case 'certificate':
      return 'server-failed-to-authenticate-lambda';
    case 'private-key':
      return 'invalid-certificate-or-key';
    case 'mechanism':
    case 'login':
    case 'no-user':
      return 'sasl-authentication-failed';
    case 'topic-denied':
    case 'group-denied':
    case 'cluster-denied':
      return 'cluster-failed-to-authorize';
    case 'group-conflict':
      return null;
    // No text is documented for a missing topic: the request for metadata ends without an answer that can be used.
    case 'topic-missing':
      return code === 17 ? null : 'connection-error';
    default:
      return 'connection-error';
  }
}

/** As LastProcessingResult has it, with `PROBLEM: ` in front; null where no text is known. */
export function lambdaText(kind: FaultKind, problem: FailedStep): string | null {
  const id = textIdOf(kind, problem);
  return id === null ? null : problemText(id);
}

/** A text of the catalogue as LastProcessingResult has it. */
export const problemText = (id: ErrorTextId): string =>
  `PROBLEM: ${errorTexts.find((entry) => entry.id === id)?.text ?? ''}`;
