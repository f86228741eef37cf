/** The page in a browser: Debian's Chromium, with axe for accessibility. One browser and one page for all accounts. */
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { each, manyMappings } from '../accounts/many.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { mappingsOfDiagnosis } from '../../src/report/formats/from-doctor.js';
import {
  hostileProbe,
  hostileReport,
  rendered,
  reportWith,
  sandboxReports,
  templateReport,
} from '../report/formats/support/reports.js';
import { runInProcess } from '../cli/in-process.js';
import { leftOut } from './left-out.js';

const executablePath = '/usr/bin/chromium';
const isLeftOut = leftOut('html', existsSync(executablePath) ? null : `${executablePath} is not installed`);

let browser: Browser;
let context: BrowserContext;
let page: Page;
let server: Server;
let address: string;
/** The page that the server answers with, and what was asked of it. */
let document = '';
const requests: string[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  if (isLeftOut) return;
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    response.setHeader('content-type', 'text/html; charset=utf-8').end(document);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'], reducedMotion: 'reduce' });
  page = await context.newPage();
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
});
afterAll(async () => {
  if (isLeftOut) return;
  await browser.close();
  server.close();
});
beforeEach(() => {
  requests.length = 0;
  complaints.length = 0;
});

async function open(text: string, width = 1440, colorScheme: 'light' | 'dark' = 'light'): Promise<void> {
  document = text;
  await page.emulateMedia({ colorScheme, media: 'screen' });
  await page.setViewportSize({ width, height: 900 });
  await page.goto(address);
}

const overflow = () => page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
const openAll = () => page.evaluate('for (const part of document.querySelectorAll("details")) part.open = true');

