import { describe, expect, test } from 'vitest';
import { accountWith } from '../accounts/account.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { createSandbox } from '../../src/sandbox/sandbox.js';
import { readThrough } from '../account/support/read.js';
import { healthyNetworks } from './healthy-network.js';
import { healthyRights } from './healthy-rights.js';

/** Odd enough to be told of, though nothing stops. */
const atRisk = new Set(['a subnet is full, but Lambda’s interface is there']);

describe('nothing is said to fail where', () => {
  test.each([...healthyNetworks, ...healthyRights])('%s', async (name, options, change) => {
    const { answer } = createSandbox(accountWith(change, options));
    const { snapshot } = await readThrough(answer);
    const [mapping] = diagnose(snapshot).mappings;
    const complaints = mapping!.findings.filter(
      ({ status }) => status === 'fail' || (status === 'warn' && !atRisk.has(name)),
    );
    expect(complaints.map(({ check, title }) => `${check}: ${title}`)).toEqual([]);
    expect(mapping!.verdict).toBe(atRisk.has(name) ? 'at-risk' : 'healthy');
    expect(mapping!.causes).toEqual([]);
  });
});
