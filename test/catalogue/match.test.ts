import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchText } from '../../src/catalogue/match.js';
import { errorTextIds, errorTexts } from '../../src/catalogue/texts.js';

test('every id has its entry, once', () =>
  expect(errorTexts.map((entry) => entry.id).toSorted()).toEqual([...errorTextIds].toSorted()));

describe('wordings of all years', () => {
  test.each([
    {
      text: 'PROBLEM: Connection error. Please check your event source connection configuration.',
      id: 'connection-error',
    },
    {
      text: 'PROBLEM: Connection error. Please check your event source connection configuration. If your event source lives in a VPC, try setting up a new Lambda function or EC2 instance with the same VPC, Subnet, and Security Group settings.',
      id: 'connection-error',
    },
    {
      text: 'PROBLEM: Connection error. Your VPC must be able to connect to Lambda and STS, as well as Secrets Manager if authentication is required.',
      id: 'vpc-cannot-reach-aws',
    },
    {
      text: 'PROBLEM: Connection error. Your event source VPC must be able to connect to Lambda and STS, Secrets Manager (if event source authentication is required), and the OnFailure Destination (if one is configured).',
      id: 'vpc-cannot-reach-aws',
    },
    { text: 'PROBLEM: Cluster failed to authorize Lambda.', id: 'cluster-failed-to-authorize' },
    { text: 'PROBLEM: SASL authentication failed.', id: 'sasl-authentication-failed' },
    { text: 'PROBLEM: Server failed to authenticate Lambda.', id: 'server-failed-to-authenticate-lambda' },
    { text: 'PROBLEM: Lambda failed to authenticate server.', id: 'lambda-failed-to-authenticate-server' },
    { text: 'PROBLEM: Provided certificate or private key is invalid.', id: 'invalid-certificate-or-key' },
    { text: 'PROBLEM: Certificate and/or private key must be in PEM format.', id: 'invalid-certificate-or-key' },
    { text: 'PROBLEM: Lambda failed to assume your function execution role.', id: 'cannot-assume-role' },
    { text: 'PROBLEM: Function call failed', id: 'function-call-failed' },
    { text: 'PROBLEM: internal Lambda error. Please contact Lambda customer support.', id: 'internal-error' },
    {
      text: 'Lambda does not have enough permission to process your event source. Please add ec2:DescribeSecurityGroups permission to role.',
      id: 'not-enough-permission',
    },
  ])('$text', ({ text, id }) => expect(matchText(text)?.id).toBe(id));

  test('a text that nobody has seen is not guessed at', () =>
    expect(matchText('PROBLEM: The moon is in the way.')).toBeUndefined());
});

test('case, blanks, a prefix and a tail change nothing', () => {
  const wrap = fc.constantFrom('', 'PROBLEM: ', 'Problem:  ', 'Resource handler returned message: "');
  const noise = fc.constantFrom('', '.', '...', ' (Service: Lambda, Status Code: 400)', '"', '\n');
  fc.assert(
    fc.property(fc.constantFrom(...errorTexts), wrap, noise, fc.boolean(), (entry, before, after, loud) => {
      const text = `${before}${entry.text.replaceAll(' ', ' \t ')}${after}`;
      expect(matchText(loud ? text.toUpperCase() : text)?.id).toBe(entry.id);
    }),
  );
});
