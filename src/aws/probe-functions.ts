/** How the temporary functions of `probe --from-vpc` are recognised. */

/** Their names begin so. */
export const probeFunctionPrefix = 'msk-lambda-probe-';
/** The run that created a function. */
export const runTag = 'msk-lambda:run';
/** ISO 8601: after this time no probe uses the function. */
export const expiryTag = 'msk-lambda:expires';
