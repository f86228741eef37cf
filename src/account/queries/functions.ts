/** Functions by name, and all of a region. */
import { unqualifiedArn } from '../../aws/function-arn.js';
import { isOk, type Read } from '../../snapshot/read.js';
import { concurrencySchema, functionSchema, type FunctionConfiguration } from '../../snapshot/resources/index.js';
import { readOnce, type Clients } from '../clients.js';
import { keep, keepList, Reader } from '../reader.js';

export const lookUpFunction = (clients: Clients, name: string): Promise<Read<FunctionConfiguration>> =>
  readOnce(clients, `function ${name}`, async () => {
    const read = await new Reader(clients).call('lambda', 'GetFunctionConfiguration', { FunctionName: name }, name);
    return keep(read, functionSchema, { service: 'lambda', operation: 'GetFunctionConfiguration', resource: name });
  });

/** Reserved concurrency, which belongs to the function, not to an alias or version; null: nothing is reserved. */
export async function lookUpReservedConcurrency(clients: Clients, functionArn: string): Promise<Read<number | null>> {
  const resource = unqualifiedArn(functionArn);
  const read = await new Reader(clients).call('lambda', 'GetFunctionConcurrency', { FunctionName: resource }, resource);
  const kept = keep(read, concurrencySchema, { service: 'lambda', operation: 'GetFunctionConcurrency', resource });
  return isOk(kept) ? { ...kept, value: kept.value.ReservedConcurrentExecutions ?? null } : kept;
}

export async function listFunctions(clients: Clients): Promise<Read<FunctionConfiguration[]>> {
  const pages = await new Reader(clients).pages('lambda', 'ListFunctions', {});
  return keepList(pages, functionSchema, { service: 'lambda', operation: 'ListFunctions' });
}
