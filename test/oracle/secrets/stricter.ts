/** What Kafka's loader takes and we fail: by the words of the fault, the reason. */
const reasons: readonly [fault: RegExp, reason: string][] = [
  [/expired on|is not valid before/, 'The loader does not look at dates; the broker does.'],
  [
    /does not belong to its first certificate/,
    'The loader does not compare key and certificate; the handshake needs the key of that certificate.',
  ],
  [
    /is left out/,
    'The loader takes any beginning of a chain; a broker that does not know the last issuer cannot follow it.',
  ],
  [
    /signed itself/,
    'The loader takes any certificate; a broker trusts only what the cluster’s private authorities issued.',
  ],
  [/extended key usage/, 'The loader does not look at the usage; the broker does.'],
  [/did not issue the one before it/, 'The loader compares names only; the broker verifies the signature.'],
  [/line breaks .* were lost/, 'The loader takes blanks for line breaks; AWS asks for each block on lines of its own.'],
  [/is encrypted by PBES2/, 'AWS documents PBES1 only, whatever the Java in use can open.'],
  [
    /names another kind of key/,
    'The loader looks at the content only; AWS documents the first lines BEGIN PRIVATE KEY and BEGIN ENCRYPTED PRIVATE KEY.',
  ],
  [/holds no PEM/, 'The loader takes other lines than RFC 7468 has: fewer dashes, other labels.'],
  [
    /cannot be parsed|is damaged/,
    'The loader leaves out a block that it cannot find the end of, and bytes after a key, and does not try the key.',
  ],
];

export const reasonToFail = (faults: string): string | undefined => reasons.find(([fault]) => fault.test(faults))?.[1];

/** Java learned to open PBES2 with the name that Kafka asks for in some releases only. */
export const reasonsToFail = reasons.map(([, reason]) => reason).filter((reason) => !reason.includes('PBES1'));

/** Texts that Java's loader takes, and we pass, though OpenSSL's command does not read them: its lines have 64 letters, begin with the first dash, and end with all padding. */
export const openSslIsStricter = (name: string): boolean => /lines of 76|in quotes|padding lost/.test(name);
