/** Settings of a mapping of which a part is not known before the deployment. */
import { parseArn } from '../../aws/arn.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { unknownRegion } from '../../snapshot/symbols.js';
import { isObject, type Json, type JsonObject } from '../resource.js';
import { listOf, memberOf, textOf, type Deploying } from './deploying.js';
import { hasOpen, isOpen } from './undecided.js';
import { knownAfterDeployment } from './unknown.js';

/** The mapping; where what is not known counts as allowing, without the settings that are not known. */
export function withoutUndecided(deploying: Deploying, mapping: Mapping, properties: JsonObject): Mapping {
  const result = { ...mapping };
  const isUndecided = (value: Json | undefined): boolean => hasOpen(value) && deploying.allowsUndecided();
  if (mayBeElsewhere(mapping, properties) && deploying.allowsUndecided()) delete result.DestinationConfig;
  if (isUndecided(properties['ProvisionedPollerConfig'])) result.ProvisionedPollerConfig = { MinimumPollers: 1 };
  if (isUndecided(properties['FilterCriteria'])) delete result.FilterCriteria;
  if (isUndecided(memberOf(properties, 'AmazonManagedKafkaEventSourceConfig', 'SchemaRegistryConfig')))
    delete result.AmazonManagedKafkaEventSourceConfig;
  if (hasOpenLogin(properties['SourceAccessConfigurations']) && deploying.allowsUndecided()) {
    result.SourceAccessConfigurations = [];
    // Any login that the cluster accepts may be meant.
    const cluster = mapping.EventSourceArn ?? '';
    if (deploying.snapshot.clusters[cluster] !== undefined)
      deploying.snapshot.clusters[cluster] = knownAfterDeployment('kafka', 'DescribeClusterV2', cluster);
  }
  return result;
}

/** Whether the type of an entry, or which entries there are, is not known. */
const hasOpenLogin = (entries: Json | undefined): boolean =>
  listOf(entries).some((entry) => (isObject(entry) ? isOpen(entry['Type']) : isOpen(entry)));

/** Whether the destination, or its region as compared with the cluster's, is not known. */
function mayBeElsewhere({ EventSourceArn: source }: Mapping, properties: JsonObject): boolean {
  const destination = memberOf(properties, 'DestinationConfig', 'OnFailure', 'Destination');
  if (hasOpen(properties['DestinationConfig']) || isOpen(destination)) return true;
  const regions = [parseArn(textOf(destination))?.region, parseArn(source)?.region];
  return regions.includes(unknownRegion) && regions[0] !== regions[1] && regions[0] !== '';
}
