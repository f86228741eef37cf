/** What Kafka's loader takes and we fail: by the words of the fault, the reason. */
const reasons: readonly [fault: RegExp, reason: string][] = [
  [/expired on|is not valid before/, 'The loader does not look at dates; the broker does.'],
  [
    /have different public keys/,
    'The loader does not compare key and certificate; the handshake needs the key of that certificate.',
  ],
  [
    /certificate of its issuer .* is missing/,
    'The loader takes any beginning of a chain; a broker that does not know the last issuer cannot follow it.',
  ],
  [
    /is self-signed/,
    'The loader takes any certificate; a broker trusts only what the cluster’s private authorities issued.',
  ],
  [/extended key usage/, 'The loader does not look at the usage; the broker does.'],
  [/did not issue certificate/, 'The loader compares names only; the broker verifies the signature.'],
  [
    /instead of line breaks|is on one line/,
    'The loader takes blanks for line breaks; AWS asks for each block on lines of its own.',
  ],
  [/is encrypted with PBES2/, 'AWS documents PBES1 only, whatever the Java in use can open.'],
  [
    /BEGIN line of the private key does not match/,
    'The loader looks at the content only; AWS documents the first lines BEGIN PRIVATE KEY and BEGIN ENCRYPTED PRIVATE KEY.',
  ],
  [
    /no -----BEGIN [A-Z ]+----- was found/,
    'The loader takes other lines than RFC 7468 has: fewer dashes, other labels.',
  ],
  [
    /cannot be parsed|(?:is|are) damaged/,
    'The loader leaves out a block that it cannot find the end of, and bytes after a key, and does not try the key.',
  ],
];

export const reasonToFail = (faults: string): string | undefined => reasons.find(([fault]) => fault.test(faults))?.[1];

/** Java learned to open PBES2 with the name that Kafka asks for in some releases only. */
export const reasonsToFail = reasons.map(([, reason]) => reason).filter((reason) => !reason.includes('PBES1'));

/** Texts that Java's loader takes, and we pass, though OpenSSL's command does not read them: its lines have 64 letters, begin with the first dash, and end with all padding. */
export const openSslIsStricter = (name: string): boolean => /lines of 76|in quotes|padding lost/.test(name);
