/** A sandbox account served to the built program, for tests that change it. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import changeSchema from '../../schema/change.v1.json' with { type: 'json' };
import type { ChangeDocument } from '../../src/report/documents/change.js';
import { openAccount, type Sandbox } from '../../src/sandbox/index.js';
import type { Answerer } from '../../src/account/clients.js';
import { isOk } from '../../src/snapshot/read.js';
import { startDouble, type Double, type Fault } from '../wire/double.js';
import { looksLikeTrace, run, type Ran } from './program.js';

const validate = new Ajv2020().compile(changeSchema);

export interface Account {
  sandbox: Sandbox;
  double: Double;
  run(...words: string[]): Promise<Ran>;
  json(...words: string[]): Promise<{ exitCode: number | null; document: ChangeDocument }>;
  count(operation: string): number;
  mappings(): string[];
}

/** A sandbox account over HTTP, until the tests end. `faultOf` is told a call and how many times it came; `answer` may stand in the account's place. */
export async function serve(
  name: string,
  faultOf?: (name: string, times: number) => Fault | undefined,
  answer?: (sandboxAnswer: Answerer) => Answerer,
): Promise<Account> {
  const sandbox = openAccount(name)!;
  const times = new Map<string, number>();
  const sandboxAnswer = sandbox.answer as Answerer;
  const double = await startDouble(answer === undefined ? sandboxAnswer : answer(sandboxAnswer), (call) => {
    times.set(call, (times.get(call) ?? 0) + 1);
    return faultOf?.(call, times.get(call)!);
  });
  const runWords = (...words: string[]) => run(words, { env: { AWS_ENDPOINT_URL: double.url } });
  return {
    sandbox,
    double,
    run: runWords,
    json: async (...words) => {
      const ran = await runWords(...words, '--output', 'json');
      expect(looksLikeTrace(ran)).toBe(false);
      const document = JSON.parse(ran.stdout) as ChangeDocument;
      expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
      return { exitCode: ran.exitCode, document };
    },
    count: (operation) => double.requests.filter((request) => request === `lambda ${operation}`).length,
    mappings: () =>
      Object.values(sandbox.snapshot().mappings)
        .filter(isOk)
        .map(({ value }) => value.Topics[0]!)
        .toSorted(),
  };
}
