/** Printed commands lead to the account that was diagnosed. */
import { expect, test } from 'vitest';
import { inAccount } from '../../src/report/in-account.js';
import { shell } from '../../src/text/shell.js';

const options = { region: 'eu-west-1', profile: 'prod', source: ['--profile', 'prod', '--sandbox', 'several'] };

test.each([
  [shell`msk-lambda recreate ${'u'} --topic x`, 'msk-lambda recreate u --topic x --profile prod --sandbox several'],
  [shell`aws kms enable-key --key-id k`, 'aws kms enable-key --key-id k --region eu-west-1 --profile prod'],
  [shell`aws logs tail g --region us-east-1`, 'aws logs tail g --region us-east-1 --profile prod'],
  [shell`aws iam get-role --role-name r`, 'aws iam get-role --role-name r --profile prod'],
  [shell`openssl x509 -in a.pem`, 'openssl x509 -in a.pem'],
  [
    shell`openssl pkey -in k && msk-lambda secret create n`,
    'openssl pkey -in k && msk-lambda secret create n --profile prod --sandbox several',
  ],
])('%s', (command, printed) => expect(inAccount(command, options)).toBe(printed));

test('an operator in a quoted value separates no commands', () => {
  const command = shell`aws logs tail ${'a && aws b'}`;
  expect(inAccount(command, { region: 'eu-west-1', source: [] })).toBe("aws logs tail 'a && aws b' --region eu-west-1");
});
