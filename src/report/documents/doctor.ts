/** The JSON document of `doctor`, version 1. Its type is inferred from the schema. */
import * as z from 'zod/mini';
import type { Diagnosis, LeftOutDiagnosis, MappingDiagnosis } from '../../diagnosis/diagnosis.js';
import type { Finding } from '../../checks/run.js';
import { comparisonSchema } from './baseline.js';
import { repairPlanSchema } from './repair-plan.js';
import { noNames, type ResourceNames } from '../../snapshot/resource-names.js';
import { findingMembers, type AnyFinding } from '../finding-members.js';
import { verificationSchema, type Verification } from './verification.js';
import { evidenceSchema, fixSchema, integer, leftOutMembers, maybeText, text, unreadSchema } from './parts.js';

export const findingSchema = z.object({
  check: text,
  status: z.enum(['pass', 'warn', 'fail', 'unknown', 'skip']),
  severity: z.enum(['info', 'warning', 'error']),
  title: text,
  evidence: z.array(evidenceSchema),
  fixes: z.array(fixSchema),
  docs: text,
  /** For a `skip`: the failing check that causes it, and whether that check's fix resolves it. */
  consequenceOf: z.optional(text),
  resolvedByFix: z.optional(z.boolean()),
});

export const verdictSchema = z.enum(['healthy', 'at-risk', 'broken', 'disabled', 'unknown']);
const observedSchema = z.object({
  state: maybeText,
  stateTransitionReason: maybeText,
  lastProcessingResult: maybeText,
  error: maybeText,
});
export const causesSchema = z.array(z.object({ check: text, confidence: z.number(), because: text }));

const mappingSchema = z.object({
  uuid: text,
  functionArn: maybeText,
  eventSourceArn: maybeText,
  topic: maybeText,
  verdict: verdictSchema,
  observed: observedSchema,
  causes: causesSchema,
  /** For the verdict `unknown`: checks that could not be decided and are known to produce what Lambda shows. */
  likely: z.array(z.object({ check: text, because: text })),
  findings: z.array(findingSchema),
  hints: z.array(text),
  /** With `--verify`, if the role could be read. */
  verification: z.optional(verificationSchema),
});

/** A mapping on self-managed Kafka, with the findings of the checks that are valid for both kinds of source. */
const leftOutSchema = z.object({
  ...leftOutMembers,
  topic: maybeText,
  /** Null where no check ran: its bootstrap servers are not on MSK, and the user did not name it. */
  verdict: z.nullable(verdictSchema),
  observed: observedSchema,
  causes: causesSchema,
  findings: z.array(findingSchema),
});

/** What `--plan`, `--fix` and `--wait` showed or did; absent without them. */
const changeMembers = {
  /** Calls of the plan that AWS accepted. */
  changed: z.optional(integer),
  /** The repair plan; with `--fix` each step has its outcome. */
  plan: z.optional(repairPlanSchema),
  /** The absolute path of the undo file; null where nothing was changed. */
  undoFile: z.optional(maybeText),
  /** The state of the mappings at the end of the wait. */
  waited: z.optional(
    z.array(z.object({ mapping: text, outcome: z.enum(['good', 'bad', 'gone', 'still', 'unread']), because: text })),
  ),
};
const changeSchema = z.object(changeMembers);
export type DoctorChange = z.infer<typeof changeSchema>;

const suppressedSchema = z.object({
  mapping: text,
  check: text,
  status: z.enum(['warn', 'fail']),
  title: text,
  reason: text,
  /** The last day on which it counts. */
  until: text,
  /** Whether it is left out of the findings: not where Lambda shows an error. */
  isHidden: z.boolean(),
});

