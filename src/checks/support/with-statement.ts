/** A policy document with one more statement; null where its text is no policy. */
export function withStatement(document: string, statement: object): string | null {
  try {
    const policy = JSON.parse(document) as { Statement?: unknown };
    return JSON.stringify({ ...policy, Statement: [...[policy.Statement ?? []].flat(), statement] });
  } catch {
    return null;
  }
}
