/** The profiles of the shared configuration (AWS SDKs and Tools reference: shared config and credentials files). */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

const configurationFiles = (env: Environment): string[] => [
  env['AWS_CONFIG_FILE'] ?? join(homedir(), '.aws', 'config'),
  env['AWS_SHARED_CREDENTIALS_FILE'] ?? join(homedir(), '.aws', 'credentials'),
];

/** The names of the profiles in the files that can be read, each once, sorted. */
export function profileNames(env: Environment): string[] {
  const names = configurationFiles(env).flatMap((path) => {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch {
      return [];
    }
    const headings = [...text.matchAll(/^[ \t]*\[([^\]\n]*)\]/gm)].map(([, heading]) => heading!.trim());
    return headings.flatMap((heading) => {
      const [kind, ...rest] = heading.split(/\s+/);
      if (rest.length === 0) return heading === '' ? [] : [heading];
      return kind === 'profile' ? [rest.join(' ').replaceAll(/["']/g, '')] : [];
    });
  });
  return [...new Set(names)].toSorted();
}

/** False only where the configuration files could be read and none has a section for the profile. */
export function hasProfile(name: string, env: Environment): boolean {
  if (name === 'default') return true;
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const section = new RegExp(String.raw`^\s*\[\s*(profile\s+)?(["']?)${escaped}\2\s*\]`, 'm');
  return configurationFiles(env).some((path) => {
    try {
      return section.test(readFileSync(path, 'utf8'));
    } catch (error) {
      return (error as NodeJS.ErrnoException).code !== 'ENOENT' && (error as NodeJS.ErrnoException).code !== 'ENOTDIR';
    }
  });
}
