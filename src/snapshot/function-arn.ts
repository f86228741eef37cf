/** A function's ARN without its alias or version: what belongs to the function itself (concurrency, rights to call it) is kept by it. */
export const unqualifiedArn = (functionArn: string): string => functionArn.split(':').slice(0, 7).join(':');
