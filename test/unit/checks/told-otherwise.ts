import type { CheckOf, Inputs, Target } from '../../../src/checks/check.ts';
import type { CheckParameters, CompiledParameters } from '../../../src/checks/parameters.ts';

/** Each parameter changed as far as can be. */
const OTHERWISE: Readonly<Record<keyof CheckParameters, Partial<CompiledParameters>>> = {
  allowedRegistries: { allowedRegistries: ['registry.invalid'] },
  systemNamespaces: { isSystemNamespace: () => true },
  privilegedNamespaces: { isPrivilegedNamespace: () => true },
  credentialNames: { isCredentialName: () => true },
  notCredentialNames: { isCredentialName: () => false },
};

/**
 * The input, told otherwise in each way that must not matter to the check, as its row does not name the parameter. None for
 * inputs that hold no parameters.
 */
export function toldOtherwise<T extends Target>(
  { parameters = [] }: CheckOf<T>,
  input: Inputs[T],
): readonly (readonly [parameter: string, input: Inputs[T]])[] {
  if (!('parameters' in input)) return [];
  return Object.entries(OTHERWISE)
    .filter(([parameter]) => !parameters.includes(parameter as keyof CheckParameters))
    .map(([parameter, change]) => [parameter, { ...input, parameters: { ...input.parameters, ...change } }]);
}
