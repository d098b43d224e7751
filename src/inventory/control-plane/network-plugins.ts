/** What tells a network plugin by an image of its DaemonSet: the end of the repository, as every mirror keeps it. */
interface PluginImage {
  readonly plugin: string;
  readonly repository: RegExp;
  /** Tags that count, where it depends on the version. Default: all. */
  readonly tag?: (tag: string) => boolean;
}

/** kindnetd enforces NetworkPolicies since kind v0.24.0, whose image is of 13 August 2024 (release notes of kind). */
const KINDNET_ENFORCES_SINCE = '20240813';
/** The project of its own that came of it has versions instead, and enforces them too (https://kindnet.es). */
const KINDNET_RELEASE = /^v?[1-9]\d*\.\d/;
const kindnetDate = (tag: string): string | undefined => /^v?(\d{8})/.exec(tag)?.[1];

const PLUGIN_IMAGES: readonly PluginImage[] = [
  { plugin: 'calico', repository: /(^|\/)(mirrored-)?calico[/-]node$/ },
  { plugin: 'cilium', repository: /(^|\/)(mirrored-)?cilium(-cilium)?$/ },
  { plugin: 'weave-npc', repository: /(^|\/)weave-npc$/ },
  { plugin: 'antrea', repository: /(^|\/)antrea-(agent-)?(ubuntu|ubi)$/ },
  { plugin: 'kube-router', repository: /(^|\/)kube-router$/ },
  { plugin: 'kube-ovn', repository: /(^|\/)kube-ovn$/ },
  { plugin: 'ovn-kubernetes', repository: /(^|\/)ovn-kube(-u|-f|rnetes)?$/ },
  { plugin: 'azure-npm', repository: /(^|\/)azure-npm$/ },
  { plugin: 'aws-network-policy-agent', repository: /(^|\/)aws-network-policy-agent$/ },
  { plugin: 'kube-network-policies', repository: /(^|\/)kube-network-policies$/ },
  {
    plugin: 'kindnet',
    repository: /(^|\/)kindnetd?$/,
    tag: (tag) => (kindnetDate(tag) ?? '') >= KINDNET_ENFORCES_SINCE || KINDNET_RELEASE.test(tag),
  },
  {
    plugin: 'kindnet-without-policies',
    repository: /(^|\/)kindnetd?$/,
    tag: (tag) => (kindnetDate(tag) ?? KINDNET_ENFORCES_SINCE) < KINDNET_ENFORCES_SINCE,
  },
  {
    plugin: 'flannel',
    repository: /(^|\/)(mirrored-)?(flannel|flannel-cni-flannel|flannelcni-flannel|coreos-flannel)$/,
  },
  { plugin: 'amazon-vpc-cni', repository: /(^|\/)amazon-k8s-cni$/ },
];

interface ContainerLike {
  readonly image?: unknown;
  readonly args?: unknown;
}

/** The agent of Amazon's plugin is always deployed with it, and does nothing until it is told to. */
const isSwitchedOff = ({ args }: ContainerLike): boolean =>
  Array.isArray(args) && args.includes('--enable-network-policy=false');

function pluginOf(container: ContainerLike): string | undefined {
  if (typeof container.image !== 'string') return undefined;
  const [name = ''] = container.image.split('@');
  const tagStart = name.indexOf(':', name.lastIndexOf('/') + 1);
  const repository = tagStart === -1 ? name : name.slice(0, tagStart);
  const tag = tagStart === -1 ? '' : name.slice(tagStart + 1);
  const found = PLUGIN_IMAGES.find((each) => each.repository.test(repository) && (each.tag?.(tag) ?? true));
  return found?.plugin === 'aws-network-policy-agent' && isSwitchedOff(container) ? undefined : found?.plugin;
}

/** The network plugins among the containers of a DaemonSet, sorted; mostly none. */
export function networkPluginsOf(containers: unknown): readonly string[] {
  if (!Array.isArray(containers)) return [];
  const plugins = (containers as readonly unknown[]).map((container) =>
    typeof container === 'object' && container !== null ? pluginOf(container) : undefined,
  );
  return [...new Set(plugins.filter((plugin) => plugin !== undefined))].sort();
}
