import { describe, expect, test } from 'vitest';
import { accountWith } from '../accounts/account.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { createSandbox } from '../../src/sandbox/sandbox.js';
import { readThrough } from '../account/support/read.js';
import { brokenNetworks } from './broken-network.js';
import { brokenRights } from './broken-rights.js';
import { says } from './parts.js';

describe('the cause is named first where', () => {
  test.each([...brokenNetworks, ...brokenRights])('%s', async (_, options, text, firstCause, change) => {
    const account = accountWith((snapshot) => {
      says(text)(snapshot);
      change(snapshot);
    }, options);
    const { answer } = createSandbox(account);
    const { snapshot } = await readThrough(answer);
    const [mapping] = diagnose(snapshot).mappings;
    expect(
      mapping!.causes.map(({ check }) => check)[0],
      mapping!.findings
        .filter(({ status }) => status === 'fail')
        .map(({ title }) => title)
        .join('\n'),
    ).toBe(firstCause);
    expect(mapping!.verdict).toBe('broken');
  });
});
