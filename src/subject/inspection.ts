/** The facts of a mapping as data for people and scripts: known, unread, or not applicable. */
import type { Fact } from './fact.js';
import type { FactName, Subject } from './subject.js';

/** In the order in which they are shown. */
export const inspected = [
  'mapping',
  'eventSource',
  'cluster',
  'vpcConnection',
  'auth',
  'broker',
  'topic',
  'topics',
  'consumerGroup',
  'pollers',
  'function',
  'reservedConcurrency',
  'role',
  'secretReference',
  'secret',
  'secretProfile',
  'scramSecrets',
  'destination',
  'registry',
] as const satisfies readonly FactName[];

/** A fact in the public JSON. */
export type InspectedFact =
  | { value: unknown }
  | { unread: { action: string; outcome: string; error: string }[] }
  | { doesNotApply: string };
/** All facts of one mapping that are shown. */
export type Inspection = { uuid: string } & Record<(typeof inspected)[number], InspectedFact>;

/** The facts of a mapping in that form. */
export const inspect = (uuid: string, subject: Subject): Inspection =>
  ({ uuid, ...Object.fromEntries(inspected.map((name) => [name, show(subject[name])])) }) as Inspection;

function show(fact: Fact<unknown>): InspectedFact {
  if (fact.is === 'known') return { value: withoutRaw(fact.value) };
  if (fact.is === 'not-applicable') return { doesNotApply: fact.because };
  return { unread: fact.missing.map(({ action, outcome, error }) => ({ action, outcome, error })) };
}

/** A cluster's view contains AWS's answer and our terms for it: one of them is enough. */
function withoutRaw(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('raw' in value)) return value;
  const { raw: _, ...rest } = value;
  return rest;
}
