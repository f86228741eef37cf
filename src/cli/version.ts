import manifest from '../../package.json' with { type: 'json' };

/** The tool's name and version for documents and snapshots. */
export const tool = { name: manifest.name, version: manifest.version } as const;
