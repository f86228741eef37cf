interface NamedStatement {
  Sid?: string;
  Effect: string;
  Principal?: object;
  Action?: string | readonly string[];
  Resource?: string | readonly string[];
}

/**
 * A policy document with one more statement; null where its text is not a policy. A Sid that is already used gets a
 * number, because it must be unique.
 */
export function withStatement(document: string, statement: NamedStatement): string | null {
  try {
    const policy = JSON.parse(document) as { Statement?: unknown };
    const statements = [policy.Statement ?? []].flat() as ({ Sid?: unknown } | null)[];
    const taken = new Set(statements.map((present) => present?.Sid));
    const { Sid: wanted, ...rest } = statement;
    let sid = wanted;
    for (let number = 2; sid !== undefined && taken.has(sid); number += 1) sid = `${wanted}${number}`;
    return JSON.stringify({ ...policy, Statement: [...statements, sid === undefined ? rest : { Sid: sid, ...rest }] });
  } catch {
    return null;
  }
}
