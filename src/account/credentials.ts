/** Where a client's credentials come from, and an error of its own where there are none: what STS or a process refuses is no refusal of the call that needed them. */
import { isCredentialsError, sentenceOf } from './failure.js';

type Provider = (how?: object) => Promise<object>;
interface AnyClient {
  config: { credentials: Provider };
}

/** The profile's way to credentials failed: a role that may not be assumed, a sign-in service that does not answer. */
export class CredentialsNotGiven extends Error {
  override name = 'CredentialsNotGiven';
}

/** `profile`: as a flag named it. */
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

/** The SDK leaves the variables out where AWS_PROFILE is set, even where that profile holds no credentials; the AWS CLI leaves them out for `--profile` alone. */
function credentialsOf({
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  AWS_SESSION_TOKEN: sessionToken,
}: NodeJS.ProcessEnv): object | undefined {
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
