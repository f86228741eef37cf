/** Faults of a client certificate's chain. */
import { shell } from '../../../text/shell.js';
import type { SecretProfile } from '../../../snapshot/resources/index.js';
import type { Fault } from './content.js';
import { storePair } from '../../support/secret-use.js';

type Certificate = NonNullable<SecretProfile['certificate']>;

const day = 86_400_000;
const soonDays = 30;

const request = shell`openssl req -new -key key.pem -out client.csr`;
const onOwnLines = storePair('Store the PEM text with its line breaks (msk-lambda secret create keeps them)');

/**
 * What prevents loading the chain, or the brokers from validating it (AWS: MSK authentication for Lambda; Java’s
 * PKCS#12 key store).
 */
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
}: Certificate): Fault[] {
  if (!pem || blocks === 0)
    return [
      {
        short: 'has no PEM certificate',
        fact: 'no -----BEGIN CERTIFICATE----- was found in “certificate”',
        remedy: storePair(
          'Convert the certificate to PEM',
          shell`openssl x509 -inform DER -in client.der -out client.pem`,
        ),
      },
    ];
  if (unreadableBlocks > 0)
    return [
      {
        short: 'has a damaged certificate',
        fact: `“certificate” contains ${blocks} PEM blocks; ${unreadableBlocks} ${unreadableBlocks === 1 ? 'is' : 'are'} damaged`,
        remedy: storePair(
          'Export the certificate chain again from its issuer (a damaged certificate cannot be repaired)',
          shell`openssl x509 -in client.pem -noout -subject -issuer`,
        ),
      },
    ];
  const [first] = chain;
  return [
    ...(newlinesLost ? [{ ...lostNewlines('certificate', newlinesLostAs), remedy: onOwnLines }] : []),
    ...(repeats ?? []).map((index) => ({
      short: 'has a certificate twice in its chain',
      fact: `certificate ${index + 1} of the chain (${chain[index]?.subject}) is a repetition`,
      remedy: storePair('Remove the repeated certificate from the chain'),
    })),
    ...brokenLinks
      .filter((index) => !(repeats ?? []).includes(index + 1))
      .map((index) => ({
        short: 'has a certificate chain in the wrong order',
        fact: `certificate ${index + 2} of the chain (${chain[index + 1]?.subject}) did not issue certificate ${index + 1} (${chain[index]?.subject}); the order must be client, intermediates, root`,
        remedy: storePair(
          'Put the chain in order: client certificate, intermediates, root (msk-lambda secret create sorts it)',
        ),
      })),
    ...(chain.length === 1 && first?.selfSigned === true
      ? [
          {
            short: 'has a self-signed client certificate',
            fact: `${first.subject} is self-signed; the brokers trust only certificates of the cluster’s private certificate authorities`,
            remedy: storePair(
              'Request a client certificate from a private certificate authority of the cluster',
              request,
            ),
          },
        ]
      : []),
    ...(forClients === false
      ? [
          {
            short: 'has a certificate that does not allow client authentication',
            fact: `the extended key usage of ${first?.subject} does not include clientAuth`,
            remedy: storePair('Request a certificate with the extended key usage clientAuth', request),
          },
        ]
      : []),
  ];
}

/** The line breaks of a PEM member were lost. */
export const lostNewlines = (name: string, how: 'escaped' | 'joined' | undefined): { short: string; fact: string } => ({
  short: `has no line breaks in “${name}”`,
  fact:
    how === 'escaped'
      ? `“${name}” contains \\\\n instead of line breaks: in the JSON text, write \\n`
      : `“${name}” is on one line: the BEGIN and END lines of a PEM block need lines of their own`,
});

/** Expired, or not valid yet. The brokers judge a root at the end of the chain themselves. */
export const dateFaults = ({ chain }: Certificate, now: Date): Fault[] =>
  chain.flatMap((certificate, index) =>
    isRootAtEnd(chain, certificate, index) ? [] : outOfDate(certificate, now, index),
  );

/** Risks: a fault later, or only with some clusters. */
export const dateRisks = ({ chain }: Certificate, now: Date): Fault[] =>
  chain.flatMap((certificate, index) => {
    const late = isRootAtEnd(chain, certificate, index) ? outOfDate(certificate, now, index) : [];
    if (late.length > 0) return late;
    const { subject, notAfter } = certificate;
    const date = notAfter.slice(0, 10);
    return Date.parse(notAfter) - now.getTime() < soonDays * day
      ? [
          {
            short: `has a certificate that expires on ${date}`,
            fact: `${subject} expires on ${date}`,
            remedy: renewed(certificate, index, `before ${date}`),
          },
        ]
      : [];
  });

const isRootAtEnd = (
  chain: Certificate['chain'],
  { selfSigned }: Certificate['chain'][number],
  index: number,
): boolean => selfSigned && index > 0 && index === chain.length - 1;

function outOfDate(certificate: Certificate['chain'][number], now: Date, index: number): Fault[] {
  const { subject, notBefore, notAfter } = certificate;
  if (Date.parse(notAfter) < now.getTime()) {
    const date = notAfter.slice(0, 10);
    return [
      {
        short: `has a certificate that expired on ${date}`,
        fact: `${subject} expired on ${date}`,
        remedy: renewed(certificate, index, `(expired on ${date})`),
      },
    ];
  }
  const start = notBefore.slice(0, 10);
  return Date.parse(notBefore) > now.getTime()
    ? [
        {
          short: `has a certificate that is not valid before ${start}`,
          fact: `${subject} is not valid before ${start}`,
          remedy: storePair(`Wait until ${start}, or store a certificate that is valid now`),
        },
      ]
    : [];
}

/** The client certificate is requested with its key; the issuers' certificates are downloaded. */
const renewed = ({ subject, issuer }: Certificate['chain'][number], index: number, when: string) =>
  index === 0
    ? storePair(`Request a new certificate for ${subject} from ${issuer} ${when} and store it`, request)
    : storePair(`Replace the issuer’s certificate ${subject} in the chain with a new one from ${issuer} ${when}`);

/** A chain whose last issuer is missing. */
export const incomplete = (chain: Certificate['chain']): Fault => ({
  short: 'has an incomplete certificate chain',
  fact: `the chain ends with ${chain.at(-1)?.subject}; the certificate of its issuer ${chain.at(-1)?.issuer} is missing, and the login fails unless the cluster trusts that issuer directly`,
  remedy: storePair(
    `Add the certificate of the issuer ${chain.at(-1)?.issuer} to the chain`,
    shell`openssl verify -CAfile root.pem -untrusted chain.pem client.pem`,
  ),
});
