/** The facts of a secret without a mapping, as if a mapping named it: for the checks of `secret check`. */
import { secretTypes, type SecretMethod } from '../aws/msk.js';
import { accountOf } from '../aws/arn.js';
import { clusterNameOf, clusterUuidOf } from '../aws/event-source.js';
import { lookup, ok } from '../snapshot/read.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { fromRead, known, notApplicable } from './fact.js';
import type { Subject } from './subject.js';
import { onlyFor } from './facts/secret.js';
import { subjectOf } from './subject.js';

/** The intended use of a secret. */
export interface SecretQuestion {
  method: SecretMethod;
  /** The cluster that it should be associated with; null where none was named. */
  clusterArn: string | null;
  /** The access type of a schema registry that it is for; null where it is for the cluster. */
  registryAccess?: string | null;
  /** Its text came from a file; there is no secret in the account. */
  fromFile: boolean;
}

const noMapping = '00000000-0000-0000-0000-000000000000';

/** `id`: the snapshot's key for the secret and its profile. */
export function secretSubject(
  snapshot: Snapshot,
  id: string,
  { method, clusterArn, fromFile, registryAccess = null }: SecretQuestion,
): Subject {
  const mapping = {
    UUID: noMapping,
    Topics: [],
    FunctionResponseTypes: [],
    SourceAccessConfigurations: [{ Type: secretTypes[method], URI: id }],
    ...(clusterArn === null ? {} : { EventSourceArn: clusterArn }),
    ...(registryAccess === null
      ? {}
      : {
          AmazonManagedKafkaEventSourceConfig: {
            SchemaRegistryConfig: { AccessConfigs: [{ Type: registryAccess, URI: id }], SchemaValidationConfigs: [] },
          },
        }),
  };
  const subject = subjectOf({ ...snapshot, mappings: { [noMapping]: ok(mapping) } }, noMapping);
  const { partition, region, account } = snapshot;
  const notThere = notApplicable('a file was given instead of a secret');
  const auth = known({ method, because: 'it was asked for', enabled: true, secretUri: id });
  const secret = fromFile ? notThere : subject.secret;
  const scramSecrets = fromFile
    ? notThere
    : clusterArn === null
      ? notApplicable('no cluster was given')
      : method !== 'scram'
        ? notApplicable('it is not a SASL/SCRAM secret')
        : fromRead(lookup(snapshot.scramSecrets, clusterArn, { service: 'kafka', operation: 'ListScramSecrets' }));
  return {
    ...subject,
    mapping: notApplicable('no mapping was given'),
    auth,
    eventSource: known({
      arn: clusterArn ?? '',
      kind: 'cluster',
      partition,
      region,
      clusterAccount: accountOf(clusterArn) ?? account ?? '',
      clusterName: clusterNameOf(clusterArn) ?? '',
      clusterUuid: clusterUuidOf(clusterArn) ?? '',
    }),
    works: known(false),
    observedError: known(null),
    secret,
    ...(fromFile ? { secretKey: notThere } : {}),
    scramSecrets,
    scramSecret: onlyFor('scram', auth, secret),
    scramProfile: onlyFor('scram', auth, subject.secretProfile),
    certificateProfile: onlyFor('mtls', auth, subject.secretProfile),
  };
}
