import { isComponentName, type ComponentFacts, type ComponentName } from '../facts/component.ts';
import { etcdFlagsOf, flagsOf } from './flags.ts';
import { shellCommands } from './shell-words.ts';

/** What is looked at of a container; anything may stand in its fields. */
interface ContainerLike {
  readonly command?: unknown;
  readonly args?: unknown;
  readonly env?: unknown;
}

const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'ash']);
/** Programs that run the one that is named in their arguments. */
const WRAPPERS: ReadonlySet<string> = new Set(['exec', 'env', 'go-runner', 'tini', 'dumb-init', 'hyperkube']);

const basename = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

/** Variables with a literal value; of others only that they exist is known, so that what refers to them stays as it is. */
function environmentOf(env: unknown): ReadonlyMap<string, string> {
  if (!Array.isArray(env)) return new Map();
  const variables = env as readonly ({
    readonly name?: unknown;
    readonly value?: unknown;
    readonly valueFrom?: unknown;
  } | null)[];
  return new Map(
    variables.flatMap((variable) => {
      const { name, value = '', valueFrom } = variable ?? {};
      const isLiteral = typeof name === 'string' && typeof value === 'string' && valueFrom === undefined;
      return isLiteral ? [[name, value] as const] : [];
    }),
  );
}

/** The kubelet replaces `$(NAME)` in command and args by the variable of that name, if there is one. */
function expanded(words: readonly string[], environment: ReadonlyMap<string, string>): readonly string[] {
  return words.map((word) =>
    word.replaceAll(/\$\(([\w.-]+)\)/g, (text, name: string) => environment.get(name) ?? text),
  );
}

/** The commands that a container runs: its own, or those of the script that it hands to a shell. */
function commandsOf(words: readonly string[]): readonly (readonly string[])[] {
  if (!SHELLS.has(basename(words[0] ?? ''))) return [words];
  const option = words.findIndex((word) => /^-[a-z]*c$/.test(word));
  return option === -1 ? [words] : shellCommands(words[option + 1] ?? '');
}

/** The component that a command starts, with the arguments it gets. */
function startedBy(
  words: readonly string[],
): { readonly component: ComponentName; readonly args: readonly string[] } | undefined {
  let isWrapped = false;
  for (const [at, word] of words.entries()) {
    const program = basename(word);
    if (isComponentName(program)) return { component: program, args: words.slice(at + 1) };
    if (WRAPPERS.has(program)) isWrapped = true;
    else if (!/^\w+=/.test(word) && !(isWrapped && word.startsWith('-'))) return undefined;
  }
  return undefined;
}

function componentOfContainer({ command, args, env }: ContainerLike, node: string): ComponentFacts | undefined {
  const environment = environmentOf(env);
  const words = expanded([...strings(command), ...strings(args)], environment);
  for (const each of commandsOf(words)) {
    const started = startedBy(each);
    if (started === undefined) continue;
    const { component } = started;
    const flags = flagsOf(component, started.args);
    // The command line wins over the environment (etcd documentation, "Configuration options").
    return { component, node, flags: component === 'etcd' ? { ...etcdFlagsOf(environment), ...flags } : flags };
  }
  return undefined;
}

/** The part of the control plane that one of these containers is; undefined if none is. */
export function componentOf(containers: unknown, node: string): ComponentFacts | undefined {
  if (!Array.isArray(containers)) return undefined;
  for (const container of containers as readonly unknown[]) {
    if (typeof container !== 'object' || container === null) continue;
    const component = componentOfContainer(container, node);
    if (component !== undefined) return component;
  }
  return undefined;
}
