import { isOk } from '../../snapshot/read.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { awsError, valueOrError, type Answers } from '../answers.js';

export const kms: Answers = {
  DescribeKey: ({ KeyId: id }, snapshot) => {
    const { DeletionDate: date, ...key } = valueOrError(snapshot.keys, keyNamed(snapshot, id), 'NotFoundException');
    return { KeyMetadata: { ...key, ...(date === undefined ? {} : { DeletionDate: new Date(date) }) } };
  },
  GetKeyPolicy: ({ KeyId: id }, snapshot) => {
    // An alias is accepted only to describe and to use the key.
    if (/(^|:)alias\//.test(String(id))) throw awsError('NotFoundException', `Invalid keyId '${String(id)}'`);
    return { Policy: valueOrError(snapshot.keyPolicies, keyNamed(snapshot, id), 'NotFoundException') };
  },
  ListGrants: ({ KeyId: id, GranteePrincipal: grantee }, snapshot) => {
    const grantKey = `${keyNamed(snapshot, id)}#${String(grantee)}`;
    return { Grants: snapshot.keyGrants[grantKey] === undefined ? [] : valueOrError(snapshot.keyGrants, grantKey) };
  },
};

/** A snapshot stores a key under the name that a secret uses; AWS also knows it by id and ARN. */
export const keyNamed = ({ keys }: Snapshot, id: unknown): string =>
  Object.entries(keys).find(
    ([key, read]) => key === id || (isOk(read) && (read.value.Arn === id || read.value.KeyId === id)),
  )?.[0] ?? String(id);
