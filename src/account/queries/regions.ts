/** The regions of an account. */
import * as z from 'zod/mini';
import { mapRead, type Read } from '../../snapshot/read.js';
import type { Clients } from '../clients.js';
import { keepList, Reader } from '../reader.js';

const nextToken: { token: [string, string] } = { token: ['NextToken', 'NextToken'] };

const regionSchema = z.object({ RegionName: z.optional(z.string()) });

/** Names of the regions that this account may use. */
export async function listRegions(clients: Clients): Promise<Read<string[]>> {
  const pages = await new Reader(clients).pages('ec2', 'DescribeRegions', {}, { items: 'Regions', ...nextToken });
  const regions = keepList(pages, regionSchema, { service: 'ec2', operation: 'DescribeRegions' });
  return mapRead(regions, (list) => list.flatMap((region) => region.RegionName ?? []).toSorted());
}
