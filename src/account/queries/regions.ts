/** The regions of an account. */
import * as z from 'zod/mini';
import { mapRead, type Read } from '../../snapshot/read.js';
import type { Clients } from '../clients.js';
import { keepList, listOf, Reader } from '../reader.js';

const regionSchema = z.object({ RegionName: z.optional(z.string()) });

/** Names of the regions that this account may use. */
export async function listRegions(clients: Clients): Promise<Read<string[]>> {
  const answer = await new Reader(clients).call('ec2', 'DescribeRegions', {});
  const regions = keepList(
    mapRead(answer, ({ Regions: list }) => listOf(list)),
    regionSchema,
    { service: 'ec2', operation: 'DescribeRegions' },
  );
  return mapRead(regions, (list) => list.flatMap((region) => region.RegionName ?? []).toSorted());
}
