/** The first bytes of a port that is not a Kafka listener. */
import { WireError, type ForeignProtocol } from './wire-error.js';

const isText = (bytes: Buffer): boolean =>
  bytes.every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09);

/** Null for bytes that may begin an answer of Kafka: four bytes of text would be a length of over 150 MB. */
export function foreignProtocol(first: Buffer): ForeignProtocol | null {
  if (first.length < 4) return null;
  const text = first.toString('latin1', 0, 4);
  if (text === 'HTTP') return 'HTTP';
  if (text === 'SSH-') return 'SSH';
  // A record of TLS: its type, then version 3.x (RFC 8446, 5.1).
  if (first[0]! >= 0x14 && first[0]! <= 0x17 && first[1] === 3 && first[2]! <= 4) return 'TLS';
  return isText(first.subarray(0, 4)) ? 'other' : null;
}

const descriptions: Record<ForeignProtocol, string> = {
  HTTP: 'the port speaks HTTP, not Kafka',
  SSH: 'the port speaks SSH, not Kafka',
  TLS: 'the port speaks TLS, and the probe connected without it',
  other: 'the port answers with text that is not Kafka',
};

export const notKafka = (foreign: ForeignProtocol): WireError =>
  new WireError('NOT_KAFKA', descriptions[foreign], { foreign });
