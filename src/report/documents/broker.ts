/** The JSON document of `broker`. */
import * as z from 'zod/mini';
import { integer, maybeText, text } from './parts.js';

const auth = z.enum(['mtls', 'scram', 'iam', 'tls', 'plaintext']);
export const brokerSchema = z.object({
  clusterArn: maybeText,
  auth: z.nullable(auth),
  port: z.nullable(integer),
  bootstrapBrokers: z.array(text),
  because: text,
  alternatives: z.array(z.object({ auth, bootstrapBrokers: z.array(text), usable: z.boolean(), because: text })),
});
