/** Markdown: the answer first, at most as long as a comment may be, and no markup from names. */
import { describe, expect, test } from 'vitest';
import { codeSpan, inMarkdown } from '../../../src/report/formats/markdown-text.js';
import { finding, hostileReport, mapping, rendered, reportWith, sandboxReports } from './support/reports.js';

describe('markdown', () => {
  test.each(sandboxReports())('%s: every failure with its title, the answer first', async (_, report) => {
    const text = await rendered(report, 'markdown');
    expect(text).toMatch(/^### `msk-lambda doctor`: \d+ mappings? in eu-west-1 \(/);
    for (const { findings } of report.mappings)
      for (const { status, check } of findings) if (status === 'fail') expect(text).toContain(`\`${check}\``);
  });

  test('a chat message of a broken mapping is two lines', async () => {
    const text = await rendered(reportWith({ mappings: [mapping()] }), 'markdown', { isShort: true });
    expect(text).toBe(
      '- ❌ **`order-handler` ← `orders`**: subnet cannot reach STS\n\n`msk-lambda doctor`: 1 mapping in `eu-west-1` (1 broken)\n'.replace(
        '`eu-west-1`',
        'eu-west-1',
      ),
    );
  });

  test('a chat message about many names five', async () => {
    const mappings = Array.from({ length: 40 }, (_, index) => mapping({ id: String(index) }));
    const text = await rendered(reportWith({ mappings }), 'markdown', { isShort: true });
    expect(text.split('\n').filter((line) => line.startsWith('- ❌'))).toHaveLength(5);
    expect(text).toContain('- and 35 more');
  });

  test('longer than a comment: cut between findings, with a sentence', async () => {
    const mappings = Array.from({ length: 700 }, (_, index) => mapping({ id: String(index) }));
    for (const report of [reportWith({ mappings }), hostileReport()]) {
      const text = await rendered(report, 'markdown');
      expect(text.length).toBeLessThanOrEqual(65_536);
    }
    const text = await rendered(reportWith({ mappings }), 'markdown');
    expect(text).toMatch(/The rest is left out, because a comment has at most 65536 characters: [^\n]*\n$/);
    expect(text.length).toBeGreaterThan(60_000);
  });

  test('one that just fits is whole', async () => {
    const answer = 'a '.repeat(32_000);
    const text = await rendered(reportWith({ mappings: [mapping({ answer, findings: [] })] }), 'markdown');
    expect(text).not.toContain('left out');
  });

  test.each([
    ['role order-role lacks kafka:GetBootstrapBrokers.', 'role order-role lacks `kafka:GetBootstrapBrokers`.'],
    ['Run `msk-lambda doctor a|b` now', 'Run `msk-lambda doctor a|b` now'],
    ['ask @everyone, see #12 or GH-7', 'ask `@everyone`, see `#12` or `GH-7`'],
    ['<b>x</b>', '`<b>x</b>`'],
    ['1. first', '`1`. first'],
    ['a ` b', 'a ` b'.replace('`', '`` ` ``')],
    ['see www.example.com', 'see `www.example.com`'],
  ])('%s', (text, shown) => expect(inMarkdown(text)).toBe(shown));

  test('code has a fence that it does not contain', () => {
    expect([codeSpan('a`b'), codeSpan('``'), codeSpan(' ')]).toEqual(['``a`b``', '``` `` ```', '`   `']);
  });

  test('known, suppressed and undecided findings are listed apart', async () => {
    const findings = [
      finding({ check: 'network.nacl', isKnown: true }),
      finding({ suppression: { reason: 'planned', until: '2099-01-01', kind: 'external' } }),
      finding({ check: 'access.trust', status: 'unknown' }),
    ];
    const text = await rendered(reportWith({ mappings: [mapping({ verdict: 'unknown', findings })] }), 'markdown');
    expect(text).not.toContain('#### ❌');
    expect(text).toMatch(/#### Could not check\n\n- [^\n]*`access\.trust`/);
    expect(text).toMatch(/#### Known, in the baseline \(1\)\n\n- `network\.nacl`/);
    expect(text).toMatch(/#### Suppressed \(1\)\n\n- `network\.aws-path` [^\n]*\(planned, until 2099-01-01\)/);
  });
});
