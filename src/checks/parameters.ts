import { matchesAny } from '../inventory/collections/globs.ts';
import { PRIVILEGED_NAMESPACES } from './namespaces/privileged.ts';
import { SYSTEM_NAMESPACES } from './namespaces/system.ts';
import { soundsLikeCredential } from './secrets/credential-names.ts';

/**
 * What checks must be told about this cluster, because no object of it says so. A value: new parameters mean judging anew.
 * In globs `*` stands for any characters and `?` for one.
 */
export interface CheckParameters {
  /** Where images may come from: hosts with their ports, each with or without a path. Empty: nothing is said of it. */
  readonly allowedRegistries: readonly string[];
  /** Globs of namespaces that belong to the cluster itself, beside those that every cluster has. */
  readonly systemNamespaces: readonly string[];
  /** Globs of namespaces whose controllers own the cluster, beside those that are known. */
  readonly privilegedNamespaces: readonly string[];
  /** Globs of names of variables and keys that hold credentials, beside those that are recognised; case does not matter. */
  readonly credentialNames: readonly string[];
  /** Globs of names that only sound like it; case does not matter, and they win. */
  readonly notCredentialNames: readonly string[];
}

/** Of a cluster of which nothing is told. */
export const DEFAULT_PARAMETERS: CheckParameters = {
  allowedRegistries: [],
  systemNamespaces: [],
  privilegedNamespaces: [],
  credentialNames: [],
  notCredentialNames: [],
};

/** Parameters as checks ask for them. They are made once, as many judgements follow. */
export interface CompiledParameters extends Pick<CheckParameters, 'allowedRegistries'> {
  /** Whether a namespace belongs to the cluster itself. */
  readonly isSystemNamespace: (name: string) => boolean;
  /** Whether owning the namespace is as good as owning the cluster. */
  readonly isPrivilegedNamespace: (name: string) => boolean;
  /** Whether a variable or a key of this name likely holds a credential. */
  readonly isCredentialName: (name: string) => boolean;
}

/** Makes of parameters what checks ask. */
export function compileParameters(parameters: CheckParameters): CompiledParameters {
  const isSystem = matchesAny(parameters.systemNamespaces);
  const isPrivileged = matchesAny(parameters.privilegedNamespaces);
  const isCredential = matchesWhateverCase(parameters.credentialNames);
  const isNoCredential = matchesWhateverCase(parameters.notCredentialNames);
  return {
    allowedRegistries: parameters.allowedRegistries,
    isSystemNamespace: (name) => SYSTEM_NAMESPACES.has(name) || isSystem(name),
    isPrivilegedNamespace: (name) => PRIVILEGED_NAMESPACES.has(name) || isPrivileged(name),
    isCredentialName: (name) => (soundsLikeCredential(name) || isCredential(name)) && !isNoCredential(name),
  };
}

function matchesWhateverCase(globs: readonly string[]): (name: string) => boolean {
  if (globs.length === 0) return () => false;
  const matches = matchesAny(globs.map((glob) => glob.toUpperCase()));
  return (name) => matches(name.toUpperCase());
}
