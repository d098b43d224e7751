import type { ServerFacts } from '../../src/checks/check.ts';

/** An API server of the newest version. */
export const SERVER: ServerFacts = { major: 1, minor: 37, gitVersion: 'v1.37.2', today: '2026-11-24' };
