/** The answer of every command that finds no event source mapping to report. */
export const noMappings = (region: string): string => `No Amazon MSK event source mappings in ${region}.`;
