import type { Secret } from '../../snapshot/resources/index.js';
import { awsError, found, type Answers } from '../answers.js';

const dates = ['DeletedDate', 'LastChangedDate', 'LastRotatedDate'] as const;
const secretAnswer = (secret: Secret) => ({ ...secret, ...Object.fromEntries(dates.flatMap((name) => (secret[name] === undefined ? [] : [[name, new Date(secret[name])]]))) });

/** `textOf`: the content of a secret, made when it is asked for. */
export const secretsmanager = (textOf: (id: string) => string): Answers => ({
  DescribeSecret: ({ SecretId: id }, snapshot) => secretAnswer(found(snapshot.secrets, id)),
  GetResourcePolicy: ({ SecretId: id }, snapshot) => {
    const policy = found(snapshot.secretPolicies, id);
    return { ARN: id, ...(policy === '' ? {} : { ResourcePolicy: policy }) };
  },
  GetSecretValue: ({ SecretId: id }, snapshot) => {
    // A profile that was refused stands for a value that is refused.
    found(snapshot.secretProfiles, id);
    if (found(snapshot.secrets, id).DeletedDate !== undefined)
      throw awsError('InvalidRequestException', 'You can’t perform this operation on the secret because it was marked for deletion.');
    return { ARN: id, SecretString: textOf(String(id)) };
  },
});
