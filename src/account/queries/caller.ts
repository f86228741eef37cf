/** The account of the credentials, without a snapshot. */
import * as z from 'zod/mini';
import { mapRead, type Read } from '../../snapshot/read.js';
import type { Clients } from '../clients.js';
import { keep, Reader } from '../reader.js';

const identitySchema = z.object({ Account: z.string(), Arn: z.string() });

export async function getCaller(clients: Clients): Promise<Read<{ account: string; arn: string }>> {
  const read = await new Reader(clients).call('sts', 'GetCallerIdentity', {});
  return mapRead(
    keep(read, identitySchema, { service: 'sts', operation: 'GetCallerIdentity' }),
    ({ Account: account, Arn: arn }) => ({ account, arn }),
  );
}
