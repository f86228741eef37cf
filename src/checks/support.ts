/** Sentences that several checks share. */
export const clusterGone = 'the cluster is gone: see cluster.state';
export const functionGone = 'the function is gone: see function.state';
export const roleGone = 'the execution role is gone: see access.trust';
export const secretGone = 'the secret is gone: see secret.exists';

/** How a method reads in a sentence. */
export const authNames = { mtls: 'mutual TLS', scram: 'SASL/SCRAM', iam: 'IAM', tls: 'TLS without authentication', plaintext: 'plaintext' } as const;

/** The checks on which everything rests that follows from the authentication picked. */
export const authPremises = ['mapping.source-access', 'cluster.auth'] as const;

export const minute = 60_000;

/** Minutes from an ISO instant to the snapshot; null where AWS gives none. */
export function minutesSince(instant: string | undefined, now: Date): number | null {
  const then = Date.parse(instant ?? '');
  return Number.isNaN(then) ? null : (now.getTime() - then) / minute;
}
