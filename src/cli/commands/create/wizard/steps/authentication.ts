/** How the pollers log in: Lambda selects the method by the secret and by what the cluster has enabled. */
import type { SecretMethod } from '../../../../../aws/msk.js';
import { findSecret, normalizeSecret } from '../../../../../mapping/normalize-input.js';
import { isOk } from '../../../../../snapshot/read.js';
import type { Choice } from '../prompts.js';
import { withSettings, type Draft, type Step } from '../draft.js';
import { authChoices, secretChoices } from '../choices.js';
import { unreadList } from '../account-lists.js';
import { faultOf } from './validation.js';

const isDecided = ({ settings }: Draft): boolean =>
  settings.secret !== undefined || settings.sourceAccess !== undefined;

const authStep: Step = {
  name: 'authentication',
  applies: (draft) => draft.settings.auth === undefined && !isDecided(draft),
  ask: async ({ prompts, draft, earlier }) =>
    withSettings(draft, {
      auth: await prompts.choose({
        message: 'Authentication method?',
        choices: authChoices(draft.cluster ?? null),
        initial: earlier?.settings.auth,
      }),
    }),
};

const secretStep: Step = {
  name: 'secret',
  applies: (draft) => (draft.settings.auth === 'scram' || draft.settings.auth === 'mtls') && !isDecided(draft),
  ask: async (asking) => {
    const { prompts, lists, draft, earlier } = asking;
    const kind = draft.settings.auth as SecretMethod;
    const message =
      kind === 'scram'
        ? 'Secret with the user name and password?'
        : 'Secret with the client certificate and private key?';
    const [secrets, associated] = await Promise.all([
      lists.secrets(),
      kind === 'scram' && draft.clusterArn !== undefined && draft.cluster !== null
        ? lists.scramSecrets(draft.clusterArn)
        : undefined,
    ]);
    const fault = (text: string) =>
      text === '' ? 'Enter the name or ARN of a secret.' : faultOf(asking, { secret: normalizeSecret(text).value });
    const known = isOk(secrets)
      ? secrets.value
      : associated !== undefined && isOk(associated)
        ? associated.value.map((arn) => ({ ARN: arn }))
        : [];
    if (known.length > 0) {
      const typed = (text: string): Choice<string> | undefined => {
        const { value } = normalizeSecret(text);
        const meant = findSecret(value, known)?.value ?? (value.startsWith('arn:') ? value : undefined);
        return meant === undefined || fault(meant) !== null
          ? undefined
          : { value: meant, name: meant, description: 'as typed' };
      };
      const secret = await prompts.choose({
        message,
        choices: secretChoices(known, kind, associated !== undefined && isOk(associated) ? associated.value : null),
        typed,
        initial: earlier?.settings.secret,
      });
      return withSettings(draft, { secret });
    }
    prompts.say(isOk(secrets) ? 'Your credentials see no secret in this region.' : unreadList('The secrets', secrets));
    return withSettings(draft, {
      secret: normalizeSecret(
        await prompts.type({ message: `${message} (name or ARN)`, fault, initial: earlier?.settings.secret }),
      ).value,
    });
  },
};

export const wayInSteps: readonly Step[] = [authStep, secretStep];
