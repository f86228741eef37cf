/** All APIs that are declared here, by Kafka's number; a broker of ours offers exactly these. */
import type { Api } from '../api.js';
import {
  consumerGroupDescribe,
  describeGroups,
  findCoordinator,
  joinGroup,
  leaveGroup,
  listGroups,
  offsetFetch,
} from './groups.js';
import { apiVersions, saslAuthenticate, saslHandshake } from './session.js';
import { fetch, listOffsets, metadata } from './topics.js';

export const apis = {
  apiVersions,
  saslHandshake,
  saslAuthenticate,
  metadata,
  listOffsets,
  fetch,
  findCoordinator,
  describeGroups,
  listGroups,
  consumerGroupDescribe,
  joinGroup,
  leaveGroup,
  offsetFetch,
} as const;

/** The API with Kafka's number; undefined for one that is not declared here. */
export const apiOf = (key: number): Api | undefined =>
  (Object.values(apis) as unknown as Api[]).find((api) => api.key === key);
