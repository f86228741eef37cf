/** Generates the content of a sandbox secret for the authentication method of its mapping, different every time. */
import { secretTypes } from '../aws/msk.js';
import { randomUUID } from 'node:crypto';
import { isOk } from '../snapshot/read.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { makeCertificate } from './certificate.js';

const year = 365 * 86_400_000;

export function secretText(snapshot: Snapshot, id: string, now: Date): string {
  const mappings = Object.values(snapshot.mappings).flatMap((read) =>
    isOk(read) ? read.value.SourceAccessConfigurations : [],
  );
  const type = mappings.find(({ URI }) => URI === id)?.Type;
  return type === secretTypes.mtls ? certificateText(now) : scramText();
}

export const scramText = (): string => JSON.stringify({ username: 'orders-reader', password: randomUUID() });

/** Valid from a year before to a year after the instant, unless given otherwise. */
export function certificateText(now: Date, { from = -year, to = year }: { from?: number; to?: number } = {}): string {
  const at = (offset: number) => new Date(now.getTime() + offset);
  const { chain, privateKey } = makeCertificate({
    subject: 'orders-reader',
    issuer: 'Example CA',
    from: at(from),
    to: at(to),
  });
  return JSON.stringify({ certificate: chain.join(''), privateKey });
}
