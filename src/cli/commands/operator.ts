import { EVERY_SETTING } from '../every-setting.ts';
import { OPERATOR_SETTINGS, readOperatorSettings } from '../operator-options.ts';
import { addOptions, refuseUnknownVariables, settingsReader } from '../settings.ts';
import type { DefineCommand } from './command.ts';

const HELP = `
A flag wins over its environment variable, which wins over the default.

Examples:
  # in a pod, all namespaces but those of the system
  $ plimsoll operator --exclude-namespaces 'kube-*'

  # from a workstation, some namespaces only
  $ plimsoll operator --kubeconfig ~/.kube/config --no-leader-elect --log-format text --namespaces 'shop*'
`;

/** `plimsoll operator` */
export const defineOperator: DefineCommand = (command, { run, env, exit }) => {
  command.addHelpText('after', HELP);
  const given = addOptions(command, OPERATOR_SETTINGS);
  command.action(async () => {
    refuseUnknownVariables(env, EVERY_SETTING);
    exit(await run.operator(readOperatorSettings(settingsReader(given, env), env)));
  });
};
