/** Flags of a mapping that have no value. */
import type { Fragment } from './flag.js';

/** Flags without a value; the opposite of each begins with `--no-`. */
export const switches: readonly {
  name: string;
  description: string;
  says: (on: boolean) => Fragment;
  hidden?: true;
}[] = [
  {
    name: 'bisect-batch-on-error',
    description: 'split a failed batch in two and retry each half; provisioned mode only',
    says: (on) => ({ bisectBatchOnError: on }),
  },
  { name: 'bisect-batch-on-function-error', description: '', says: (on) => ({ bisectBatchOnError: on }), hidden: true },
  {
    name: 'report-batch-item-failures',
    description: 'the function reports which records of a batch failed; provisioned mode only',
    says: (on) => ({ reportBatchItemFailures: on }),
  },
  { name: 'enabled', description: '', says: (on) => ({ enabled: on }), hidden: true },
];

/** Flags without a value and without an opposite. */
export const disabled = {
  name: 'disabled',
  description: 'create the mapping disabled: it does not poll until you enable it',
  says: { enabled: false },
};
export const onDemand = {
  name: 'on-demand',
  description: 'turn off provisioned mode: remove the minimum and maximum event pollers',
  says: { provisionedPollers: null },
};

/** Settings that `update` can reset to the default, by the name after `--no-`. */
export const clearing: readonly { name: string; description: string; says: Fragment }[] = [
  { name: 'filter', description: 'remove all filters', says: { filters: null } },
  { name: 'on-failure', description: 'remove the on-failure destination', says: { onFailure: null } },
  { name: 'secret', description: 'remove the secret from the mapping', says: { sourceAccess: null, secret: null } },
  { name: 'kms-key', description: 'remove the customer managed KMS key', says: { kmsKey: null } },
  { name: 'metrics', description: 'publish no metrics', says: { metrics: null } },
  {
    name: 'log-level',
    description: 'reset the log level: `update` sets WARN, because Lambda cannot remove a level; `recreate` removes it',
    says: { logLevel: null },
  },
  { name: 'schema-registry', description: 'remove the schema registry', says: { schemaRegistry: null } },
];
