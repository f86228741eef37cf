/** Lines that the templates of a new check leave to be written: a TODO, or a test without a body. */
export const unwritten = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => /\bTODO\b|\b(?:test|it|describe)\.todo\b/.test(line))
    .map((line) => line.trim());
