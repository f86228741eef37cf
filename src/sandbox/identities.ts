/** Credentials of a sandbox: the caller's own, and those of roles that it assumed. Made when the account is opened. */
import { randomBytes } from 'node:crypto';
import { isOk } from '../snapshot/read.js';
import { awsError, type Answers } from './answers.js';

export interface SandboxCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export interface Identities {
  /** The caller's credentials. */
  caller: SandboxCredentials;
  /** Temporary credentials of a role, as a service that assumes it gets them. */
  issue(roleArn: string): Required<SandboxCredentials>;
  /** STS. */
  answers: Answers;
  /** Whose an access key is; undefined for one that was not issued here. `roleArn`: null for the caller. */
  find(accessKeyId: string): { secretAccessKey: string; roleArn: string | null } | undefined;
}

/** Access keys have 20 characters; the prefix tells permanent from temporary ones (IAM user guide: unique identifiers). */
const keyId = (prefix: 'AKIA' | 'ASIA'): string => `${prefix}${randomBytes(8).toString('hex').toUpperCase()}`;
const secretKey = (): string => randomBytes(30).toString('base64');

/** Every role of a sandbox trusts the caller, so that its permissions can be tried. */
export function makeIdentities(now: () => Date): Identities {
  const caller = { accessKeyId: keyId('AKIA'), secretAccessKey: secretKey() };
  const issued = new Map<string, { secretAccessKey: string; roleArn: string | null }>([
    [caller.accessKeyId, { secretAccessKey: caller.secretAccessKey, roleArn: null }],
  ]);
  const issue = (roleArn: string): Required<SandboxCredentials> => {
    const made = {
      accessKeyId: keyId('ASIA'),
      secretAccessKey: secretKey(),
      sessionToken: randomBytes(48).toString('base64'),
    };
    issued.set(made.accessKeyId, { secretAccessKey: made.secretAccessKey, roleArn });
    return made;
  };
  return {
    caller,
    issue,
    find: (accessKeyId) => issued.get(accessKeyId),
    answers: {
      AssumeRole: ({ RoleArn: arn, DurationSeconds: seconds }, snapshot) => {
        const role = snapshot.roles[String(arn)];
        // STS answers the same for a role that does not exist and for one that may not be assumed.
        if (role === undefined || !isOk(role))
          throw awsError(
            'AccessDenied',
            `User: ${snapshot.caller} is not authorized to perform: sts:AssumeRole on resource: ${String(arn)}`,
            403,
          );
        const made = issue(String(arn));
        return {
          Credentials: {
            AccessKeyId: made.accessKeyId,
            SecretAccessKey: made.secretAccessKey,
            SessionToken: made.sessionToken,
            Expiration: new Date(now().getTime() + Number(seconds ?? 3600) * 1000),
          },
        };
      },
    },
  };
}
