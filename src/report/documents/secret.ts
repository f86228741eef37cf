/** The JSON documents of `secret check` and `secret create`. */
import * as z from 'zod/mini';
import type { SecretDiagnosis } from '../../diagnosis/secret.js';
import { secretProfileSchema } from '../../snapshot/resources/index.js';
import { findingSchema, toFindingDocument } from './doctor.js';
import { callSchema, integer, maybeText, text } from './parts.js';

const type = z.nullable(z.enum(['scram', 'mtls', 'basic', 'oauth', 'root-ca']));

export const secretCheckSchema = z.object({
  schemaVersion: z.literal(1),
  secrets: z.array(
    z.object({
      /** As the user named it. */
      secret: text,
      arn: maybeText,
      /** Its authentication method, or the kind of secret for a schema registry; null where neither content nor name shows it. */
      type,
      /** The principal in Kafka's form, `User:…`. */
      principal: maybeText,
      verdict: z.enum(['healthy', 'at-risk', 'broken', 'unknown']),
      /** The profile of the content; null where it was not read. */
      profile: z.nullable(secretProfileSchema),
      findings: z.array(findingSchema),
    }),
  ),
});
export type SecretCheckDocument = z.infer<typeof secretCheckSchema>;

export const toSecretCheck = (secrets: readonly SecretDiagnosis[]): SecretCheckDocument => ({
  schemaVersion: 1,
  secrets: secrets.map(({ secret, arn, type, verdict, profile, findings }) => ({
    secret,
    arn,
    type,
    principal: profile?.principal ?? null,
    verdict,
    profile,
    findings: findings.map((finding) => toFindingDocument(finding)),
  })),
});

/** Secrets that could not be read at all, as the user named them. */
export const toUnreadSecrets = (names: readonly string[]): SecretCheckDocument['secrets'] =>
  names.map((secret) => ({
    secret,
    arn: null,
    type: null,
    principal: null,
    verdict: 'unknown',
    profile: null,
    findings: [],
  }));

export const secretCreateSchema = z.object({
  schemaVersion: z.literal(1),
  changed: integer,
  outcome: z.enum(['done', 'planned', 'blocked', 'declined', 'refused', 'failed', 'undecided']),
  message: text,
  /** The calls, without the content of the secret. */
  plan: z.array(callSchema),
  secret: z.nullable(z.object({ arn: maybeText, name: text, type, principal: maybeText })),
  findings: z.array(findingSchema),
});
export type SecretCreateDocument = z.infer<typeof secretCreateSchema>;
