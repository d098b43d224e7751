import { DIFF_SETTINGS, readDiffSettings } from '../diff-options.ts';
import { EVERY_SETTING } from '../every-setting.ts';
import { addOptions, refuseUnknownVariables, settingsReader } from '../settings.ts';
import type { DefineCommand } from './command.ts';

const HELP = `
It reads the reports that the operator keeps in the cluster, and writes nothing. A finding is new since it appeared under
the eyes of the operator, or since the exception that accepted it ended. What was there at the installation, what a new
check finds and what an exception accepts is not new. What was closed meanwhile is in no report, and so not listed.

Exit codes: 0, 1 if --exit-code says so, 2 if something cannot be read or the usage is bad, 130 if it was interrupted.

Examples:
  # what is new since yesterday
  $ plimsoll diff

  # what has become worse in a namespace since a release
  $ plimsoll diff --since 2026-11-24T09:00:00Z -n shop --severity high --exit-code
`;

/** `plimsoll diff` */
export const defineDiff: DefineCommand = (command, { run, env, exit }) => {
  command.addHelpText('after', HELP);
  const given = addOptions(command, DIFF_SETTINGS);
  command.action(async () => {
    refuseUnknownVariables(env, EVERY_SETTING);
    exit(await run.diff(readDiffSettings(settingsReader(given, env))));
  });
};
