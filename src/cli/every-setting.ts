import { DIFF_SETTINGS } from './diff-options.ts';
import { OPERATOR_SETTINGS } from './operator-options.ts';
import { SCAN_SETTINGS } from './scan-options.ts';
import type { Setting } from './settings.ts';

/** The settings of all commands: a variable may be there for another one. */
export const EVERY_SETTING: readonly Setting<unknown>[] = [...OPERATOR_SETTINGS, ...SCAN_SETTINGS, ...DIFF_SETTINGS];
