/** What can be wrong with the chain of a client certificate. */
import type { SecretProfile } from '../../../snapshot/resources/index.js';

type Certificate = NonNullable<SecretProfile['certificate']>;

const day = 86_400_000;
const soonDays = 30;

/** What keeps the chain from being loaded, or followed by the brokers (AWS: MSK authentication for Lambda; Java’s PKCS#12 key store). */
export function buildFaults({
  pem,
  newlinesLost,
  newlinesLostAs,
  blocks,
  unreadableBlocks,
  brokenLinks,
  repeats,
  chain,
  forClients,
}: Certificate): string[] {
  if (!pem || blocks === 0) return ['its member certificate holds no PEM certificate (-----BEGIN CERTIFICATE-----)'];
  if (unreadableBlocks > 0)
    return [`${unreadableBlocks} of the ${blocks} certificates in its member certificate cannot be parsed`];
  const [first] = chain;
  return [
    ...(newlinesLost ? [lostNewlines('certificate', newlinesLostAs)] : []),
    ...(repeats ?? []).map(
      (index) => `certificate ${index + 1} of the chain (${chain[index]?.subject}) stands in it twice`,
    ),
    ...brokenLinks
      .filter((index) => !(repeats ?? []).includes(index + 1))
      .map(
        (index) =>
          `certificate ${index + 2} of the chain (${chain[index + 1]?.subject}) did not issue the one before it (${chain[index]?.subject}): the order is client, intermediates, root`,
      ),
    ...(chain.length === 1 && first?.selfSigned === true
      ? [
          `${first.subject} signed itself, and the brokers trust only what the cluster’s private certificate authorities issued`,
        ]
      : []),
    ...(forClients === false
      ? [`the extended key usage of ${first?.subject} does not let a client log in with it`]
      : []),
  ];
}

/** The line breaks of a PEM member were lost, in words. */
export const lostNewlines = (name: string, how: 'escaped' | 'joined' | undefined): string =>
  how === 'escaped'
    ? `the line breaks of its member ${name} are written out as a backslash and an n: in the JSON text each has to be one \\n, not \\\\n`
    : `the line breaks of its member ${name} were lost: each PEM block needs lines of its own`;

/** Expired, or not valid yet. A root at the end of the chain is the brokers’ own to judge. */
export const dateFaults = ({ chain }: Certificate, now: Date): string[] =>
  chain
    .filter((certificate, index) => !isRootAtEnd(chain, certificate, index))
    .flatMap((certificate) => outOfDate(certificate, now));

/** What may become a fault, or is one only for some clusters. */
export const dateRisks = ({ chain }: Certificate, now: Date): string[] =>
  chain.flatMap((certificate, index) => {
    const late = isRootAtEnd(chain, certificate, index) ? outOfDate(certificate, now) : [];
    if (late.length > 0) return late;
    return Date.parse(certificate.notAfter) - now.getTime() < soonDays * day
      ? [`${certificate.subject} expires on ${certificate.notAfter.slice(0, 10)}`]
      : [];
  });

const isRootAtEnd = (
  chain: Certificate['chain'],
  { selfSigned }: Certificate['chain'][number],
  index: number,
): boolean => selfSigned && index > 0 && index === chain.length - 1;

function outOfDate({ subject, notBefore, notAfter }: Certificate['chain'][number], now: Date): string[] {
  if (Date.parse(notAfter) < now.getTime()) return [`${subject} expired on ${notAfter.slice(0, 10)}`];
  return Date.parse(notBefore) > now.getTime() ? [`${subject} is not valid before ${notBefore.slice(0, 10)}`] : [];
}

/** A chain whose last issuer is not in it, in words. */
export const incomplete = (chain: Certificate['chain']): string =>
  `the chain ends with ${chain.at(-1)?.subject}, whose issuer ${chain.at(-1)?.issuer} is left out; unless the cluster trusts that issuer itself, the login fails`;
