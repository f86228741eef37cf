/** Words that several checks share. */

/** Why a check does not apply. */
export const functionGone = 'the function does not exist: see function.state';
export const secretGone = 'the secret does not exist: see secret.exists';
