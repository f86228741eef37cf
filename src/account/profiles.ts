/** The profiles of the shared configuration (AWS SDKs and Tools reference: shared config and credentials files). */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** False only where the configuration files could be read and none has a section for the profile. */
export function hasProfile(name: string, env: Environment): boolean {
  if (name === 'default') return true;
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const section = new RegExp(String.raw`^\s*\[\s*(profile\s+)?(["']?)${escaped}\2\s*\]`, 'm');
  const paths = [
    env['AWS_CONFIG_FILE'] ?? join(homedir(), '.aws', 'config'),
    env['AWS_SHARED_CREDENTIALS_FILE'] ?? join(homedir(), '.aws', 'credentials'),
  ];
  return paths.some((path) => {
    try {
      return section.test(readFileSync(path, 'utf8'));
    } catch (error) {
      return (error as NodeJS.ErrnoException).code !== 'ENOENT' && (error as NodeJS.ErrnoException).code !== 'ENOTDIR';
    }
  });
}
