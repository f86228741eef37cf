/** Settings of a profile that the SDK does not read. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The value in the shared configuration file; undefined where the setting or the file is missing. */
export async function profileSetting(
  setting: string,
  profile: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const path = env['AWS_CONFIG_FILE'] || join(homedir(), '.aws', 'config');
  const text = await readFile(path, 'utf8').catch(() => '');
  return settingIn(text, profile ?? (env['AWS_PROFILE'] || env['AWS_DEFAULT_PROFILE'] || 'default'), setting);
}

/** In the section `[profile NAME]` or `[default]`. Indented lines belong to a nested setting. */
export function settingIn(text: string, profile: string, setting: string): string | undefined {
  let isIn = false;
  let value: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const [, section] = /^\s*\[([^\]]*)\]/.exec(line) ?? [];
    if (section !== undefined) {
      const [, name = section.trim()] = /^\s*profile\s+["']?(.*?)["']?\s*$/.exec(section) ?? [];
      isIn = name === profile;
    }
    const [, key, text] = /^([\w-]+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (isIn && key === setting) value = text!.trim();
  }
  return value;
}
