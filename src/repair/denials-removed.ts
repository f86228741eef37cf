/** What an edited policy no longer denies to principals that the edit is not for. */

type Statement = Record<string, unknown>;

/** One sentence for each Deny statement that is gone or narrowed for everyone. A new condition on the principal exempts it alone. */
export function freedByEdit(before: string, after: string): string[] {
  const left = new Set(denialsOf(after).map(withoutExemption));
  return denialsOf(before)
    .filter((statement) => !left.has(withoutExemption(statement)))
    .map(({ Sid: sid }) =>
      typeof sid === 'string'
        ? `Statement ${sid} no longer denies these calls to anyone.`
        : 'A Deny statement no longer denies these calls to anyone.',
    );
}

function denialsOf(document: string): Statement[] {
  try {
    const { Statement: statements } = JSON.parse(document) as { Statement?: Statement | Statement[] };
    return [statements ?? []].flat().filter(({ Effect }) => Effect === 'Deny');
  } catch {
    return [];
  }
}

/** Keys of conditions that exempt one principal (see `withoutDenial`). */
const exempting = /^aws:principal(arn|servicename)$/i;

function withoutExemption({ Sid: _sid, Condition: condition, ...statement }: Statement): string {
  const conditions = Object.entries((condition ?? {}) as Record<string, Statement>).flatMap(([operator, clauses]) => {
    const kept = Object.entries(clauses).filter(([key]) => !exempting.test(key));
    return kept.length === 0 ? [] : [[operator, Object.fromEntries(kept)]];
  });
  return JSON.stringify([statement, Object.fromEntries(conditions)]);
}
