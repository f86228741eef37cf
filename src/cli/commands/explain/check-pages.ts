/** The pages of the checks, which are part of the package. */
import { readFile } from 'node:fs/promises';
import type { CheckId } from '../../../catalogue/check-ids.js';
import type { TemplateCheckId } from '../../../catalogue/template-checks.js';

const pages = new Map<CheckId | TemplateCheckId, Promise<string | null>>();

/** The page of a check as Markdown; null where the installation lacks it. Each is read once. */
export function readPage(id: CheckId | TemplateCheckId): Promise<string | null> {
  const page = pages.get(id) ?? readPageFile(id);
  pages.set(id, page);
  return page;
}

async function readPageFile(id: CheckId | TemplateCheckId): Promise<string | null> {
  // The package's root is found by a file in it, because dist/ and src/ have different depths.
  for (const up of ['..', '../../../..']) {
    try {
      return await readFile(new URL(`${up}/docs/checks/${id}.md`, import.meta.url), 'utf8');
    } catch {
      continue;
    }
  }
  return null;
}

/** The text below a heading of a page. */
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

/** The text of a page between its title and its first second-level heading. */
export const introductionOf = (page: string): string =>
  page.split(/^## /m, 1)[0]!.split('\n').slice(1).join('\n').trim();
