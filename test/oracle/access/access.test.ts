/** Our evaluator against another one, on random policies and requests. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seed } from '../../random/seed.js';
import { leftOut } from '../left-out.js';
import { accessCase, type AccessCase } from './cases.js';
import { judgeByUs, questionsOf } from './compare.js';
import { openPeer, type Peer } from './peer.js';

const asked = process.env['MSK_LAMBDA_REQUIRE_ALL'] === '1' || process.env['npm_lifecycle_event'] === 'oracle:access';
const cases = Number(process.env['MSK_LAMBDA_ACCESS_CASES'] ?? 20_000);

describe.skipIf(
  leftOut('the access oracle', asked ? null : '`npm run oracle:access` installs the engine it compares with'),
)(`access, seed ${seed}`, () => {
  let peer: Peer;
  beforeAll(async () => {
    peer = await openPeer();
  });
  afterAll(() => peer.close());

  test(`${cases} policies and requests: no disagreement`, async () => {
    const disagreements: { why: string; accessCase: AccessCase; trace: unknown }[] = [];
    const counts: Record<string, number> = {};
    const all = fc.sample(accessCase, { numRuns: cases, seed });
    for (let start = 0; start < all.length; start += 500) {
      const batch = all.slice(start, start + 500);
      const questions = batch.map(questionsOf);
      const answers = await peer.ask(questions.flat());
      let at = 0;
      batch.forEach((accessCase, index) => {
        const theirs = answers.slice(at, (at += questions[index]!.length));
        const ours = judgeByUs(accessCase);
        counts[ours.answer] = (counts[ours.answer] ?? 0) + 1;
        const allowed = new Set(theirs.map((answer) => (answer.startsWith('error') ? answer : answer === 'Allowed')));
        const wrong =
          ours.answer === 'cannot-tell'
            ? accessCase.unknown.length === 0 && !undecidedByDesign(ours.trace)
            : [...allowed].some((answer) => answer !== (ours.answer === 'allowed'));
        if (wrong)
          disagreements.push({
            why: `ours ${ours.answer}, theirs ${[...new Set(theirs)].join(', ')}`,
            accessCase,
            trace: ours.trace,
          });
      });
    }
    console.info(`seed ${seed}: ${JSON.stringify(counts)}, ${disagreements.length} disagreements`);
    const shortest = disagreements.toSorted((a, b) => JSON.stringify(a).length - JSON.stringify(b).length).slice(0, 5);
    expect(shortest.map((accessCase) => JSON.stringify(accessCase)).join('\n')).toBe('');
    // Neither engine may say the same to everything.
    expect(Math.min(counts['allowed'] ?? 0, counts['denied'] ?? 0)).toBeGreaterThan(cases / 50);
  });
});

/** What we do not decide and the peer does, each for a reason of its own. */
const byDesign = [
  /one session of the role/, // the pollers' session has a name that nobody documents
  /NotPrincipal names the role or its account/, // which of account, role and session must be named differs between services
  /does not document NotPrincipal with everyone/, // refused by AWS when a policy is written
  /how a negated (condition|element) is evaluated/, // a variable without a value may make the whole statement invalid
  /what the resource-based policy allows for a session of the role/, // a session that is granted directly is not bound by the boundary
  /how ForAnyValue with IfExists is evaluated/, // each says the contrary of an absent key
  /only if a wildcard may match a colon/, // AWS documents it for a wildcard at the end of a segment only
];

const undecidedByDesign = (trace: readonly { effect: string; because: string }[]): boolean =>
  trace.some(({ effect, because }) => effect === 'cannot-tell' && byDesign.some((pattern) => pattern.test(because)));
