/** The pages of the checks, which ship with the tool. */
import { readFile } from 'node:fs/promises';
import type { CheckId } from '../../../catalogue/check-ids.js';

const pages = new Map<CheckId, Promise<string | null>>();

/** The whole page of a check, Markdown; null where the installation lacks it. Each is read once. */
export function readPage(id: CheckId): Promise<string | null> {
  const page = pages.get(id) ?? readPageFile(id);
  pages.set(id, page);
  return page;
}

async function readPageFile(id: CheckId): Promise<string | null> {
  // From dist/ as from src/cli/commands/explain/ the package's root is found by its own file.
  for (const up of ['..', '../../../..']) {
    try {
      return await readFile(new URL(`${up}/docs/checks/${id}.md`, import.meta.url), 'utf8');
    } catch {
      continue;
    }
  }
  return null;
}

/** The text under a heading of a page, without the heading. */
export function sectionOf(page: string, heading: string): string {
  const lines = page.split('\n');
  const start = lines.indexOf(`## ${heading}`);
  if (start < 0) return '';
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.startsWith('## '));
  return rest
    .slice(0, end < 0 ? rest.length : end)
    .join('\n')
    .trim();
}

/** What a page says before its first heading of the second level, its title left out. */
export const introductionOf = (page: string): string =>
  page.split(/^## /m, 1)[0]!.split('\n').slice(1).join('\n').trim();
