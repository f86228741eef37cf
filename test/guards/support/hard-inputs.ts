/** Run by itself: what reads pasted and foreign text, on texts of 1,000,000 characters. Ends, or is ended by the test. */
import { matchAny, matchText } from '../../../src/catalogue/match.js';
import { mentionsOf } from '../../../src/catalogue/mentions.js';
import { findDenial } from '../../../src/catalogue/denial.js';
import { lastLoggedError } from '../../../src/catalogue/poller-log.js';
import { stoppedBecause } from '../../../src/catalogue/stop-codes.js';
import { textState } from '../../../src/catalogue/text-state.js';
import { visibleLines } from '../../../src/text/visible.js';
import { wrap } from '../../../src/text/wrap.js';
import { oneIn } from '../../random/seed.js';

const length = 1_000_000;
const uuid = '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11';
/** Signs and beginnings that the catalogue looks for. */
const pieces = [
  ...'.| \n\t\\"\'`>[]()&;:-_/=,0aA\u001b│“’\u00ad',
  '\\\\"',
  '\\u0027',
  '&nbsp;',
  '&amp;',
  '&#39;',
  '\u001b[31m',
  '\u001b]0;',
  '\\u001b[',
  '[0;',
  'PROBLEM: ',
  'OK. ',
  'User: ',
  'User: arn:aws:iam::1:user/a is not authorized to perform: ',
  'is not authorized to perform: ',
  'is not authorized to perform: kafka:',
  ' on resource: ',
  'arn:aws:',
  'arn:aws:kafka:eu-west-1:111122223333:cluster/',
  'because no ',
  'ec2:',
  'a-a:a ',
  'permissions to call a on ',
  'event_source_arn="arn:',
  'mapping ',
  'uuid ',
  `mapping ${uuid.slice(0, 30)}`,
  `uuid ${uuid} `,
  'event_source_mapping ',
  '[id=',
  'topics [',
  'topic "',
  'topic a ',
  'Connection error: ',
  ']: access denied ',
  'kafka ',
];

for (const piece of oneIn(12, pieces)) {
  process.stdout.write(`${JSON.stringify(piece)}\n`);
  for (const text of [piece.repeat(length / piece.length), `x${piece.repeat(length / piece.length)}x`]) {
    matchAny(text);
    matchText(text);
    findDenial(text);
    mentionsOf(text);
    textState(text);
    stoppedBecause(text);
    lastLoggedError([{ errorMessage: text }]);
    wrap(visibleLines(text), { columns: 80 });
  }
}
process.stdout.write('done\n');
