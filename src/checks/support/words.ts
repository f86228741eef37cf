/** Words that several checks share. */

/** Why a check does not apply. */
export const functionGone = 'the function is gone: see function.state';
export const secretGone = 'the secret is gone: see secret.exists';
