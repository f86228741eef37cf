/** The facts of a mapping as data for people and scripts: what is known, what could not be read, what does not apply. */
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

/** A fact as it is shown; a part of the public JSON. */
export type InspectedFact =
  | { value: unknown }
  | { unread: { action: string; outcome: string; error: string }[] }
  | { doesNotApply: string };
/** All facts that are shown of one mapping. */
export type Inspection = { uuid: string } & Record<(typeof inspected)[number], InspectedFact>;

/** The facts of a mapping as they are shown. */
export const inspect = (uuid: string, subject: Subject): Inspection =>
  ({ uuid, ...Object.fromEntries(inspected.map((name) => [name, show(subject[name])])) }) as Inspection;

function show(fact: Fact<unknown>): InspectedFact {
  if (fact.is === 'known') return { value: withoutRaw(fact.value) };
  if (fact.is === 'not-applicable') return { doesNotApply: fact.because };
  return { unread: fact.missing.map(({ action, outcome, error }) => ({ action, outcome, error })) };
}

/** A cluster's view holds AWS's answer beside our words for it: once is enough. */
function withoutRaw(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('raw' in value)) return value;
  const { raw: _, ...rest } = value;
  return rest;
}
