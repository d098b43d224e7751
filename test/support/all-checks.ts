import { selectChecks } from '../../src/checks/selection.ts';

/** Every check there is, those that are off by default too. */
export const ALL = selectChecks({ include: ['all'] });