/** What axe finds, with the elements. */
async function violations(): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations: found } = (await page.evaluate('axe.run()')) as axe.AxeResults;
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map(({ html }) => html)
        .join(' ')}`,
  );
}

const account = (name: string) => rendered(sandboxReports().find(([other]) => other === name)![1], 'html');

describe.skipIf(isLeftOut)('html', () => {
  test.each(
    sandboxReports().map(([name, report], index) => [name, report, index % 2 === 0 ? 'light' : 'dark'] as const),
  )('%s: no complaint, no second request, no overflow, accessible', async (_, report, theme) => {
    await open(await rendered(report, 'html'), 1440, theme);
    await openAll();
    expect(await violations()).toEqual([]);
    expect(await overflow()).toBe(0);
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await overflow()).toBe(0);
    expect(requests).toEqual(['/']);
    expect(complaints).toEqual([]);
  });

  test.each([
    ['a template', () => templateReport()],
    ['hostile names', () => hostileReport()],
    ['a probe with hostile names', () => hostileProbe(false)],
    ['a probe from subnets with hostile names', () => hostileProbe(true)],
    ['nothing', () => reportWith({})],
  ])('%s', async (_, make) => {
    await open(await rendered(make(), 'html'), 360, 'dark');
    await openAll();
    expect(await violations()).toEqual([]);
    expect(await overflow()).toBe(0);
    expect(requests).toEqual(['/']);
    expect(complaints).toEqual([]);
  });

  test.each([
    { account: 'scram', words: [], theme: 'light' },
    { account: 'kafka-acl-group', words: [], theme: 'dark' },
    { account: 'certificate-untrusted', words: [], theme: 'light' },
    { account: 'partition-without-leader', words: [], theme: 'dark' },
    { account: 'nat-blackhole', words: ['--from-vpc', '--yes'], theme: 'dark' },
  ] as const)(
    'probe of $account $words: accessible, no overflow, no request',
    async ({ account: name, words, theme }) => {
      const { stdout } = await runInProcess(['probe', '--sandbox', name, ...words, '--output', 'html']);
      for (const width of [1440, 360]) {
        await open(stdout, width, theme);
        await openAll();
        expect(await violations()).toEqual([]);
        expect(await overflow()).toBe(0);
      }
      expect(requests).toEqual(['/', '/']);
      expect(complaints).toEqual([]);
    },
  );

  test('the hop that blocks is explained on focus, and in view on a phone', async () => {
    await open(await account('nat-blackhole'), 360);
    const hop = page.locator('.hop.blocked').first();
    const background = () => page.evaluate('getComputedStyle(document.querySelector(".reasons .w1")).backgroundColor');
    const plain = await background();
    await hop.focus();
    expect(await background()).not.toBe(plain);
    const box = (await hop.boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(360);
  });

  test('search finds a check, opens its family and hides the others', async () => {
    await open(await account('nat-blackhole'));
    await page.getByLabel('Search checks').fill('network nacl');
    const shown = page.locator('#checks [data-item]:visible');
    await expect.poll(() => shown.count()).toBe(1);
    expect(await shown.textContent()).toContain('network.nacl');
    await page.getByLabel('Search checks').fill('');
    await expect.poll(() => shown.count()).toBe(0);
  });

  test('copy puts the command on the clipboard', async () => {
    await open(await account('nat-blackhole'));
    const box = page.locator('.plan .copied').first();
    const command = await box.locator('pre').textContent();
    await box.getByRole('button', { name: 'Copy' }).click();
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe(command);
    expect(command).toMatch(/^aws ec2 create-vpc-endpoint /);
  });

  test('the theme follows the system, and the choice', async () => {
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    await open(await account('nat-blackhole'), 1440, 'light');
    const light = await background();
    await page.getByLabel('Dark').check();
    const dark = await background();
    expect(dark).not.toBe(light);
    await page.getByLabel('Light').check();
    expect(await background()).toBe(light);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await background()).toBe(light);
    await page.getByLabel('Auto').check();
    expect(await background()).toBe(dark);
  });

  test('on paper everything is open and light', async () => {
    await open(await account('explicit-deny'), 1440, 'dark');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.family .checks').first().isVisible()).toBe(true);
    expect(await page.locator('.theme').isVisible()).toBe(false);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(complaints).toEqual([]);
  });

  test('without JavaScript: every text is there, and parts open', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const other = await plain.newPage();
    document = await account('explicit-deny');
    await other.goto(address);
    expect(await other.getByRole('button').count()).toBe(0);
    expect(await other.locator('input[type=search]').count()).toBe(0);
    await other.locator('.family summary').first().click();
    expect(await other.locator('.family .checks').first().isVisible()).toBe(true);
    expect(await other.locator('.plan pre').first().isVisible()).toBe(true);
    await plain.close();
  });

  test('every check has its sign in view', async () => {
    await open(await account('nat-blackhole'));
    await openAll();
    const hidden = `[...document.querySelectorAll('#checks .sign')].filter((sign) => {
      const { left, width } = sign.getBoundingClientRect();
      return left < 0 || width === 0;
    }).length`;
    expect(await page.locator('#checks .sign.skip').count()).toBeGreaterThan(0);
    expect(await page.evaluate(hidden)).toBe(0);
  });

  test.each([
    { kind: 'healthy', isBroken: false },
    { kind: 'broken', isBroken: true },
  ])('1,000 $kind mappings: search answers, a mapping opens, the page scrolls', async ({ isBroken }) => {
    const snapshot = manyMappings({ mappings: 1000, clusters: 20, functions: 200 });
    if (isBroken) each(snapshot.vpcEndpoints, (list) => void (list.length = 0));
    const diagnosis = diagnose(snapshot);
    const report = reportWith({
      mappings: mappingsOfDiagnosis(diagnosis),
      source: { command: 'doctor', regions: [{ diagnosis, snapshot }] },
    });
    const text = await rendered(report, 'html');
    expect(Buffer.byteLength(text)).toBeLessThan(15 * 1024 * 1024);
    await open(text);
    if (isBroken) expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('1000 of 1000');
    const shown = page.locator('#mappings > [data-item]:visible');
    // The first of its group, and one of the others.
    for (const uuid of [diagnosis.mappings[0]!.uuid, diagnosis.mappings[1]!.uuid]) {
      await page.getByLabel('Search mappings').fill(uuid);
      await expect.poll(() => page.locator('#mappings .search').textContent()).toContain('1 of 1000');
      expect(await shown.count()).toBe(1);
      if ((await shown.locator('details').first().getAttribute('open')) === null)
        await shown.locator('summary').first().click();
      expect(await shown.locator('code').first().isVisible()).toBe(true);
    }
    await page.getByLabel('Search mappings').fill('');
    await expect.poll(() => shown.count()).toBeGreaterThan(1);
    await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
    expect(await page.locator('footer').isVisible()).toBe(true);
    expect(await page.evaluate('scrollY')).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });
});
