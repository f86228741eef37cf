/**
 * A policy document in one form. AWS returns some policies in another form than they were written: with other white
 * space, an account id as the ARN of its root, a list of one as its only item.
 */

/** Null where there is no policy. A text that is not JSON is unchanged. */
export function canonicalPolicy(document: unknown): unknown {
  if (typeof document !== 'string' || document === '') return null;
  try {
    const text = document.trimStart().startsWith('{') ? document : decodeURIComponent(document.replaceAll('+', ' '));
    const parsed = JSON.parse(text) as object;
    // The version of a document that has none (IAM: JSON policy elements, Version).
    return canonical({ Version: '2008-10-17', ...parsed });
  } catch {
    return document;
  }
}

function canonical(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return name === 'AWS' && /^\d{12}$/.test(value) ? `arn:aws:iam::${value}:root` : value;
  if (Array.isArray(value)) {
    const items = value.map((item) => canonical(item, name));
    if (items.length === 1 && name !== 'Statement') return items[0];
    return name === 'Statement' ? items : items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  if (name === 'Statement') return [canonical(value)];
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([member, item]) => [member, canonical(item, member)]),
  );
}
