/** Checks on which others rest: where one of these fails, what follows from it is not judged. */

/** Everything that follows from the authentication picked rests on these. */
export const authPremises = ['mapping.source-access', 'cluster.auth'] as const;

/** What a secret holds rests on these: one that is gone holds nothing. */
export const contentPremises = [...authPremises, 'secret.exists'] as const;
