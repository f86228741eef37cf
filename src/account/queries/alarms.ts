/** CloudWatch alarms by name. */
import * as z from 'zod/mini';
import type { Read } from '../../snapshot/read.js';
import type { Clients } from '../clients.js';
import { keepList, Reader } from '../reader.js';

const alarmSchema = z.looseObject({ AlarmName: z.string() });
export type ExistingAlarm = z.infer<typeof alarmSchema>;

/** Those of the names that exist, with all members. At most 100 names (API reference: DescribeAlarms). */
export async function findAlarms(clients: Clients, names: readonly string[]): Promise<Read<ExistingAlarm[]>> {
  const pages = await new Reader(clients).pages('cloudwatch', 'DescribeAlarms', {
    AlarmNames: [...names],
    AlarmTypes: ['MetricAlarm'],
  });
  return keepList(pages, alarmSchema, { service: 'cloudwatch', operation: 'DescribeAlarms' });
}
