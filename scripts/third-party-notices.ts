/** The text of dist/THIRD-PARTY-NOTICES.txt: the packages whose code or data is in the bundle, with the texts of their licences. */
import { readdirSync, readFileSync } from 'node:fs';

interface Package {
  name: string;
  version: string;
  /** SPDX identifier. */
  license: string;
  repository?: string | { url: string };
  /** Every licence and notice file in the package's folder, joined; undefined where the package ships none. */
  text: string | undefined;
}

/** Folder of the package that a module belongs to, or undefined for a module of our own. */
export function packageFolder(moduleId: string): string | undefined {
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(moduleId.replaceAll('\\', '/'))?.[1];
}

const heading = ({ name, version, license }: Package): string => `${name} ${version} (${license})`;

/**
 * Notices for the packages in these folders, each licence text once, under the packages that it covers.
 * Throws where a licence text cannot be found, so that no package is bundled without one.
 */
export function thirdPartyNotices(folders: Iterable<string>): string {
  const packages = [...new Set(folders)].map(readPackage).toSorted((a, b) => (heading(a) < heading(b) ? -1 : 1));
  const covered = new Map<string, Package[]>();
  for (const item of packages) {
    const text = licenseText(item, packages);
    covered.set(text, [...(covered.get(text) ?? []), item]);
  }
  const sections = [...covered].map(([text, items]) => `${items.map(heading).join('\n')}\n\n${text}\n`);
  return `msk-lambda bundles these packages.\n\n${sections.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

function readPackage(folder: string): Package {
  const { name, version, license, repository } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Package;
  const files = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|copying)\b/i.test(file))
    .toSorted();
  const text = files.map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim()).join('\n\n');
  return { name, version, license, repository, text: text === '' ? undefined : text };
}

/** A package of a monorepo may ship without the repository's licence file; its siblings under the same licence have it. */
function licenseText(item: Package, packages: readonly Package[]): string {
  const text =
    item.text ??
    packages.find(
      (other) =>
        other.text !== undefined &&
        other.license === item.license &&
        repositoryOf(item) !== undefined &&
        repositoryOf(other) === repositoryOf(item),
    )?.text;
  if (text === undefined) throw new Error(`${heading(item)}: no licence text in the package or in its repository`);
  return text;
}

function repositoryOf({ repository }: Package): string | undefined {
  return typeof repository === 'string' ? repository : repository?.url;
}
