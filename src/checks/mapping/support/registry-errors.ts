/**
 * Errors of the schema registry that the mapping counted: a schema that could not be fetched, or a record that does
 * not match it.
 */
import type { Mapping, Metric } from '../../../snapshot/resources/index.js';
import type { Fact } from '../../../subject/fact.js';
import { fail, warn, type Judgement } from '../../define.js';
import { countOf, countsOf, lastTime, quantity } from '../../support/counted.js';

/** Five-minute periods with errors from which “no record passes” is reported. */
const fewestPeriods = 3;

/** The finding where the settings are correct but errors were counted. */
export interface RegistryErrors {
  uuid: string;
  facts: string[];
  title: string;
  fix: string;
}

/** Null where none was counted. Fails if records were read, but none reached the function. */
export function judgeRegistryErrors(
  mapping: Mapping,
  metrics: Fact<Record<string, Metric>>,
  capturedAt: Date,
): Judgement<RegistryErrors> | null {
  const facts = countsOf({ mapping, mappingMetrics: metrics, capturedAt }, 'ErrorCount');
  // Without these metrics only the settings are judged.
  if ('status' in facts) return facts.status === 'skip' ? null : facts;
  const errors = countOf(facts, 'SchemaRegistryErrorCount');
  if (errors.total === 0) return null;
  const [polled, invoked] = [countOf(facts, 'PolledEventCount'), countOf(facts, 'InvokedEventCount')];
  const filtered = countOf(facts, 'FilteredOutEventCount');
  const nonePasses =
    errors.recent &&
    errors.counted.length >= fewestPeriods &&
    invoked.is === 'read' &&
    invoked.total + filtered.total === 0 &&
    polled.total > 0;
  const evidence: RegistryErrors = {
    uuid: mapping.UUID,
    title: 'Lambda cannot decode records with the schema registry',
    fix: 'Compare the schema ID and format of the records with the registry, and check that the pollers can reach it',
    facts: [
      `SchemaRegistryErrorCount is ${Math.round(errors.total)}, last at ${lastTime(errors)}`,
      ...(nonePasses ? [`Lambda read ${quantity(polled.total, 'record')} and sent none to the function`] : []),
      (mapping.DestinationConfig?.OnFailure?.Destination ?? '') === ''
        ? 'Lambda discards records that it cannot decode, because the mapping has no on-failure destination'
        : 'Lambda sends records that it cannot decode to the on-failure destination',
    ],
  };
  return nonePasses ? fail(evidence) : warn(evidence);
}
