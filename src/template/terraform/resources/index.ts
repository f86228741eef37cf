/** The types of Terraform resources that matter to a mapping. */
import { iam } from './iam.js';
import { kafka } from './kafka.js';
import { lambda } from './lambda.js';
import { network } from './network.js';
import { secrets } from './secrets.js';
import { securityGroups } from './security-groups.js';
import type { Translation } from './translation.js';

const all: Readonly<Record<string, Translation>> = {
  ...lambda,
  ...iam,
  ...kafka,
  ...secrets,
  ...securityGroups,
  ...network,
};

/** Undefined for a type that no check needs. */
export const translationOf = (type: string): Translation | undefined =>
  Object.hasOwn(all, type) ? all[type] : undefined;
