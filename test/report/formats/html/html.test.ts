/** The page: its structure for an independent parser, the blocking hop, and the same bytes for the same snapshot. */
import { createHash } from 'node:crypto';
import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../../src/diagnosis/diagnose.js';
import { mappingsOfDiagnosis } from '../../../../src/report/formats/from-doctor.js';
import { columns } from '../../../../src/report/formats/html/path-columns.js';
import type { Report } from '../../../../src/report/formats/report.js';
import { openAccount } from '../../../../src/sandbox/index.js';
import type { Snapshot } from '../../../../src/snapshot/snapshot.js';
import { manyMappings } from '../../../accounts/many.js';
import {
  finding,
  hostileReport,
  mapping,
  rendered,
  reportWith,
  sandboxReports,
  templateReport,
} from '../support/reports.js';

const all = (node: Tree.Node): Tree.Element[] =>
  'childNodes' in node
    ? node.childNodes.flatMap((child) => ['tagName' in child ? [child] : [], all(child)].flat())
    : [];
const text = (node: Tree.Node): string =>
  'value' in node ? (node as Tree.TextNode).value : 'childNodes' in node ? node.childNodes.map(text).join('') : '';
const attribute = ({ attrs }: Tree.Element, name: string): string | undefined =>
  attrs.find((candidate) => candidate.name === name)?.value;
const elementsOf = (page: string): Tree.Element[] => {
  const errors: string[] = [];
  const tree = parse(page, { onParseError: ({ code }) => void errors.push(code) });
  // SVG closes its elements itself.
  expect(errors).toEqual([]);
  return all(tree);
};
const byClass = (elements: readonly Tree.Element[], name: string) =>
  elements.filter((element) => attribute(element, 'class')?.split(' ').includes(name) === true);

function doctorReport(snapshot: Snapshot): Report {
  const diagnosis = diagnose(snapshot);
  return reportWith({
    mappings: mappingsOfDiagnosis(diagnosis),
    source: { command: 'doctor', regions: [{ diagnosis, snapshot }] },
  });
}
const pageOf = async (account: string) =>
  elementsOf(await rendered(doctorReport(openAccount(account)!.snapshot()), 'html'));

