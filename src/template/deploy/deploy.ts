/** The account as it will be after the deployment of templates. */
import { emptySnapshot, type Snapshot } from '../../snapshot/snapshot.js';
import { ok } from '../../snapshot/read.js';
import { unknownAccount } from '../../snapshot/symbols.js';
import type { Scope } from '../cloudformation/identities.js';
import type { ReadTemplates, TemplateResource } from '../resource.js';
import {
  existingMapping,
  isUpdated,
  mappingsOf,
  type ExistingMapping,
  type TagsByMapping,
} from '../existing-mapping.js';
import { addToExisting } from './additions.js';
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
  allowing: { snapshot: Snapshot; mappings: PlannedMapping[] } | null;
  /** In the order of the templates. */
  mappings: PlannedMapping[];
  /** The mapping of the account that the deployment changes; null for a new one. */
  existing(planned: PlannedMapping): ExistingMapping | null;
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
  {
    standing,
    tool,
    now,
    tags = new Map(),
  }: { standing: Snapshot | null; tool: Snapshot['tool']; now: Date; tags?: TagsByMapping },
): Deployment {
  const before = mappingsOf(standing);
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
    addToExisting(deploying);
    const mappings = plannedMappings(deploying);
    for (const planned of mappings) {
      const existing = existingMapping(planned, before, tags);
      if (existing === null) continue;
      delete snapshot.mappings[existing.mapping.UUID];
      if (isUpdated(existing, planned)) planned.mapping.UUID = existing.mapping.UUID;
    }
    for (const { mapping } of mappings) snapshot.mappings[mapping.UUID] = ok(mapping);
    return { deploying, snapshot, mappings };
  };
  const { deploying, snapshot, mappings } = build('denies');
  return {
    snapshot,
    allowing: deploying.hasUndecided ? build('allows') : null,
    mappings,
    existing: (planned) => existingMapping(planned, before, tags),
    find: (reference) => deploying.find(reference),
    all: (...types) => deploying.all(...types),
    beside: (other, address) => deploying.beside(other, address),
  };
}

const empty = (scope: Scope, tool: Snapshot['tool'], now: Date): Snapshot =>
  emptySnapshot({
    tool,
    partition: scope.partition,
    region: scope.region,
    account: scope.account === unknownAccount ? null : scope.account,
    caller: null,
    capturedAt: now.toISOString(),
  });
