import manifest from '../../package.json' with { type: 'json' };

/** Who writes a document or a snapshot. */
export const tool = { name: manifest.name, version: manifest.version } as const;
