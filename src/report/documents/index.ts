/** JSON Schemas of the documents that commands print, by command. */
import * as z from 'zod/mini';
import { changeSchema } from './change.js';
import { doctorRegionsSchema, doctorSchema } from './doctor.js';
import {
  brokerSchema,
  explainListSchema,
  explainSchema,
  inspectSchema,
  listSchema,
  networkSchema,
  policyCheckSchema,
  policySchema,
  sandboxListSchema,
  snapshotDiffSchema,
  topicCreateSchema,
  topicListSchema,
} from './others.js';
import { secretCheckSchema, secretCreateSchema } from './secret.js';

const zodSchemas = {
  broker: brokerSchema,
  change: changeSchema,
  doctor: doctorSchema,
  explain: explainSchema,
  inspect: inspectSchema,
  list: listSchema,
  network: networkSchema,
  'topic-create': topicCreateSchema,
  'topic-list': topicListSchema,
  'explain-list': explainListSchema,
  policy: policySchema,
  'policy-check': policyCheckSchema,
  'sandbox-list': sandboxListSchema,
  'snapshot-diff': snapshotDiffSchema,
  'doctor-regions': doctorRegionsSchema,
  'secret-check': secretCheckSchema,
  'secret-create': secretCreateSchema,
};

/** Additional members are allowed: later versions of the tool may add some. */
export const schemas: Record<string, object> = Object.fromEntries(
  Object.entries(zodSchemas).map(([name, schema]) => [
    name,
    { title: `msk-lambda ${name}`, ...z.toJSONSchema(schema, { io: 'input' }) },
  ]),
);
