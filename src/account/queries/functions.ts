/** Functions by name, and all of a region. */
import type { Read } from '../../snapshot/read.js';
import { functionSchema, type FunctionConfiguration } from '../../snapshot/resources/index.js';
import { readOnce, type Clients } from '../clients.js';
import { keep, keepList, Reader } from '../reader.js';

export const lookUpFunction = (clients: Clients, name: string): Promise<Read<FunctionConfiguration>> =>
  readOnce(clients, `function ${name}`, async () => {
    const read = await new Reader(clients).call('lambda', 'GetFunctionConfiguration', { FunctionName: name }, name);
    return keep(read, functionSchema, { service: 'lambda', operation: 'GetFunctionConfiguration', resource: name });
  });

export async function listFunctions(clients: Clients): Promise<Read<FunctionConfiguration[]>> {
  const pages = await new Reader(clients).pages('lambda', 'ListFunctions', {});
  return keepList(pages, functionSchema, { service: 'lambda', operation: 'ListFunctions' });
}
