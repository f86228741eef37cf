/**
 * Where a client's credentials come from. If they cannot be obtained, the error has its own class: a refusal by STS
 * or a credential process is not a refusal of the call that needed the credentials.
 */
import { isCredentialsError, sentenceOf } from './failure.js';

/** Credentials that sign requests. */
export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

type Provider = (how?: object) => Promise<object>;
interface AnyClient {
  config: { credentials: Provider };
}

/**
 * The profile's credentials could not be obtained: its role may not be assumed, or the sign-in service does not
 * answer.
 */
export class CredentialsNotGiven extends Error {
  override name = 'CredentialsNotGiven';
}

/** Wraps the client's credential provider, so that its errors are recognised. `profile`: the value of the flag. */
export function tellOfCredentials(client: AnyClient, profile: string | undefined): void {
  const provide = client.config.credentials;
  client.config.credentials = async (how) => {
    try {
      return await provide(how);
    } catch (error) {
      const { name } = error as Error;
      if (name === 'CredentialsProviderError' && profile === undefined) {
        const fromVariables = credentialsOf(process.env);
        if (fromVariables !== undefined) return fromVariables;
      }
      if (name === 'AbortError' || isCredentialsError(error)) throw error;
      throw new CredentialsNotGiven(sentenceOf(error), { cause: error });
    }
  };
}

/**
 * With AWS_PROFILE set, the SDK ignores the credentials in environment variables, even where that profile has none.
 * The AWS CLI ignores them for `--profile` only.
 */
function credentialsOf({
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  AWS_SESSION_TOKEN: sessionToken,
}: NodeJS.ProcessEnv): object | undefined {
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