describe('html', () => {
  test.each(sandboxReports())('%s: valid, every failing check, ids unique, links with targets', async (_, report) => {
    const page = await rendered(report, 'html');
    const elements = elementsOf(page);
    const headings = elements.filter(({ tagName }) => tagName === 'h1').map(text);
    expect(headings).toHaveLength(1);
    for (const { findings } of report.mappings)
      for (const { status, check } of findings) if (status === 'fail') expect(page).toContain(check);
    const ids = elements.flatMap((element) => attribute(element, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const element of elements) {
      const href = attribute(element, 'href');
      if (href?.startsWith('#') === true) expect(ids).toContain(href.slice(1));
      for (const name of ['aria-labelledby', 'aria-describedby'])
        for (const id of attribute(element, name)?.split(' ') ?? []) expect(ids).toContain(id);
    }
  });

  test.each(sandboxReports().slice(0, 12))('%s: the same bytes again', async (_, report) => {
    expect(await rendered(report, 'html')).toBe(await rendered(report, 'html'));
  });

  test('one file: nothing is loaded, and only its own script and style are allowed', async () => {
    const elements = elementsOf(await rendered(sandboxReports()[0]![1], 'html'));
    const policy = attribute(
      elements.find((element) => attribute(element, 'http-equiv') !== undefined)!,
      'content',
    )!;
    for (const kind of ['script', 'style'] as const) {
      const found = elements.filter(({ tagName }) => tagName === kind);
      expect(found).toHaveLength(1);
      const hash = createHash('sha256').update(text(found[0]!)).digest('base64');
      expect(policy).toContain(`${kind}-src 'sha256-${hash}'`);
    }
    expect(policy).toContain("default-src 'none'");
    expect(elements.filter((element) => attribute(element, 'src') !== undefined)).toEqual([]);
  });

  test('hostile names add no element and no attribute', async () => {
    const page = await rendered(hostileReport(), 'html');
    const elements = elementsOf(page);
    expect(elements.filter(({ tagName }) => ['img', 'iframe', 'object', 'base', 'form'].includes(tagName))).toEqual([]);
    expect(elements.filter(({ tagName }) => tagName === 'script')).toHaveLength(1);
    for (const { attrs } of elements)
      expect(attrs.filter(({ name }) => name.startsWith('on') || name === 'style')).toEqual([]);
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    expect(page).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e\ufffe]/);
  });

  test.each([
    ['nat-blackhole', 'network.aws-path', 'Route'],
    ['public-subnets', 'network.aws-path', 'NAT or endpoint'],
    ['no-sts-endpoint', 'network.aws-path', 'Route'],
    ['private-dns-off', 'network.endpoint-private-dns', 'NAT or endpoint'],
    ['endpoint-group', 'network.endpoint-ingress', 'Security group (inbound)'],
    ['endpoint-policy', 'network.endpoint-policy', 'NAT or endpoint'],
    ['vpc-dns-off', 'network.vpc-dns', 'NAT or endpoint'],
    ['https-egress', 'network.https-egress', 'Security group (outbound)'],
    ['no-self-reference', 'network.broker-ingress', 'Security group (inbound)'],
    ['broker-egress', 'network.broker-egress', 'Security group (outbound)'],
    ['acl-without-answers', 'network.nacl', 'Network ACL'],
    ['subnet-gone', 'network.subnet-capacity', 'Subnet'],
    ['no-addresses', 'network.subnet-capacity', 'Subnet'],
  ])('%s: %s blocks at %s', async (account, check, column) => {
    const hops = byClass(await pageOf(account), 'blocked').filter(({ tagName }) => tagName === 'g');
    expect(hops.length).toBeGreaterThan(0);
    const of = hops.filter((hop) => text(hop).includes(`(${check})`));
    expect(of.length).toBeGreaterThan(0);
    const names = columns.map((name, index) =>
      name === 'Security group' ? `${name} (${index === 1 ? 'outbound' : 'inbound'})` : name,
    );
    expect([...new Set(of.map((hop) => names[Number(attribute(hop, 'data-column'))]))]).toEqual([column]);
    // Not by colour alone, and explained for the keyboard.
    for (const hop of of) {
      expect(attribute(hop, 'tabindex')).toBe('0');
      expect(text(byClass(all(hop), 'sign')[0]!)).toMatch(/^✗\d$/);
      expect(text(all(hop).find(({ tagName }) => tagName === 'desc')!)).not.toBe('');
    }
  });

  test('a healthy account has no blocked hop', async () => {
    for (const [, report] of sandboxReports().filter(([, { mappings }]) =>
      mappings.every(({ verdict }) => verdict === 'healthy'),
    ))
      expect(byClass(elementsOf(await rendered(report, 'html')), 'blocked')).toEqual([]);
  });

  test.each([
    ['explicit-deny', 'denies', /"Sid": "NoReads"/],
    ['group-forgotten', 'missing', /"kafka-cluster:DescribeGroup"/],
    ['boundary', 'missing', /"kafka-cluster:Connect"/],
  ])('%s: the statement that is the reason (%s)', async (account, kind, json) => {
    const statements = byClass(await pageOf(account), 'statement');
    expect(statements.map((element) => attribute(element, 'class'))).toContain(`statement ${kind}`);
    expect(statements.map(text).join('')).toMatch(json);
  });

  test('1,000 mappings: at most 15 MB, the network path of a cluster once, one cause once', async () => {
    const snapshot = manyMappings({ mappings: 1000, clusters: 20, functions: 200 });
    const page = await rendered(doctorReport(snapshot), 'html');
    expect(page.length).toBeLessThan(15_000_000);
    expect(byClass(elementsOf(page), 'network')).toHaveLength(20);
  });

  test('a template: the location of each finding', async () => {
    const report = templateReport();
    const page = await rendered(report, 'html');
    for (const { findings } of report.mappings)
      for (const { status, location } of findings)
        if (status === 'fail' && location !== null) expect(page).toContain(`${location.file}:${location.line}:`);
  });

  test('known and suppressed findings in sections of their own', async () => {
    const report = reportWith({
      mappings: [
        mapping({
          findings: [
            finding(),
            finding({ check: 'network.nacl', isKnown: true }),
            finding({
              check: 'network.vpc-dns',
              suppression: { reason: 'planned', until: '2027-01-01', kind: 'external' },
            }),
          ],
        }),
      ],
    });
    const sections = elementsOf(await rendered(report, 'html')).filter(({ tagName }) => tagName === 'section');
    const section = (id: string) => text(sections.find((element) => attribute(element, 'id') === id)!);
    expect(section('baseline')).toContain('1 new, 1 known');
    expect(section('suppressed')).toContain('planned');
  });
});
