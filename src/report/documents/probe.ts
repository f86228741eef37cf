/** The document of `probe`. */
import * as z from 'zod/mini';
import { probeSteps } from '../../probe/probe-result.js';
import type { ProbeResult } from '../../probe/probe-result.js';
import type { ProbeJudgement } from '../../probe/judge/judge-probe.js';
import type { ProbeOrigin } from '../../probe/judge/probe-context.js';
import { authMethods } from '../../aws/msk.js';
import type { ResourceNames } from '../../snapshot/resource-names.js';
import { sentenceOf } from '../../remote/refusal.js';
import type { SubnetJudgement } from '../../remote/judge-subnets.js';
import { findingSchema, toFindingDocument } from './doctor.js';
import { integer, maybeText, text, unreadSchema } from './parts.js';

const maybeInteger = z.nullable(integer);
const stepName = z.enum(probeSteps);
const originSchema = z.object({
  // oxlint-disable-next-line id-denylist -- the contract's name
  place: z.enum(['here', 'subnet']),
  subnet: maybeText,
});

const stopSchema = z.nullable(
  z.object({
    /** HOST:PORT, an advertised address too. */
    broker: text,
    step: stepName,
    /** Kafka's error number; null where Kafka gave none. */
    code: maybeInteger,
    name: text,
    because: text,
  }),
);

export const probeSchema = z.object({
  schemaVersion: z.literal(1),
  from: originSchema,
  auth: z.nullable(z.enum(authMethods)),
  verdict: z.enum(['reaches', 'blocked', 'unknown']),
  stoppedAt: stopSchema,
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
  /** With --from-vpc: every subnet; the members above are those of the worst one. */
  subnets: z.optional(
    z.array(
      z.object({
        subnet: text,
        verdict: z.enum(['reaches', 'blocked', 'unknown']),
        stoppedAt: stopSchema,
        /** Why there was no function in this subnet; null where there was one. */
        because: maybeText,
        /** Services of AWS that the pollers call: DNS, TCP and TLS, without a request. */
        services: z.array(
          z.object({
            service: text,
            host: text,
            status: z.enum(['ok', 'failed']),
            step: z.nullable(z.enum(['dns', 'tcp', 'tls'])),
            ms: integer,
            name: maybeText,
            because: maybeText,
          }),
        ),
        /** The ids of the checks that fail here. */
        failing: z.array(text),
      }),
    ),
  ),
  /** With --from-vpc: the temporary functions. */
  functions: z.optional(z.array(z.object({ name: text, subnet: text, removed: z.boolean() }))),
  /** With --from-vpc: the number of functions that were created. */
  changed: z.optional(integer),
  unread: z.optional(unreadSchema),
});
export type ProbeDocument = z.infer<typeof probeSchema>;

/** What `--from-vpc` adds: each subnet, and the functions that were created in them. */
export interface SubnetsReport {
  subnets: readonly SubnetJudgement[];
  functions: readonly { name: string; subnet: string; removed: boolean }[];
}

/** `showsRecord`: the user asked for the content of the record. */
export function toProbeDocument(
  { result, findings, wouldShow }: ProbeJudgement,
  from: ProbeOrigin,
  { names, showsRecord, remote }: { names?: ResourceNames; showsRecord: boolean; remote?: SubnetsReport },
): ProbeDocument {
  const { auth, verdict, brokers, topic, group } = result;
  return {
    schemaVersion: 1,
    from: originOf(from),
    auth,
    verdict,
    stoppedAt: stopOf(result),
    brokers: brokers.map(({ address, node, steps }) => ({ address, node, steps })),
    topic,
    group,
    ...(showsRecord ? { record: recordOf(result) } : {}),
    findings: findings.map((finding) => toFindingDocument(finding, names)),
    wouldShow,
    ...(remote === undefined
      ? {}
      : {
          subnets: remote.subnets.map(subnetOf),
          functions: [...remote.functions],
          changed: remote.functions.length,
        }),
  };
}

function subnetOf({
  from,
  judgement,
  services,
  refusal,
}: SubnetJudgement): NonNullable<ProbeDocument['subnets']>[number] {
  const { result, findings } = judgement;
  return {
    subnet: from.subnet,
    verdict: result.verdict,
    stoppedAt: stopOf(result),
    because: refusal === null ? null : sentenceOf(refusal),
    services: services.map(({ service, host, status, step, ms, name, because }) => ({
      service,
      host,
      status,
      step,
      ms,
      name,
      because,
    })),
    failing: findings.filter(({ status }) => status === 'fail').map(({ check }) => check),
  };
}

const stopOf = ({ stoppedAt }: ProbeResult): ProbeDocument['stoppedAt'] =>
  stoppedAt === null
    ? null
    : {
        broker: stoppedAt.broker,
        step: stoppedAt.step,
        code: stoppedAt.code,
        name: stoppedAt.name,
        because: stoppedAt.because,
      };

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
