/** JSON Schemas of the documents that commands print, by command. */
import * as z from 'zod/mini';
import { baselineSchema, baselineUpdateSchema } from './baseline.js';
import { changeSchema } from './change.js';
import { completionSchema } from './completion.js';
import { doctorRegionsSchema, doctorSchema } from './doctor.js';
import { alarmsSchema } from './alarms.js';
import { brokerSchema } from './broker.js';
import { decodedEventSchema, eventSchema, invocationSchema } from './event.js';
import { explainListSchema, explainSchema } from './explain.js';
import { inspectSchema } from './inspect.js';
import { lagSchema } from './lag.js';
import { lintSchema } from './lint.js';
import { listSchema } from './list.js';
import { networkSchema } from './network-schema.js';
import { policyCheckSchema, policySchema } from './policy.js';
import { probeFunctionsSchema } from './probe-functions.js';
import { probeSchema } from './probe.js';
import { replaySchema } from './replay.js';
import { sandboxListSchema } from './sandbox-list.js';
import { secretCheckSchema, secretCreateSchema } from './secret.js';
import { snapshotDiffSchema } from './snapshot-diff.js';
import { topicCreateSchema, topicListSchema } from './topic.js';
import { undoSchema } from './undo.js';
import { watchSchema } from './watch.js';

const zodSchemas = {
  baseline: baselineSchema,
  'baseline-update': baselineUpdateSchema,
  alarms: alarmsSchema,
  broker: brokerSchema,
  change: changeSchema,
  completion: completionSchema,
  doctor: doctorSchema,
  event: eventSchema,
  'event-decode': decodedEventSchema,
  'event-invoke': invocationSchema,
  explain: explainSchema,
  inspect: inspectSchema,
  lag: lagSchema,
  lint: lintSchema,
  list: listSchema,
  network: networkSchema,
  'topic-create': topicCreateSchema,
  'topic-list': topicListSchema,
  'explain-list': explainListSchema,
  policy: policySchema,
  'policy-check': policyCheckSchema,
  probe: probeSchema,
  'probe-functions': probeFunctionsSchema,
  replay: replaySchema,
  'sandbox-list': sandboxListSchema,
  'snapshot-diff': snapshotDiffSchema,
  'doctor-regions': doctorRegionsSchema,
  'secret-check': secretCheckSchema,
  'secret-create': secretCreateSchema,
  undo: undoSchema,
  watch: watchSchema,
};

/** Additional members are allowed: later versions of the tool may add some. */
export const schemas: Record<string, object> = Object.fromEntries(
  Object.entries(zodSchemas).map(([name, schema]) => [
    name,
    { title: `msk-lambda ${name}`, ...z.toJSONSchema(schema, { io: 'input' }) },
  ]),
);
