/** Finds the function that `event invoke` calls. */
import type { Clients } from '../../../../account/clients.js';
import { lookUpFunction } from '../../../../account/queries/functions.js';
import { getMapping } from '../../../../account/queries/mappings.js';
import { mappingUuidOf } from '../../../../account/target-names.js';
import { TargetNotFound } from '../../../../errors.js';
import type { InvokedFunction } from '../../../../event/invocation.js';
import { notReadable } from '../../../../mapping/resolve.js';
import { isOk } from '../../../../snapshot/read.js';
import { visible } from '../../../../text/visible.js';

/** The function, and what its mapping says of the event. */
export interface InvokeTarget extends InvokedFunction {
  /** ARN with alias or version; a name where only that is known. */
  name: string;
  eventSourceArn: string | null;
  topic: string | null;
  /** What could not be read and is not needed for the call. */
  notes: string[];
}

/** By UUID of a mapping, or by name or ARN of a function. Throws `TargetNotFound` and `NotReadable`. */
export async function findInvokeTarget(clients: Clients, target: string): Promise<InvokeTarget> {
  const uuid = mappingUuidOf(target);
  if (uuid === null) return functionNamed(clients, target);
  const mapping = await getMapping(clients, uuid);
  if (!isOk(mapping)) {
    if (mapping.outcome === 'not-found')
      throw new TargetNotFound(`Mapping not found in ${await clients.region()}: ${visible(target)}.`);
    throw notReadable(`The mapping ${uuid}`, mapping);
  }
  const { FunctionArn: arn, EventSourceArn: source, Topics: topics, FunctionResponseTypes: types } = mapping.value;
  if (arn === undefined) throw new TargetNotFound(`The mapping ${uuid} names no function.`);
  return {
    ...(await functionNamed(clients, arn)),
    reportsItemFailures: types?.includes('ReportBatchItemFailures') === true,
    eventSourceArn: source ?? null,
    topic: topics[0] ?? null,
  };
}

async function functionNamed(clients: Clients, name: string): Promise<InvokeTarget> {
  const target = { name, reportsItemFailures: null, eventSourceArn: null, topic: null };
  const read = await lookUpFunction(clients, name);
  if (isOk(read)) return { ...target, timeout: read.value.Timeout ?? null, notes: [] };
  if (read.outcome === 'not-found')
    throw new TargetNotFound(`Function not found in ${await clients.region()}: ${visible(name)}.`);
  // Whoever may invoke a function need not be allowed to read it.
  if (read.outcome === 'denied')
    return { ...target, timeout: null, notes: [`the timeout is not known: your credentials need ${read.action}`] };
  throw notReadable(`The function ${name}`, read);
}
