/** The chain of a client certificate: order, links, dates. */
import { X509Certificate } from 'node:crypto';
import type { SecretProfile } from '../snapshot/resources/index.js';
import { distinguishedName } from './distinguished-name.js';
import { readPem } from './pem.js';

export interface ReadCertificate {
  profile: NonNullable<SecretProfile['certificate']>;
  /** The first certificate, for comparing its key. */
  leaf: X509Certificate | undefined;
}

/** More certificates than any chain has. */
const mostCertificates = 20;

export function profileCertificate(text: string): ReadCertificate {
  const { blocks, newlinesLost } = readPem(text);
  const certificates = blocks.filter(({ label }) => label === 'CERTIFICATE' || label === 'X509 CERTIFICATE' || label === 'TRUSTED CERTIFICATE').slice(0, mostCertificates);
  const read = certificates.flatMap(({ der }) => parse(der));
  const brokenLinks = read.flatMap((certificate, index) => {
    const next = read[index + 1];
    return next === undefined || isIssuedBy(certificate, next) ? [] : [index];
  });
  const last = read.at(-1);
  return {
    profile: {
      pem: blocks.length > 0,
      newlinesLost,
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
      complete: last !== undefined && isIssuedBy(last, last),
    },
    leaf: read[0],
  };
}

function parse(der: Uint8Array): X509Certificate[] {
  try {
    return [new X509Certificate(der)];
  } catch {
    return [];
  }
}

/** By name and by signature. */
function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    return false;
  }
}
