import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchText } from '../../src/catalogue/match.js';
import { textState } from '../../src/catalogue/text-state.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { renderDoctor } from '../../src/report/doctor-text.js';
import { toDoctorDocument } from '../../src/report/documents/doctor.js';
import { toJson } from '../../src/report/json.js';
import { openAccount, sandboxAccounts } from '../../src/sandbox/index.js';
import { anonymize } from '../../src/snapshot/anonymize/anonymize.js';
import { formatSnapshot, parseSnapshot } from '../../src/snapshot/file.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { Chalk } from 'chalk';
import { readThrough } from '../account/support/read.js';
import { runs } from '../random/seed.js';

/** What must not hang on the order of anything, nor on names. */
const judgement = (snapshot: Snapshot) => {
  const byUuid = new Map(diagnose(snapshot).mappings.map((mapping) => [mapping.uuid, mapping]));
  return (uuids: readonly string[]) =>
    uuids.map((uuid) => {
      const { verdict, causes, findings } = byUuid.get(uuid)!;
      return {
        verdict,
        causes: causes.map(({ check }) => check),
        findings: findings.map(({ check, status }) => `${check} ${status}`),
      };
    });
};

/** Lists whose order means something. */
const ordered = new Set([
  'chain',
  'brokenLinks',
  'Topics',
  'timestamps',
  'values',
  'levels',
  'targets',
  'reads',
  'brokers',
]);

/** The snapshot with its lists, keys and policy statements in another order. */
function shuffle<T>(value: T, random: () => number, member = ''): T {
  const mixed = <U>(list: readonly U[]): U[] =>
    list
      .map((entry) => [random(), entry] as const)
      .toSorted((a, b) => a[0] - b[0])
      .map(([, entry]) => entry);
  if (typeof value === 'string' && value.startsWith('{') && value.includes('"Statement"'))
    return JSON.stringify(shuffle(JSON.parse(value) as unknown, random)) as T;
  if (Array.isArray(value)) {
    const inner = value.map((entry: unknown) => shuffle(entry, random, member));
    return (ordered.has(member) ? inner : mixed(inner)) as T;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    mixed(Object.entries(value)).map(([name, entry]) => [name, shuffle(entry as unknown, random, name)]),
  ) as T;
}

describe('every account of the sandbox is judged the same', () => {
  test.each(sandboxAccounts.map((account) => [account.name, account] as const))(
    '%s',
    async (name, { healthy, firstCause }) => {
      const { answer, snapshot: at } = openAccount(name)!;
      const { snapshot } = await readThrough(answer, {}, { region: at().region });
      const { targets } = snapshot;
      const live = judgement(snapshot)(targets);
      if (healthy)
        for (const mapping of live) expect(mapping.findings.filter((finding) => finding.endsWith(' fail'))).toEqual([]);
      else expect(live.map(({ causes: [first = null] }) => first)).toContain(firstCause);

      const file = parseSnapshot(formatSnapshot(snapshot));
      expect(judgement(file)(targets), 'from a file').toEqual(live);

      const sameMeaning = (before: string, after: string) =>
        matchText(before)?.id === matchText(after)?.id && textState(before) === textState(after);
      const hidden = anonymize(file, { key: 'k', sameMeaning });
      expect(judgement(hidden)(hidden.targets), 'anonymous').toEqual(live);

      fc.assert(
        fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (stream) => {
          const mixed = shuffle(file, () => Number(stream.next().value));
          expect(judgement(mixed)(targets), 'in another order').toEqual(live);
        }),
        { numRuns: runs(3) },
      );
    },
  );
});

test('two runs print the same bytes', () => {
  for (const { build } of sandboxAccounts) {
    const [entry, two] = [build(), build()].map((snapshot) => {
      const diagnosis = diagnose(parseSnapshot(formatSnapshot(snapshot)));
      return [
        toJson(toDoctorDocument(diagnosis, snapshot.tool)),
        renderDoctor(diagnosis, { colour: new Chalk({ level: 0 }), columns: 100, verbose: true }),
      ];
    });
    expect(entry).toEqual(two);
  }
});
