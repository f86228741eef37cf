/** The JSON document of `lint`, version 1. */
import * as z from 'zod/mini';
import { distinctSuppressed, type LintFinding, type LintMapping, type LintResult } from '../../template/lint-result.js';
import { comparisonSchema } from './baseline.js';
import { causesSchema, findingSchema, toFindingDocument } from './doctor.js';
import { integer, maybeText, text, unreadSchema } from './parts.js';

const locationSchema = z.object({ file: text, line: integer, column: integer, path: text });
const lintFindingSchema = z.extend(findingSchema, {
  location: locationSchema,
  /** Other places that matter. */
  related: z.optional(z.array(locationSchema)),
});

export const lintSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: text, version: text }),
  files: z.array(z.object({ path: text, format: text })),
  summary: z.object({
    mappings: integer,
    broken: integer,
    atRisk: integer,
    unknown: integer,
    healthy: integer,
    suppressed: integer,
  }),
  mappings: z.array(
    z.object({
      address: text,
      location: locationSchema,
      topic: maybeText,
      functionAddress: maybeText,
      sourceAddress: maybeText,
      verdict: z.enum(['broken', 'at-risk', 'unknown', 'healthy']),
      causes: causesSchema,
      findings: z.array(lintFindingSchema),
    }),
  ),
  /** Findings that belong to no mapping. */
  findings: z.array(lintFindingSchema),
  /** With `--baseline`. */
  baseline: z.optional(comparisonSchema),
  suppressed: z.array(z.object({ check: text, location: locationSchema, reason: text, until: text })),
  unread: z.optional(unreadSchema),
});
export type LintDocument = z.infer<typeof lintSchema>;

export function toLintDocument(
  { files, mappings, findings, suppressed: all }: LintResult,
  tool: LintDocument['tool'],
): LintDocument {
  const suppressed = distinctSuppressed({ suppressed: all }).map(({ check, location, reason, until }) => ({
    check,
    location,
    reason,
    until,
  }));
  const count = (verdict: LintMapping['verdict']) => mappings.filter((mapping) => mapping.verdict === verdict).length;
  return {
    schemaVersion: 1,
    tool,
    files,
    summary: {
      mappings: mappings.length,
      broken: count('broken'),
      atRisk: count('at-risk'),
      unknown: count('unknown'),
      healthy: count('healthy'),
      suppressed: suppressed.length,
    },
    mappings: mappings.map(
      ({ address, location, topic, functionAddress, sourceAddress, verdict, causes, ...rest }) => ({
        address,
        location,
        topic,
        functionAddress,
        sourceAddress,
        verdict,
        causes,
        findings: rest.findings.map(toLintFinding),
      }),
    ),
    findings: findings.map(toLintFinding),
    suppressed,
  };
}

const toLintFinding = ({
  location,
  related,
  repair: _repair,
  ...finding
}: LintFinding): LintDocument['findings'][number] => ({
  ...toFindingDocument(finding),
  location,
  ...(related.length === 0 ? {} : { related }),
});
