/** Words that several checks share. */

export const functionGone = 'the function is gone: see function.state';
export const secretGone = 'the secret is gone: see secret.exists';

/** How a method reads in a sentence. */
export const authNames = {
  mtls: 'mutual TLS',
  scram: 'SASL/SCRAM',
  iam: 'IAM',
  tls: 'TLS without authentication',
  plaintext: 'plaintext',
} as const;