export const doctorSchema = z.object({
  ...changeMembers,
  schemaVersion: z.literal(1),
  tool: z.object({ name: text, version: text }),
  account: maybeText,
  region: text,
  capturedAt: text,
  summary: z.object({ healthy: integer, atRisk: integer, broken: integer, disabled: integer, unknown: integer }),
  mappings: z.array(mappingSchema),
  leftOut: z.array(leftOutSchema),
  /** Findings that the configuration file accepts; absent without suppressions. */
  suppressed: z.optional(z.array(suppressedSchema)),
  /** With `--baseline`. */
  baseline: z.optional(comparisonSchema),
  /** Suppressions that have expired or match nothing; absent without suppressions. */
  warnings: z.optional(z.array(text)),
  coverage: z.object({ decided: integer, unknown: integer, missingActions: z.array(text) }),
  /** With `--check` or `--skip`; null without. */
  scope: z.nullable(z.object({ run: z.array(text), leftOut: z.array(text) })),
  reads: z.array(
    z.object({
      service: text,
      operation: text,
      outcome: z.enum(['ok', 'not-found', 'denied', 'throttled', 'failed', 'timed-out']),
      calls: integer,
      error: maybeText,
    }),
  ),
  unread: z.optional(unreadSchema),
});
/** Of `--regions`: a document for each region that could be read, and why others could not. */
export const doctorRegionsSchema = z.object({
  schemaVersion: z.literal(1),
  regions: z.array(doctorSchema),
  unread: z.array(z.object({ region: text, because: text })),
  /** With `--baseline`. */
  baseline: z.optional(comparisonSchema),
});
export type DoctorDocument = z.infer<typeof doctorSchema>;
export type DoctorMapping = DoctorDocument['mappings'][number];

export const toDoctorDocument = (
  {
    account,
    region,
    capturedAt,
    summary,
    mappings,
    leftOut,
    coverage,
    scope,
    reads,
    names,
    suppressed,
    warnings,
  }: Diagnosis,
  tool: DoctorDocument['tool'],
  verifications: ReadonlyMap<string, Verification> = new Map(),
): DoctorDocument => ({
  schemaVersion: 1,
  tool,
  account,
  region,
  capturedAt,
  summary,
  mappings: mappings.map((mapping) => toDoctorMapping(mapping, names, verifications.get(mapping.uuid))),
  leftOut: leftOut.map((mapping) => toLeftOutDocument(mapping, names)),
  ...(suppressed === undefined
    ? {}
    : {
        suppressed: suppressed.map(({ mapping, finding: { check, status, title }, reason, until, isHidden }) => ({
          mapping,
          check,
          status: status === 'fail' ? 'fail' : 'warn',
          title,
          reason,
          until,
          isHidden,
        })),
      }),
  ...(warnings === undefined ? {} : { warnings }),
  coverage,
  scope,
  reads: reads.map(({ service, operation, outcome, calls, error }) => ({ service, operation, outcome, calls, error })),
});

export const toLeftOutDocument = (
  { findings, ...mapping }: LeftOutDiagnosis,
  names: ResourceNames,
): DoctorDocument['leftOut'][number] => ({
  ...mapping,
  findings: findings.map((finding) => toFindingDocument(finding, names)),
});

export const toDoctorMapping = (
  { findings, ...mapping }: MappingDiagnosis,
  names: ResourceNames,
  verification?: Verification,
): DoctorMapping => ({
  ...mapping,
  findings: findings.map((finding) => toFindingDocument(finding, names)),
  ...(verification === undefined ? {} : { verification }),
});

const documents = new WeakMap<object, DoctorMapping['findings'][number]>();

type DocumentedFinding = AnyFinding & Pick<Finding, 'consequence'>;

/** Of a finding without evidence the same object each time: most mappings of a large account share theirs. */
export function toFindingDocument(
  finding: DocumentedFinding,
  names: ResourceNames = noNames,
): DoctorMapping['findings'][number] {
  if (finding.evidence.length > 0) return findingDocument(finding, names);
  const document = documents.get(finding) ?? findingDocument(finding, names);
  documents.set(finding, document);
  return document;
}

const findingDocument = (finding: DocumentedFinding, names: ResourceNames): DoctorMapping['findings'][number] => {
  const { fixes, ...members } = findingMembers(finding, names);
  const { check, consequence } = finding;
  return {
    ...members,
    fixes,
    docs: check,
    ...(consequence === undefined ? {} : { consequenceOf: consequence.of, resolvedByFix: consequence.isResolved }),
  };
};
