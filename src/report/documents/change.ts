/** The JSON document of the commands that change mappings, version 1. */
import * as z from 'zod/mini';
import type { MappingStep } from '../../plan/plan.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { findingSchema } from './doctor.js';
import { callSchema, integer, maybeText, text } from './parts.js';

const stepSchema = z.object({
  action: z.enum(['create', 'update', 'enable', 'disable', 'delete', 'recreate', 'none']),
  /** UUID; null for a mapping that does not exist yet. */
  mapping: maybeText,
  functionArn: maybeText,
  eventSourceArn: maybeText,
  topic: maybeText,
  /** Settings that differ from the requested ones. Those in `fixed` cannot be changed after creation. */
  differences: z.array(z.object({ setting: text, is: z.unknown(), wanted: z.unknown(), fixed: z.boolean() })),
  /** The calls, in order. */
  calls: z.array(callSchema),
});

const changedMappingSchema = z.object({
  uuid: text,
  functionArn: maybeText,
  eventSourceArn: maybeText,
  topic: maybeText,
  state: maybeText,
  stateTransitionReason: maybeText,
  lastProcessingResult: maybeText,
});

export const changeSchema = z.object({
  schemaVersion: z.literal(1),
  /** How many mappings were created, changed or deleted. */
  changed: integer,
  outcome: z.enum(['done', 'nothing-to-do', 'planned', 'blocked', 'refused', 'failed', 'undecided']),
  /** The outcome in one or two sentences. */
  message: text,
  plan: z.array(stepSchema),
  /** The mapping as last read; null where there is none, or where the command is about several. */
  mapping: z.nullable(changedMappingSchema),
  mappings: z.array(changedMappingSchema),
  findings: z.array(findingSchema),
  /** Ids of the checks that block the change. */
  blockers: z.array(text),
  /** Fixes that were applied before the change, with the calls that undo them. */
  applied: z.array(z.object({ title: text, changes: z.array(z.extend(callSchema, { undo: z.nullable(callSchema) })) })),
});
export type ChangeDocument = z.infer<typeof changeSchema>;
export type ChangeStep = ChangeDocument['plan'][number];
export type ChangedMapping = NonNullable<ChangeDocument['mapping']>;

/** A step, in `--dry-run` and in the answer. */
export const toChangeStep = ({ action, mapping, connects, differences, calls }: MappingStep): ChangeStep => ({
  action,
  mapping: mapping?.UUID ?? null,
  functionArn: connects.FunctionArn ?? null,
  eventSourceArn: connects.EventSourceArn ?? null,
  topic: connects.Topics[0] ?? null,
  differences: differences.map(({ setting, is, wanted, changeable }) => ({
    setting,
    is,
    wanted,
    fixed: !changeable,
  })),
  calls: calls.map(({ call }) => ({ ...call })),
});

export const toChangedMapping = (mapping: Mapping): ChangedMapping => ({
  uuid: mapping.UUID,
  functionArn: mapping.FunctionArn ?? null,
  eventSourceArn: mapping.EventSourceArn ?? null,
  topic: mapping.Topics[0] ?? null,
  state: mapping.State ?? null,
  stateTransitionReason: mapping.StateTransitionReason ?? null,
  lastProcessingResult: mapping.LastProcessingResult ?? null,
});
