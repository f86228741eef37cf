/** Foreign text of AWS in the form in which it is compared: wordings change and tools wrap them. */

/**
 * A text as it was before a page, a terminal or an editor laid it out: the edge of a box or a quotation at the start of
 * each line (Terraform breaks lines inside its box), entities, curved apostrophes.
 */
const unframed = (text: string): string =>
  text
    .replace(/^[ \t]*[│╷╵|>]+/gm, '')
    .replace(/&(?:#0*160|#x0*a0|nbsp);/gi, ' ')
    .replace(/&(?:#0*39|#x0*27|apos);|[‘’]/gi, "'");

/** A text as matching sees it: without `PROBLEM:`, in lower case, white space collapsed, no closing period. */
export const normalize = (text: string): string =>
  unframed(text)
    .replace(/^\s*problem:\s*/i, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.+$/, '')
    .toLowerCase();
