/** How other clients log in to a test broker: settings of Kafka's Java client, and AWS's token for Python. */
import { execFileSync, spawnSync } from 'node:child_process';
import type { Identity } from './certificates.js';
import { iamRegion, type IamKey } from './real-kafka.js';

const bearer = 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required';
const sasl = (mechanism: string, login: string): Record<string, string> => ({
  'security.protocol': 'SASL_SSL',
  'sasl.mechanism': mechanism,
  'sasl.jaas.config': login,
});

export const javaClient = {
  plaintext: { 'security.protocol': 'PLAINTEXT' },
  tls: { 'security.protocol': 'SSL' },
  mtls: ({ certificate, privateKey }: Identity): Record<string, string> => ({
    'security.protocol': 'SSL',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.certificate.chain': certificate,
    'ssl.keystore.key': privateKey,
  }),
  scram: ({ username, password }: { username: string; password: string }): Record<string, string> =>
    sasl(
      'SCRAM-SHA-512',
      `org.apache.kafka.common.security.scram.ScramLoginModule required username="${username}" password="${password}";`,
    ),
  /** AWS's library for Java, by its own mechanism and by OAUTHBEARER. */
  iam: (mechanism: 'AWS_MSK_IAM' | 'OAUTHBEARER'): Record<string, string> => {
    const handlers = 'software.amazon.msk.auth.iam';
    return mechanism === 'AWS_MSK_IAM'
      ? {
          ...sasl(mechanism, `${handlers}.IAMLoginModule required;`),
          'sasl.client.callback.handler.class': `${handlers}.IAMClientCallbackHandler`,
        }
      : {
          ...sasl(mechanism, `${bearer};`),
          'sasl.login.callback.handler.class': `${handlers}.IAMOAuthBearerLoginCallbackHandler`,
          'sasl.client.callback.handler.class': `${handlers}.IAMOAuthBearerLoginCallbackHandler`,
        };
  },
  /** OAUTHBEARER with a token that someone else made. */
  token: (token: string): Record<string, string> => ({
    ...sasl('OAUTHBEARER', `${bearer} given="${token}";`),
    'sasl.login.callback.handler.class': 'Iam$GivenToken',
  }),
};

/** Where AWS's SDK for Java finds credentials. */
export const javaCredentials = (key: IamKey, region = iamRegion): Record<string, string> => ({
  'aws.accessKeyId': key.accessKeyId,
  'aws.secretAccessKey': key.secretAccessKey,
  ...(key.sessionToken === null ? {} : { 'aws.sessionToken': key.sessionToken }),
  'aws.region': region,
});

const python = process.env['MSK_LAMBDA_SIGNER_PYTHON'] ?? 'python3';

export function missingSigner(): string | null {
  const { status } = spawnSync(python, ['-c', 'import aws_msk_iam_sasl_signer'], { stdio: 'ignore' });
  return status === 0
    ? null
    : 'Python lacks aws-msk-iam-sasl-signer-python (MSK_LAMBDA_SIGNER_PYTHON names another Python)';
}

/** The token of AWS's signer for Python. The key goes in by standard input. */
export function pythonToken(key: IamKey, region = iamRegion): string {
  const program = `
import json, sys
from aws_msk_iam_sasl_signer import MSKAuthTokenProvider
from botocore.credentials import CredentialProvider, Credentials
given = json.load(sys.stdin)
class Given(CredentialProvider):
    def load(self):
        return Credentials(given["accessKeyId"], given["secretAccessKey"], given["sessionToken"])
print(MSKAuthTokenProvider.generate_auth_token_from_credentials_provider(given["region"], Given())[0])
`;
  return execFileSync(python, ['-c', program], { input: JSON.stringify({ ...key, region }), encoding: 'utf8' }).trim();
}
