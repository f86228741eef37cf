/** One answer to what a text says, in every place that asks: healthy stays healthy, however Lambda spells it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { textState } from '../../src/catalogue/text-state.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { openAccount, sandboxAccounts } from '../../src/sandbox/index.js';
import { formatSnapshot } from '../../src/snapshot/file.js';
import { isOk } from '../../src/snapshot/read.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { readThrough } from '../account/support/read.js';
import { runInProcess } from '../cli/in-process.js';

const spellings = {
  ok: ['OK', 'OK.', 'ok', 'ok.', 'Ok', ' OK ', '\tOK.\n'],
  idle: ['No records processed', 'No records processed.', 'NO RECORDS PROCESSED', ' no  records processed. '],
  none: [undefined, null, '', '  ', '\n'],
  error: ['PROBLEM: Function call failed', 'OKAY?', 'not OK', 'no records', 'constructor', 'OK, but slow'],
} as const;

describe.each(Object.entries(spellings))('%s', (state, texts) => {
  test.each(texts.map((text) => [text]))('%j', (text) => expect(textState(text)).toBe(state));
});

/** The snapshot in which every mapping that shows a text of this state spells it so. */
const respelled = (snapshot: Snapshot, state: string, text: string): Snapshot => {
  const changed = structuredClone(snapshot);
  for (const read of Object.values(changed.mappings))
    if (isOk(read) && textState(read.value.LastProcessingResult) === state) read.value.LastProcessingResult = text;
  return changed;
};

/** Every diagnosis, without the text that it was made from. */
const judgement = (snapshot: Snapshot) =>
  diagnose(snapshot).mappings.map((mapping) => ({
    ...mapping,
    observed: { ...mapping.observed, lastProcessingResult: null },
  }));

test.each(sandboxAccounts.map(({ name }) => [name]))('%s is judged the same in every spelling', async (name) => {
  const { snapshot } = await readThrough(openAccount(name)!.answer);
  for (const state of ['ok', 'idle'] as const) {
    const expected = judgement(respelled(snapshot, state, spellings[state][0]));
    for (const text of [' ok. ', ' no records processed. '].filter((text) => textState(text) === state))
      expect(judgement(respelled(snapshot, state, text)), text).toEqual(expected);
  }
});

test('a mapping that works in spite of a fault of the network is healthy in every spelling', async () => {
  const { snapshot } = await readThrough(openAccount('private-dns-off')!.answer);
  const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-text-'));
  try {
    for (const text of spellings.ok) {
      const file = join(folder, 'snapshot.json');
      writeFileSync(file, formatSnapshot(respelled(snapshot, 'error', text)));
      expect(await runInProcess(['doctor', '--snapshot', file]), text).toMatchObject({ exitCode: 0 });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
