/** A probe’s input for brokers on loopback. */
import { directDialer } from '../../../src/kafka/dial.js';
import type { ProbeInput } from '../../../src/probe/probe-input.js';

/** Limits that a busy machine does not reach. */
const limits = { step: 60_000, whole: 120_000 };

export const probeInput = (changes: Partial<ProbeInput> & Pick<ProbeInput, 'bootstrap'>): ProbeInput => ({
  auth: 'plaintext',
  credentials: { kind: 'none' },
  certificateAuthority: null,
  topic: null,
  group: null,
  limits,
  showRecord: false,
  dial: directDialer,
  signal: new AbortController().signal,
  ...changes,
});
