/** The account as it will be after the deployment of templates. */
import { emptySnapshot, type Snapshot } from '../../snapshot/snapshot.js';
import { isOk, ok } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { unknownAccount } from '../../snapshot/symbols.js';
import type { Scope } from '../cloudformation/identities.js';
import type { ReadTemplates, TemplateResource } from '../resource.js';
import { addDestinations } from './destinations.js';
import { Deploying, type Undecided } from './deploying.js';
import { addRoles } from './iam.js';
import { addClusters } from './kafka.js';
import { addFunctions, plannedMappings, type PlannedMapping } from './lambda.js';
import { addNetworks } from './network.js';
import { addKeys, addSecrets } from './secrets.js';

export interface Deployment {
  snapshot: Snapshot;
  /** The same where everything that is not known allows access; null where all is known. */
  allowing: Snapshot | null;
  /** In the order of the templates. */
  mappings: PlannedMapping[];
  /** The resource of the templates with this name, id or ARN. */
  find(reference: string | undefined): TemplateResource | undefined;
  /** The resources of the types, in the order of the templates. */
  all(...types: readonly string[]): readonly TemplateResource[];
  /** The resource with this address in the stack of another one. */
  beside(other: TemplateResource, address: string): TemplateResource | undefined;
}

/**
 * Adds what the templates create to the account as it is (`standing`: a snapshot, which stays unchanged), or to an
 * account of which nothing is known. `now`: the time of the snapshot.
 */
export function deploy(
  { resources }: ReadTemplates,
  scope: Scope,
  { standing, tool, now }: { standing: Snapshot | null; tool: Snapshot['tool']; now: Date },
): Deployment {
  const build = (undecided: Undecided) => {
    const snapshot = standing === null ? empty(scope, tool, now) : structuredClone(standing);
    const deploying = new Deploying(snapshot, scope, resources, undecided);
    addRoles(deploying);
    addFunctions(deploying);
    addClusters(deploying);
    addNetworks(deploying);
    addSecrets(deploying);
    addKeys(deploying);
    addDestinations(deploying);
    const mappings = plannedMappings(deploying);
    // A mapping that exists with the same function, source and topic is this one: no two of them can exist.
    for (const [uuid, read] of Object.entries(snapshot.mappings))
      if (isOk(read) && mappings.some(({ mapping }) => isSame(mapping, read.value))) delete snapshot.mappings[uuid];
    for (const { mapping } of mappings) snapshot.mappings[mapping.UUID] = ok(mapping);
    return { deploying, snapshot, mappings };
  };
  const { deploying, snapshot, mappings } = build('denies');
  return {
    snapshot,
    allowing: deploying.hasUndecided ? build('allows').snapshot : null,
    mappings,
    find: (reference) => deploying.find(reference),
    all: (...types) => deploying.all(...types),
    beside: (other, address) => deploying.beside(other, address),
  };
}

const isSame = (a: Mapping, b: Mapping): boolean =>
  a.FunctionArn === b.FunctionArn && a.EventSourceArn === b.EventSourceArn && a.Topics[0] === b.Topics[0];

const empty = (scope: Scope, tool: Snapshot['tool'], now: Date): Snapshot =>
  emptySnapshot({
    tool,
    partition: scope.partition,
    region: scope.region,
    account: scope.account === unknownAccount ? null : scope.account,
    caller: null,
    capturedAt: now.toISOString(),
  });
