import { EVERY_SETTING } from '../every-setting.ts';
import { readScanSettings, SCAN_SETTINGS } from '../scan-options.ts';
import { addOptions, refuseUnknownVariables, settingsReader } from '../settings.ts';
import type { DefineCommand } from './command.ts';

const HELP = `
All files of one call form one little cluster: a ServiceAccount in one decides about a Deployment in another. What is in
none of them, and cannot be known without, is unknown. Without --filename the cluster of the kubeconfig is read once, and
nothing is written.

SecurityExceptions and ClusterSecurityExceptions, among the files or in the cluster, are honoured: what they accept is
neither listed in the table nor looked at by --fail-on. --exceptions adds those that are kept elsewhere.

Exit codes: 0, 1 if --fail-on says so, 2 if the input or the usage is bad, 130 if it was interrupted.

Examples:
  # a file or a folder
  $ plimsoll scan -f deploy/

  # what a chart makes, in a pipeline that is to stop at what is bad
  $ helm template shop ./chart | plimsoll scan -f - --fail-on high

  # one service, with the exceptions that the whole company keeps in another place
  $ plimsoll scan -f deploy/ --exceptions ../exceptions/ --fail-on high

  # the cluster of the current context, for a program to read
  $ plimsoll scan --exclude-namespaces 'kube-*' -o json
`;

/** `plimsoll scan` */
export const defineScan: DefineCommand = (command, { run, env, exit }) => {
  command.addHelpText('after', HELP);
  const given = addOptions(command, SCAN_SETTINGS);
  command.action(async () => {
    refuseUnknownVariables(env, EVERY_SETTING);
    exit(await run.scan(readScanSettings(settingsReader(given, env))));
  });
};
