/** What an image is called, in the terms of the container registries. */
export interface ImageReference {
  /** Host, with its port if there is one; `docker.io` if the reference names none. */
  readonly registry: string;
  /** Path in the registry; `library/nginx` for `nginx`. */
  readonly repository: string;
  readonly tag?: string;
  /** Algorithm and hash: whoever pulls it gets the same image for ever, or, where they are none, no image at all. */
  readonly digest?: string;
}

const DEFAULT_REGISTRY = 'docker.io';
const DEFAULT_REGISTRY_NAMES: ReadonlySet<string> = new Set([DEFAULT_REGISTRY, 'index.docker.io']);
const TAG = /^\w[\w.-]{0,127}$/;

/**
 * Takes an image reference apart as container runtimes do (distribution/reference): the tag stands behind the last colon of
 * the last path segment, since the first one may have a port, and the first segment is a host only if it looks like one. A
 * tag that no registry would accept counts as none. What stands for a digest counts as one also if it is shortened, or a
 * placeholder: kubelets refuse such a reference (InvalidImageName), and fall back on no tag. Never throws.
 */
export function parseImageReference(image: string): ImageReference {
  const at = image.indexOf('@');
  const digest = at === -1 ? '' : image.slice(at + 1);
  const tagged = at === -1 ? image : image.slice(0, at);
  const colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
  const tag = colon === -1 ? '' : tagged.slice(colon + 1);
  const name = colon === -1 ? tagged : tagged.slice(0, colon);
  return { ...splitName(name), ...(TAG.test(tag) && { tag }), ...(digest !== '' && { digest }) };
}

function splitName(name: string): Pick<ImageReference, 'registry' | 'repository'> {
  const slash = name.indexOf('/');
  const host = name.slice(0, slash);
  if (slash === -1 || !isHost(host)) return inDefaultRegistry(name);
  const repository = name.slice(slash + 1);
  return DEFAULT_REGISTRY_NAMES.has(host) ? inDefaultRegistry(repository) : { registry: host, repository };
}

function inDefaultRegistry(name: string): Pick<ImageReference, 'registry' | 'repository'> {
  return { registry: DEFAULT_REGISTRY, repository: name.includes('/') ? name : `library/${name}` };
}

/** Upper case is allowed in hosts only. */
function isHost(segment: string): boolean {
  return /[.:]/.test(segment) || segment === 'localhost' || segment !== segment.toLowerCase();
}
