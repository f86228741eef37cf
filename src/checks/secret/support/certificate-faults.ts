/** Faults of a client certificate's chain. */
import { shell } from '../../../text/shell.js';
import type { SecretProfile } from '../../../snapshot/resources/index.js';
import type { Fault } from './content.js';
import { storePair } from '../../support/secret-use.js';

type Certificate = NonNullable<SecretProfile['certificate']>;

const day = 86_400_000;
const soonDays = 30;

const request = shell`openssl req -new -key key.pem -out client.csr`;
const onOwnLines = storePair('Store the PEM text with its line breaks, which msk-lambda secret create keeps');

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
        fact: 'its member certificate holds no PEM certificate (-----BEGIN CERTIFICATE-----)',
        remedy: storePair(
          'Convert the certificate to PEM',
          shell`openssl x509 -inform DER -in client.der -out client.pem`,
        ),
      },
    ];
  if (unreadableBlocks > 0)
    return [
      {
        fact: `${unreadableBlocks} of the ${blocks} certificates in its member certificate cannot be parsed`,
        remedy: storePair(
          'Export the chain again from where it was issued; a damaged certificate cannot be repaired',
          shell`openssl x509 -in client.pem -noout -subject -issuer`,
        ),
      },
    ];
  const [first] = chain;
  return [
    ...(newlinesLost ? [{ fact: lostNewlines('certificate', newlinesLostAs), remedy: onOwnLines }] : []),
    ...(repeats ?? []).map((index) => ({
      fact: `certificate ${index + 1} of the chain (${chain[index]?.subject}) stands in it twice`,
      remedy: storePair('Remove the repeated certificate from the chain'),
    })),
    ...brokenLinks
      .filter((index) => !(repeats ?? []).includes(index + 1))
      .map((index) => ({
        fact: `certificate ${index + 2} of the chain (${chain[index + 1]?.subject}) did not issue the one before it (${chain[index]?.subject}): the order is client, intermediates, root`,
        remedy: storePair(
          'Put the chain in order: client certificate, intermediates, root; msk-lambda secret create sorts it',
        ),
      })),
    ...(chain.length === 1 && first?.selfSigned === true
      ? [
          {
            fact: `${first.subject} signed itself, and the brokers trust only what the cluster’s private certificate authorities issued`,
            remedy: storePair(
              'Have a private certificate authority of the cluster issue the client certificate',
              request,
            ),
          },
        ]
      : []),
    ...(forClients === false
      ? [
          {
            fact: `the extended key usage of ${first?.subject} does not let a client log in with it`,
            remedy: storePair('Request a certificate with the extended key usage clientAuth', request),
          },
        ]
      : []),
  ];
}

/** The line breaks of a PEM member were lost. */
export const lostNewlines = (name: string, how: 'escaped' | 'joined' | undefined): string =>
  how === 'escaped'
    ? `the line breaks of its member ${name} are written out as a backslash and an n: in the JSON text each has to be one \\n, not \\\\n`
    : `the line breaks of its member ${name} were lost: each PEM block needs lines of its own`;

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
      ? [{ fact: `${subject} expires on ${date}`, remedy: renewed(certificate, index, `before ${date}`) }]
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
    return [{ fact: `${subject} expired on ${date}`, remedy: renewed(certificate, index, `(expired on ${date})`) }];
  }
  const start = notBefore.slice(0, 10);
  return Date.parse(notBefore) > now.getTime()
    ? [
        {
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
    : storePair(`Replace the issuer’s certificate ${subject} in the chain by its successor from ${issuer} ${when}`);

/** A chain whose last issuer is missing. */
export const incomplete = (chain: Certificate['chain']): Fault => ({
  fact: `the chain ends with ${chain.at(-1)?.subject}, whose issuer ${chain.at(-1)?.issuer} is left out; unless the cluster trusts that issuer itself, the login fails`,
  remedy: storePair(
    `Add the certificate of the issuer ${chain.at(-1)?.issuer} to the chain`,
    shell`openssl verify -CAfile root.pem -untrusted chain.pem client.pem`,
  ),
});
