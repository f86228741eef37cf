import { describe, expect, it } from 'vitest';
import { credentialsTrouble, iamAction, isCredentialsError, outcomeOf, toFailure } from '../../src/account/failure.js';

const error = (name: string, httpStatusCode?: number, message = '') =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
const network = (code: string) => Object.assign(new Error(`${code} somewhere`), { code });

describe('outcomes', () => {
  it.each([
    {
      outcome: 'not-found',
      names: [
        'ResourceNotFoundException',
        'NotFoundException',
        'NoSuchEntityException',
        'NoSuchEntity',
        'InvalidSubnetID.NotFound',
        'AWS.SimpleQueueService.NonExistentQueue',
        'QueueDoesNotExist',
        'NoSuchBucket',
        'EntityNotFoundException',
      ],
    },
    {
      outcome: 'denied',
      names: [
        'AccessDenied',
        'AccessDeniedException',
        'UnauthorizedOperation',
        'UnauthorizedException',
        'ForbiddenException',
        'AuthorizationErrorException',
        'ExpiredTokenException',
        'ExpiredToken',
        'UnrecognizedClientException',
        'InvalidClientTokenId',
        'SignatureDoesNotMatch',
        'AuthFailure',
        'CredentialsProviderError',
      ],
    },
    {
      outcome: 'throttled',
      names: [
        'ThrottlingException',
        'Throttling',
        'TooManyRequestsException',
        'RequestLimitExceeded',
        'RequestThrottled',
        'SlowDown',
      ],
    },
    { outcome: 'timed-out', names: ['TimeoutError', 'AbortError', 'RequestTimedOut'] },
    {
      outcome: 'failed',
      names: [
        'InternalServerError',
        'BadRequestException',
        'ServiceException',
        'SyntaxError',
        'LimitExceededException',
      ],
    },
  ])('$outcome', ({ outcome, names }) => {
    for (const name of names) expect([name, outcomeOf(error(name))]).toEqual([name, outcome]);
  });

  it.each([
    [403, 'denied'],
    [401, 'denied'],
    [429, 'throttled'],
    [500, 'failed'],
  ])('an unknown name goes by its status %i', (status, outcome) => {
    expect(outcomeOf(error('Whatever', status))).toBe(outcome);
  });

  it('a 404 that names nothing of AWS’s is an operation that nobody knows, and no resource that is gone', () => {
    for (const name of ['Unknown', 'UnknownOperationException', 'SyntaxError'])
      expect(outcomeOf(error(name, 404), 'lambda')).toBe('failed');
    for (const words of [
      'The resource you requested does not exist.',
      'Function not found: arn:aws:lambda:eu-west-1:111122223333:function:gone',
      'The role with name gone cannot be found.',
    ])
      expect(outcomeOf(error('Unknown', 404, words))).toBe('not-found');
    expect(outcomeOf(error('Unknown', 404, 'The requested URL was not found on the server.'))).toBe('failed');
    // In XML the SDK makes this name up where the answer has none; S3 answers HeadBucket without a body.
    expect(['ec2', 'iam', 's3', 'sns'].map((service) => outcomeOf(error('NotFound', 404), service))).toEqual([
      'failed',
      'failed',
      'not-found',
      'not-found',
    ]);
  });

  it('a host without an address is no resource that is gone', () => {
    expect(outcomeOf(network('ENOTFOUND'))).toBe('failed');
    expect(toFailure(network('ENOTFOUND'), { service: 'lambda', operation: 'GetEventSourceMapping' }).error).toMatch(
      /check the region/,
    );
    expect(outcomeOf(network('ETIMEDOUT'))).toBe('timed-out');
    expect(outcomeOf(Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }))).toBe('failed');
  });

  it('a clock that is wrong is no credential that has expired', () => {
    expect(isCredentialsError(error('RequestTimeTooSkewed', 403))).toBe(true);
    for (const failure of [
      'InvalidSignatureException: Signature expired: 20261125T000000Z is now earlier than 20261125T220000Z',
      'SignatureDoesNotMatch: Signature not yet current: 20261126T000000Z',
      'RequestTimeTooSkewed: The difference is too large.',
    ])
      expect(credentialsTrouble(failure)?.sentence).toMatch(/clock/);
    expect(credentialsTrouble('ExpiredToken: The security token included in the request is expired')?.sentence).toMatch(
      /have expired/,
    );
  });

  it('credentials are told from rights', () => {
    expect(isCredentialsError(error('ExpiredTokenException', 403))).toBe(true);
    expect(isCredentialsError(error('AccessDeniedException', 403))).toBe(false);
  });
});

describe('the failed read', () => {
  it('names the IAM action', () => {
    expect(iamAction('kafka', 'ListScramSecrets')).toBe('kafka:ListScramSecrets');
    expect(iamAction('s3', 'HeadBucket')).toBe('s3:ListBucket');
    expect(toFailure(error('AccessDenied'), { service: 'iam', operation: 'GetRole', resource: 'r' })).toMatchObject({
      action: 'iam:GetRole',
      resource: 'r',
    });
  });

  it('says the status where the answer has no error of AWS’s', () => {
    const failure = (name: string, message: string, status?: number) =>
      toFailure(error(name, status, message), { service: 'lambda', operation: 'GetFunction' }).error;
    expect([failure('Unknown', 'UnknownError', 307), failure('UnknownError', 'UnknownError', 502)]).toEqual([
      'HTTP status 307 without an AWS error; the response may come from a proxy',
      'HTTP status 502 without an AWS error; the response may come from a proxy',
    ]);
    expect(failure('Unknown', 'Function not found', 404)).toBe('Unknown: Function not found');
  });

  it('holds neither line ends, nor a raw answer, nor a message without end', () => {
    const failure = toFailure(
      error('Bad', 400, `first\nsecond ${'x'.repeat(5000)} Deserialization error: to see the raw response`),
      { service: 'ec2', operation: 'DescribeSubnets' },
    ).error;
    expect(failure.length).toBeLessThan(400);
    expect(failure).toMatch(/^Bad: first second x/);
  });
});
