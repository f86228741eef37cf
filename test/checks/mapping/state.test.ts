import { describe, expect, test } from 'vitest';
import { capturedAt, denied, uuid } from '../../accounts/account.js';
import { all, expectHarmless, expectMended, judge, mapping, textOf, shows } from '../judging.js';

const ago = (minutes: number) => new Date(Date.parse(capturedAt) - minutes * 60_000).toISOString();

test.each(['Disabled', 'Disabling', 'Deleting'])('%s stops it', (State) => {
  const finding = judge('mapping.state', mapping({ State }));
  expect(finding.status).toBe('fail');
  expect(textOf(finding)).toContain(`is ${State}`);
});

test.each(['Creating', 'Enabling', 'Updating'])('%s passes for ten minutes, and is stuck after them', (State) => {
  expect(judge('mapping.state', mapping({ State, LastModified: ago(9) })).status).toBe('pass');
  const finding = judge('mapping.state', mapping({ State, LastModified: ago(42) }));
  expect(finding.status).toBe('fail');
  expect(finding.title).toContain('42 minutes');
  expect(finding.fixes.every(({ changes }) => changes.length === 0)).toBe(true);
});

test('a state since when AWS does not say is not called stuck', () => {
  expect(
    judge('mapping.state', (snapshot) => mapping({ State: 'Updating', LastModified: undefined })(snapshot)).status,
  ).toBe('pass');
});

describe('who stopped it', () => {
  test.each([
    'ESM_CONFIG_NOT_VALID',
    'EVENT_SOURCE_AUTHN_ERROR',
    'EVENT_SOURCE_AUTHZ_ERROR',
    'FUNCTION_CONFIG_NOT_VALID',
  ])('Lambda, by %s', (StateTransitionReason) => {
    const finding = judge('mapping.state', mapping({ State: 'Disabled', StateTransitionReason }));
    expect(finding.title).toContain('Lambda disabled the mapping');
    expect(textOf(finding)).toMatch(new RegExp(`${StateTransitionReason} \\(Lambda .*stopped polling`));
    expect(finding.fixes[0]!.title).toContain('after the cause is fixed');
  });

  test('a user', () => {
    const finding = judge('mapping.state', mapping({ State: 'Disabled', StateTransitionReason: 'User action' }));
    expect(textOf(finding)).toContain('StateTransitionReason is User action');
    expect(finding.title).not.toContain('Lambda');
    expect(finding.fixes.map(({ title }) => title)).toEqual(['Enable the mapping']);
  });

  test('a reason that nobody knows is shown as it is', () =>
    expect(
      textOf(judge('mapping.state', mapping({ State: 'Disabled', StateTransitionReason: 'MOON_IN_THE_WAY' }))),
    ).toContain('MOON_IN_THE_WAY'));
});

test('enabled, and enabled with an error, are for other checks', () => {
  expectHarmless('mapping.state', 'pass', () => {});
  expectHarmless('mapping.state', 'pass', mapping({ State: 'enabled' }));
  expect(judge('mapping.state', shows('PROBLEM: SASL authentication failed.')).status).toBe('pass');
});

test('unread', () => {
  const finding = judge(
    'mapping.state',
    (snapshot) => void (snapshot.mappings[uuid] = denied('lambda', 'GetEventSourceMapping', uuid)),
  );
  expect(finding).toMatchObject({ status: 'unknown', missingActions: ['lambda:GetEventSourceMapping'] });
});

test('disabled by a user, found first whatever text is left, enabled, healthy', () => {
  expectMended('mapping.state', mapping({ State: 'Disabled' }));
  expectMended(
    'mapping.state',
    all(
      mapping({ State: 'Disabled' }),
      shows('PROBLEM: Connection error. Please check your event source connection configuration.'),
    ),
  );
});
