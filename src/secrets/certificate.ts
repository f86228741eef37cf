/** The chain of a client certificate: order, signatures, dates, and what the leaf may be used for. */
import { X509Certificate } from 'node:crypto';
import type { SecretProfile } from '../snapshot/resources/index.js';
import { distinguishedName } from './distinguished-name.js';
import { readPem } from './pem.js';

export interface ReadCertificate {
  profile: NonNullable<SecretProfile['certificate']>;
  /** The leaf, to compare its key. */
  leaf: X509Certificate | undefined;
}

/** No valid chain is longer. */
const mostCertificates = 20;

/** Extended key usages that allow a TLS client login: clientAuth or any. */
const clientUses = ['1.3.6.1.5.5.7.3.2', '2.5.29.37.0'];

export function profileCertificate(text: string): ReadCertificate {
  const { blocks, lost } = readPem(text);
  const certificates = blocks
    .filter(({ label }) => /^(X509 |TRUSTED )?CERTIFICATE$/.test(label))
    .slice(0, mostCertificates);
  const read = certificates.flatMap(({ der }) => parse(der));
  const repeats = read.flatMap(({ raw }, index) =>
    read.findIndex((other) => other.raw.equals(raw)) < index ? [index] : [],
  );
  const brokenLinks = read.flatMap((certificate, index) => {
    const next = read[index + 1];
    return next === undefined || isIssuedBy(certificate, next) ? [] : [index];
  });
  const [leaf] = certificates.slice(0, 1).flatMap(({ der }) => parse(der));
  const last = read.at(-1);
  return {
    profile: {
      pem: blocks.length > 0,
      newlinesLost: lost !== null,
      ...(lost === null ? {} : { newlinesLostAs: lost }),
      blocks: certificates.length,
      unreadableBlocks: certificates.length - read.length,
      chain: read.map((certificate) => ({
        subject: distinguishedName(certificate.raw, 'subject') ?? certificate.subject,
        issuer: distinguishedName(certificate.raw, 'issuer') ?? certificate.issuer,
        notBefore: new Date(certificate.validFrom).toISOString(),
        notAfter: new Date(certificate.validTo).toISOString(),
        selfSigned: isIssuedBy(certificate, certificate),
      })),
      ordered: brokenLinks.length === 0,
      brokenLinks,
      repeats,
      complete: last !== undefined && isIssuedBy(last, last),
      ...(leaf === undefined ? {} : { forClients: isForClients(leaf) }),
    },
    leaf,
  };
}

function parse(der: Uint8Array): X509Certificate[] {
  try {
    const certificate = new X509Certificate(der);
    // A certificate with an unreadable date cannot be judged.
    return Number.isNaN(Date.parse(certificate.validFrom) + Date.parse(certificate.validTo)) ? [] : [certificate];
  } catch {
    return [];
  }
}

/** Checks name and signature. */
export function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    return false;
  }
}

/** Node's `keyUsage` is the extended key usage; without that extension every use is allowed. */
function isForClients(certificate: X509Certificate): boolean {
  const uses = certificate.keyUsage as string[] | undefined;
  return uses === undefined || uses.length === 0 || uses.some((use) => clientUses.includes(use));
}
