import type { ControlId, Level } from '../../../src/checks/pod-security/index.ts';

/** What the API server calls a violated control in its refusals. */
const CONTROL_BY_TEXT: Readonly<Record<string, ControlId | ((level: Level, minor: number) => ControlId)>> = {
  privileged: 'privileged',
  'host namespaces': 'hostNamespaces',
  'hostPath volumes': 'hostPathVolumes',
  hostPort: 'hostPorts',
  'non-default capabilities': 'capabilities_baseline',
  'unrestricted capabilities': 'capabilities_restricted',
  'forbidden AppArmor profile': 'appArmorProfile',
  'forbidden AppArmor profiles': 'appArmorProfile',
  seLinuxOptions: 'seLinuxOptions',
  // One text for two controls: the restricted one stands in for the other as soon as it exists.
  procMount: (level, minor) => (level === 'restricted' && minor >= 35 ? 'procMount_restricted' : 'procMount'),
  seccompProfile: (level, minor) =>
    level === 'restricted' && minor >= 19 ? 'seccompProfile_restricted' : 'seccompProfile_baseline',
  'forbidden sysctls': 'sysctls',
  hostProcess: 'windowsHostProcess',
  'probe or lifecycle host': 'hostProbesAndHostLifecycle',
  'restricted volume types': 'restrictedVolumes',
  'allowPrivilegeEscalation != false': 'allowPrivilegeEscalation',
  'runAsNonRoot != true': 'runAsNonRoot',
  'runAsUser=0': 'runAsUser',
};

/**
 * The controls that a refusal or a warning of the API server names, sorted. Throws if it does not read like one of Pod Security, or
 * calls a control by a text that is not known here.
 */
export function controlsNamedIn(refusal: string, level: Level, minor: number): readonly ControlId[] {
  const reasons = /(?:violates|would violate) PodSecurity "[^"]*": (?<reasons>.*)$/su.exec(refusal)?.groups?.[
    'reasons'
  ];
  if (reasons === undefined) throw new Error(`not a refusal by Pod Security: ${refusal}`);
  return outsideBrackets(reasons)
    .split(', ')
    .map((text) => {
      const control = CONTROL_BY_TEXT[text.trim()];
      if (control === undefined) throw new Error(`no control is known by the text "${text}" in: ${refusal}`);
      return typeof control === 'string' ? control : control(level, minor);
    })
    .sort();
}

/** `a (b, "c)"), d` is `a , d`: the details in brackets have commas of their own, and brackets inside of quotes. */
function outsideBrackets(text: string): string {
  let depth = 0;
  let isQuoted = false;
  let outside = '';
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted;
    if (!isQuoted && character === ')') depth -= 1;
    else if (!isQuoted && character === '(') depth += 1;
    else if (depth === 0) outside += character;
  }
  return outside;
}
