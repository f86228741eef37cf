/** The JSON documents of the commands that look. */
import * as z from 'zod/mini';
import { callSchema, changeSchema, evidenceSchema, integer, leftOutMembers, maybeText, text } from './parts.js';

export const listSchema = z.object({
  mappings: z.array(
    z.object({
      uuid: text,
      functionArn: maybeText,
      eventSourceArn: maybeText,
      topic: maybeText,
      state: maybeText,
      lastProcessingResult: maybeText,
    }),
  ),
  leftOut: z.array(
    z.object({ ...leftOutMembers, topic: maybeText, state: maybeText, lastProcessingResult: maybeText }),
  ),
});

const auth = z.enum(['mtls', 'scram', 'iam', 'tls', 'plaintext']);
export const brokerSchema = z.object({
  clusterArn: maybeText,
  auth: z.nullable(auth),
  port: z.nullable(integer),
  bootstrapBrokers: z.array(text),
  because: text,
  alternatives: z.array(z.object({ auth, bootstrapBrokers: z.array(text), usable: z.boolean(), because: text })),
});

const paths = z.array(
  z.object({
    mapping: text,
    from: text,
    to: text,
    port: integer,
    answer: z.enum(['reaches', 'blocked', 'unknown']),
    by: maybeText,
    evidence: z.array(evidenceSchema),
    hops: z.array(z.object({ component: text, resource: text, note: text })),
  }),
);
export const networkSchema = z.object({
  paths,
  /** For each mapping whose pollers cannot reach a service: the possible ways to reach it. */
  waysOut: z.array(
    z.object({
      mapping: text,
      way: z.enum(['endpoints', 'nat-gateway', 'provisioned-pollers']),
      services: z.array(text),
      needs: text,
      costs: text,
      changes: z.array(changeSchema),
    }),
  ),
  /** Mappings whose pollers' network could not be read, or does not exist. */
  undecided: z.array(z.object({ mapping: text, because: text })),
  /** With `--what-if`: the changes, and the paths after them. */
  whatIf: z.optional(z.object({ changes: z.array(callSchema), paths })),
});

/** `tell`: how to distinguish this cause from the others. */
const cause = z.object({ check: text, because: text, tell: text });
const names = z.array(text);
const textOrTexts = z.union([text, z.array(text)]);
const statements = z.array(
  z.object({
    Sid: z.optional(text),
    Effect: text,
    Principal: z.optional(z.record(text, textOrTexts)),
    Action: z.array(text),
    Resource: textOrTexts,
    Condition: z.optional(z.record(text, z.record(text, textOrTexts))),
  }),
);
export const explainSchema = z.object({
  error: z.optional(maybeText),
  text: z.optional(text),
  check: z.optional(text),
  title: z.optional(text),
  meaning: text,
  causes: z.array(cause),
  shownBy: z.optional(z.array(z.object({ error: text, because: text }))),
  fixes: z.array(z.union([text, z.object({ check: text, fix: text })])),
  page: z.optional(text),
  /** What the text names: UUIDs of mappings, ARNs of clusters and functions, topics. */
  mentions: z.optional(z.object({ mappings: names, clusters: names, functions: names, topics: names })),
  /** A refused permission: whose, and the policy that allows it; null where an explicit Deny refused it. */
  denied: z.optional(
    z.object({
      principal: text,
      whose: z.enum(['caller', 'role', 'service']),
      action: text,
      resource: maybeText,
      decidedBy: maybeText,
      explicit: z.boolean(),
      policy: z.nullable(z.object({ Version: text, Statement: statements })),
    }),
  ),
});

const fact = z.union([
  z.object({ value: z.unknown() }),
  z.object({ unread: z.array(z.object({ action: text, outcome: text, error: text })) }),
  z.object({ doesNotApply: text }),
]);
export const inspectSchema = z.object({
  mappings: z.array(z.intersection(z.object({ uuid: text }), z.record(text, z.union([text, fact])))),
});

const rights = { action: text, resources: z.array(text) };
/** `policy --check`: the permissions that a role lacks, and those that it does not need. */
export const policyCheckSchema = z.object({
  role: text,
  missing: z.array(z.object({ ...rights, needed: z.boolean(), because: z.array(text) })),
  undecided: z.array(z.object({ ...rights, because: text })),
  beyond: z.array(z.object({ policy: text, statement: text, fact: text })),
});
export type PolicyCheckDocument = z.infer<typeof policyCheckSchema>;

const topicRow = {
  name: text,
  partitions: z.nullable(integer),
  replicationFactor: z.nullable(integer),
  outOfSyncReplicas: z.nullable(integer),
};
/** Both null where they could not be read. */
export const topicListSchema = z.object({ clusterArn: maybeText, topics: z.nullable(z.array(z.object(topicRow))) });
export const topicCreateSchema = z.object({
  changed: integer,
  plan: z.array(callSchema),
  topic: z.nullable(z.object({ ...topicRow, status: maybeText, config: z.record(text, text) })),
});

/** `explain --list`. */
export const explainListSchema = z.object({
  errors: z.array(z.object({ id: text, text, meaning: text })),
  checks: z.array(z.object({ id: text, title: text })),
});

/** A policy as IAM accepts it. For `--for acls`: the command lines instead. */
export const policySchema = z.union([
  z.object({ Version: text, Statement: statements }),
  z.object({ commands: z.array(text) }),
]);

const change = z.object({
  collection: text,
  resource: text,
  change: z.enum(['added', 'removed', 'changed']),
  members: z.array(z.object({ member: text, before: maybeText, after: maybeText })),
});
export const snapshotDiffSchema = z.object({
  before: text,
  after: text,
  changes: z.array(change),
  turned: z.array(z.object({ mapping: text, check: text, before: text, after: text })),
});

export const sandboxListSchema = z.object({
  accounts: z.array(
    z.object({
      name: text,
      summary: text,
      healthy: z.boolean(),
      verdict: z.enum(['broken', 'unknown', 'disabled', 'at-risk', 'healthy']),
      default: z.boolean(),
    }),
  ),
});
