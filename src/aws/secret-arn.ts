/** ARNs of secrets, `…:secret:<name>-<suffix>`: Secrets Manager puts a hyphen and six letters or digits behind the name. */

const suffix = /-[A-Za-z0-9]{6}$/;

/** Whether a secret's ARN ends as those of Secrets Manager do. A name may end so as well. */
export const hasSecretSuffix = (arn: string): boolean => suffix.test(arn);

export const withoutSecretSuffix = (arn: string): string => arn.replace(suffix, '');

/** The name of a secret that was named by its ARN, with or without the suffix, or by the name itself. */
export function secretNameOf(secret: string): string {
  const name = secret.split(':secret:')[1];
  return name === undefined ? secret : withoutSecretSuffix(name);
}

/** Whether the secret of this ARN is meant by a name, by its ARN, or by its ARN without the suffix. */
export const isSameSecret = (arn: string, secret: string): boolean =>
  arn === secret || withoutSecretSuffix(arn) === secret || secretNameOf(arn) === secret;

/** Whether a text can be the name or ARN of a secret (Secrets Manager: CreateSecret, Name). What cannot may be its content. */
export const isSecretId = (text: string): boolean =>
  /^[A-Za-z0-9/_+=.@-]{1,512}$/.test(text) || text.startsWith('arn:');
