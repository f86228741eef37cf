/** Changes of mappings and of what is reserved for a function. A change is done at once here; its states are the sandbox's matter. */
import { ok } from '../../snapshot/read.js';
import { need, type Input, type Replays } from './replays.js';

/** Members of the input that are no members of a mapping. */
const requestOnly = new Set(['UUID', 'Enabled', 'FunctionName', 'Tags']);

export const lambda: Replays = {
  UpdateEventSourceMapping: (snapshot, { UUID: uuid, ...input }) => {
    const mapping = need(snapshot.mappings, uuid);
    Object.assign(mapping, settings(input), { LastModified: snapshot.capturedAt });
    // An empty configuration takes provisioned pollers away.
    if (input['ProvisionedPollerConfig'] !== undefined && Object.keys(input['ProvisionedPollerConfig']).length === 0) delete mapping.ProvisionedPollerConfig;
    if (typeof input['Enabled'] === 'boolean') Object.assign(mapping, { State: input['Enabled'] ? 'Enabled' : 'Disabled', StateTransitionReason: 'USER_INITIATED' });
  },
  DeleteEventSourceMapping: (snapshot, { UUID: uuid }) => {
    need(snapshot.mappings, uuid);
    delete snapshot.mappings[uuid];
    snapshot.targets = snapshot.targets.filter((one) => one !== uuid);
    for (const list of Object.values(snapshot.mappingLists)) if (list.outcome === 'ok') list.value = list.value.filter((one) => one !== uuid);
  },
  PutFunctionConcurrency: (snapshot, { FunctionName: name, ReservedConcurrentExecutions: reserved }) => {
    snapshot.concurrency[functionArn(snapshot.functions, name)] = ok({ ReservedConcurrentExecutions: reserved });
  },
  DeleteFunctionConcurrency: (snapshot, { FunctionName: name }) => {
    snapshot.concurrency[functionArn(snapshot.functions, name)] = ok({});
  },
  UpdateFunctionConfiguration: (snapshot, { FunctionName: name, ...input }) => {
    Object.assign(need(snapshot.functions, functionArn(snapshot.functions, name)), input);
  },
};

const settings = (input: Input): Input => Object.fromEntries(Object.entries(input).filter(([name]) => !requestOnly.has(name)));

/** A function by name or ARN. */
const functionArn = (functions: Record<string, unknown>, name: string): string => Object.keys(functions).find((arn) => arn === name || arn.split(':')[6] === name) ?? name;
