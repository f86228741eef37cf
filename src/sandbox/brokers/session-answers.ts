/** Answers that open a session: versions and login. */
import { errorCode } from '../../kafka/error-codes.js';
import { ScramServer } from '../../kafka/login/scram.js';
import { apis } from '../../kafka/messages/index.js';
import type { Answerers, ApiResponse } from './answer-types.js';
import { iamPrincipal } from './iam-login.js';
import { scramMechanism } from './scram-users.js';
import type { Session } from './session.js';

/** By listener (AWS: MSK, IAM access control and SASL/SCRAM). */
const mechanismsOf = ({ listener }: Session): string[] =>
  listener.kind === 'iam' ? ['AWS_MSK_IAM', 'OAUTHBEARER'] : listener.kind === 'scram' ? [scramMechanism] : [];

const noBytes = Buffer.alloc(0);

export const sessionAnswers: Answerers<'apiVersions' | 'saslHandshake' | 'saslAuthenticate'> = {
  apiVersions: () => offeredVersions(0),

  saslHandshake({ mechanism }, session) {
    const mechanisms = mechanismsOf(session);
    if (!session.takesSasl || session.mechanism !== null)
      return { errorCode: errorCode('ILLEGAL_SASL_STATE'), mechanisms };
    if (!mechanisms.includes(mechanism)) return { errorCode: errorCode('UNSUPPORTED_SASL_MECHANISM'), mechanisms };
    session.mechanism = mechanism;
    return { errorCode: 0, mechanisms };
  },

  async saslAuthenticate({ authBytes }, session) {
    if (session.mechanism === null || session.principal !== null)
      return {
        errorCode: errorCode('ILLEGAL_SASL_STATE'),
        errorMessage: null,
        authBytes: noBytes,
        sessionLifetimeMs: 0,
      };
    const answer =
      session.mechanism === scramMechanism ? scramStep(authBytes, session) : await iamStep(authBytes, session);
    return answer ?? refusal(session);
  },
};

/** Every version that is declared. */
export const offeredVersions = (code: number): ApiResponse<'apiVersions'> => ({
  errorCode: code,
  apiKeys: Object.values(apis).map(({ key, versions }) => ({
    apiKey: key,
    minVersion: versions.least,
    maxVersion: versions.most,
  })),
  throttleTimeMs: 0,
});

type Step = ApiResponse<'saslAuthenticate'>;

const accepted = (authBytes: Buffer): Step => ({ errorCode: 0, errorMessage: null, authBytes, sessionLifetimeMs: 0 });

/** Kafka's own words; MSK's for IAM. */
function refusal(session: Session): Step {
  session.refused = true;
  const errorMessage =
    session.mechanism === scramMechanism
      ? `Authentication failed during authentication due to invalid credentials with SASL mechanism ${scramMechanism}`
      : 'Access denied';
  return {
    errorCode: errorCode('SASL_AUTHENTICATION_FAILED'),
    errorMessage,
    authBytes: noBytes,
    sessionLifetimeMs: 0,
  };
}

/** Null for a refusal. */
function scramStep(message: Buffer, session: Session): Step | null {
  if (session.scram === null) {
    session.scram = new ScramServer(scramMechanism, (name) => session.cluster.users.get(name));
    const first = session.scram.first(message);
    return first === null ? null : accepted(first);
  }
  const final = session.scram.final(message);
  if (final === null) return null;
  session.principal = { kind: 'user', name: `User:${session.scram.username}` };
  return accepted(final);
}

/** Null for a refusal. The permission kafka-cluster:Connect is part of the login. */
async function iamStep(message: Buffer, session: Session): Promise<Step | null> {
  const { cluster, listener, mechanism } = session;
  const principal = await iamPrincipal(mechanism ?? '', message, listener.host, cluster.identities);
  if (principal === null || !cluster.authorizer.allows(principal, 'Connect', { type: 'cluster' })) return null;
  session.principal = principal;
  return accepted(
    mechanism === 'OAUTHBEARER'
      ? noBytes
      : Buffer.from(JSON.stringify({ version: '2020_10_22', 'request-id': 'sandbox' })),
  );
}
