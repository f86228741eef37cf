/** Shared by other families, too: src/checks/support/update-mapping.ts. */
export { updateMapping } from '../../support/update-mapping.js';
