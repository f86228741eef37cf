/** What the text of `doctor` promises for every sandbox account. */
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { Chalk } from 'chalk';
import { buildRepairPlan } from '../../src/repair/build-repair-plan.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { renderDoctor } from '../../src/report/doctor-text.js';
import { Mentions } from '../../src/report/resource-mentions.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';

const colour = new Chalk({ level: 0 });
/** A command to copy, and the lines that continue it. */
const isCommand = (line: string): boolean =>
  /^ {4,}(?:aws|msk-lambda|kafka-\S+|openssl|keytool) |^ {6,}--|^ {4,}[{[]/.test(line);
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

describe.each(sandboxAccounts.map((account) => [account.name, account] as const))('%s', (_, account) => {
  const diagnosis = diagnose(account.build());
  const render = (columns: number) => renderDoctor(diagnosis, { colour, columns, verbose: false });
  const blocks = render(100).split(/\n─+\n/);

  test('the first line names the function, the topic and the cause', () => {
    const [first] = diagnosis.mappings;
    const cause = first?.findings.find(({ check }) => check === first.causes[0]?.check);
    if (first === undefined || cause === undefined || first.verdict === 'disabled') return;
    const [head] = render(400).split('\n');
    const title = new Mentions(diagnosis.names, first.uuid).title(cause.title);
    expect(head!.toLowerCase()).toContain(` ← ${first.topic}: ${title}`.toLowerCase());
  });

  test('no title is repeated in the block of its mapping', () => {
    for (const { uuid, causes, findings } of diagnosis.mappings) {
      const cause = findings.find(({ check }) => check === causes[0]?.check);
      const block = blocks.find((text) => text.includes(`Mapping ${uuid}`));
      if (cause === undefined || block === undefined) continue;
      const title = new Mentions(diagnosis.names, uuid).title(cause.title).toLowerCase();
      expect(oneLine(block).toLowerCase().split(oneLine(title)).length).toBeLessThanOrEqual(2);
    }
  });

  test('--choose N takes the option that is shown with it', () => {
    for (const { uuid, causes, findings } of diagnosis.mappings) {
      const cause = findings.find(({ check }) => check === causes[0]?.check);
      const block = blocks.find((text) => text.includes(`Mapping ${uuid}`)) ?? '';
      if (cause === undefined) continue;
      const alone = { ...diagnosis, mappings: diagnosis.mappings.filter((mapping) => mapping.uuid === uuid) };
      let number = 0;
      for (const line of block.split('\n')) {
        number = Number(/^ {4}(\d) {2}/.exec(line)?.[1] ?? number);
        const option = Number(/ --choose (\d)/.exec(line)?.[1] ?? 0) - 1;
        if (option < 0) continue;
        const plan = buildRepairPlan(account.build(), alone, { choose: [option] });
        expect(plan.choices[0]?.options[option]?.title).toBe(cause.fixes[number - 1]!.title);
      }
    }
  });

  test('no ARN is shown twice before the commands', () => {
    for (const block of blocks) {
      const sentences = block
        .split('\n')
        .filter((line) => !isCommand(line))
        .join('\n');
      const arns: string[] = sentences.match(/arn:aws[\w-]*:[^\s"'<>,;()[\]’]+/g) ?? [];
      expect(arns.filter((arn, index) => !/[*?]/.test(arn) && arns.indexOf(arn) !== index)).toEqual([]);
    }
  });

  test.each([60, 80, 120])('%i columns are enough, but for commands', (columns) => {
    const long = render(columns)
      .split('\n')
      .filter((line) => !isCommand(line) && stringWidth(line) > columns)
      // A single word that is longer than a line cannot be broken.
      .filter((line) =>
        line
          .trim()
          .split(' ')
          .every((word) => stringWidth(word) <= columns - 12),
      );
    expect(long).toEqual([]);
  });
});
