/** The command of each step; that of a new endpoint keeps its id in a variable. */
export const commandsIn = (script: string): string[] =>
  script
    .split('\n')
    .map((line) => line.replace(/^endpoint_\w+=\$\((aws .*) --query VpcEndpoint\.VpcEndpointId --output text\)$/, '$1'))
    .filter((line) => line.startsWith('aws '));
