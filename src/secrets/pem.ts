/** PEM blocks of a text (RFC 7468), and whether its line breaks were lost in pasting. */
export interface PemBlock {
  label: string;
  /** With line breaks set right. */
  pem: string;
  der: Uint8Array;
}

export interface PemText {
  blocks: PemBlock[];
  /** Whether a block stands on one line, or with written-out `\n`. */
  newlinesLost: boolean;
}

const block = /-----BEGIN ([A-Z0-9 ]{1,40})-----([\s\S]*?)-----END \1-----/g;

/** Blocks in their order; those whose content is no base64 have an empty `der`. */
export function readPem(text: string): PemText {
  const unescaped = text.replace(/\\r|\\n/g, '\n');
  const blocks = [...unescaped.matchAll(block)].map(([whole, label = '', body = '']): PemBlock => {
    // Headers of an old encrypted key (`Proc-Type:`) are no part of the content.
    const base64 = body.replace(/^.*:.*$/gm, '').replace(/\s+/g, '');
    const der = /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? new Uint8Array(Buffer.from(base64, 'base64')) : new Uint8Array();
    return { label, pem: body.includes(':') ? whole : rewrap(label, base64), der };
  });
  const newlinesLost = unescaped !== text || [...text.matchAll(block)].some(([, , body = '']) => !/^\s*\n/.test(body) || body.trim().length > 200 && !body.trim().includes('\n'));
  return { blocks, newlinesLost: blocks.length > 0 && newlinesLost };
}

const rewrap = (label: string, base64: string): string => `-----BEGIN ${label}-----\n${base64.replace(/(.{64})/g, '$1\n').trimEnd()}\n-----END ${label}-----\n`;
