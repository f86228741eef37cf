/** The document of `probe`. */
import * as z from 'zod/mini';
import { probeSteps } from '../../probe/probe-result.js';
import type { ProbeResult } from '../../probe/probe-result.js';
import type { ProbeJudgement } from '../../probe/judge/judge-probe.js';
import type { ProbeOrigin } from '../../probe/judge/probe-context.js';
import { authMethods } from '../../aws/msk.js';
import type { ResourceNames } from '../../snapshot/resource-names.js';
import { findingSchema, toFindingDocument } from './doctor.js';
import { integer, maybeText, text } from './parts.js';

const maybeInteger = z.nullable(integer);
const stepName = z.enum(probeSteps);
const originSchema = z.object({
  // oxlint-disable-next-line id-denylist -- the contract's name
  place: z.enum(['here', 'subnet']),
  subnet: maybeText,
});

export const probeSchema = z.object({
  schemaVersion: z.literal(1),
  from: originSchema,
  auth: z.nullable(z.enum(authMethods)),
  verdict: z.enum(['reaches', 'blocked', 'unknown']),
  stoppedAt: z.nullable(
    z.object({
      /** HOST:PORT, an advertised address too. */
      broker: text,
      step: stepName,
      /** Kafka's error number; null where Kafka gave none. */
      code: maybeInteger,
      name: text,
      because: text,
    }),
  ),
  brokers: z.array(
    z.object({
      address: text,
      node: maybeInteger,
      steps: z.array(
        z.object({
          step: stepName,
          status: z.enum(['ok', 'failed', 'skipped', 'warned']),
          ms: z.number(),
          code: maybeInteger,
          name: maybeText,
          because: maybeText,
        }),
      ),
    }),
  ),
  topic: z.nullable(
    z.object({
      name: text,
      partitions: z.nullable(
        z.array(
          z.object({
            id: integer,
            /** Node id; null where the partition has no leader. */
            leader: maybeInteger,
            /** `last`: the offset of the next record to be written. */
            offsets: z.nullable(z.object({ first: integer, last: integer })),
            committed: maybeInteger,
            lag: maybeInteger,
          }),
        ),
      ),
    }),
  ),
  group: z.nullable(z.object({ id: text, state: maybeText, members: maybeInteger, protocol: maybeText })),
  /** The record that was read; only with --show-record. */
  record: z.optional(
    z.nullable(
      z.object({
        partition: integer,
        offset: integer,
        timestamp: integer,
        headers: integer,
        /** Base64; null for none. */
        key: maybeText,
        value: maybeText,
      }),
    ),
  ),
  findings: z.array(findingSchema),
  /** The LastProcessingResult that Lambda would show; null where it would show no error, or none is known. */
  wouldShow: maybeText,
});
export type ProbeDocument = z.infer<typeof probeSchema>;

/** `showsRecord`: the user asked for the content of the record. */
export function toProbeDocument(
  { result, findings, wouldShow }: ProbeJudgement,
  from: ProbeOrigin,
  { names, showsRecord }: { names?: ResourceNames; showsRecord: boolean },
): ProbeDocument {
  const { auth, verdict, stoppedAt, brokers, topic, group } = result;
  return {
    schemaVersion: 1,
    from: originOf(from),
    auth,
    verdict,
    stoppedAt:
      stoppedAt === null
        ? null
        : {
            broker: stoppedAt.broker,
            step: stoppedAt.step,
            code: stoppedAt.code,
            name: stoppedAt.name,
            because: stoppedAt.because,
          },
    brokers: brokers.map(({ address, node, steps }) => ({ address, node, steps })),
    topic,
    group,
    ...(showsRecord ? { record: recordOf(result) } : {}),
    findings: findings.map((finding) => toFindingDocument(finding, names)),
    wouldShow,
  };
}

// oxlint-disable-next-line id-denylist -- the contract's name
const originOf = ({ kind, subnet }: ProbeOrigin): ProbeDocument['from'] => ({ place: kind, subnet });

function recordOf({ facts: { record } }: ProbeResult): ProbeDocument['record'] {
  if (record === null) return null;
  const { partition, offset, timestamp, headers, key = null, value = null } = record;
  return { partition, offset, timestamp, headers, key, value };
}

/** The document of a probe that could not run. */
export const toUnprobed = (auth: ProbeDocument['auth'], from: ProbeOrigin): ProbeDocument => ({
  schemaVersion: 1,
  from: originOf(from),
  auth,
  verdict: 'unknown',
  stoppedAt: null,
  brokers: [],
  topic: null,
  group: null,
  findings: [],
  wouldShow: null,
});
