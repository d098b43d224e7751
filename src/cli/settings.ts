import { Option, type Command } from 'commander';
import { nearest } from './nearest.ts';

/** Environment variables as they were at the start. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One setting of a command: its option, environment variable, help and documentation are all made from this row. */
export interface Setting<T> {
  /** `--log-level`; a switch has `--no-…` beside it. */
  readonly flag: string;
  /** `-o`. Default none. */
  readonly short?: string;
  readonly env: string;
  /** What stands for the value in the help: `<level>`. */
  readonly placeholder: string;
  /** Lists add up, whether repeated or separated by commas; paths, which may hold commas, only if repeated. */
  readonly sort: 'value' | 'list' | 'paths' | 'switch';
  /** What it does, in one or two sentences without a full stop at the end. */
  readonly help: string;
  readonly fallback: T;
  /** The fallback as people read it; it may depend on where the operator runs. */
  readonly fallbackText: string;
  /** Throws a RangeError that completes the sentence `… is`: `not a number`. */
  readonly parse: (text: string) => T;
}

/** What the user asked for cannot be done. The message is one line: what is wrong, where, and what to do. */
export class UsageError extends Error {
  readonly code = 'Usage';
}

/** Between the paths of one setting: the one character that no path holds. */
export const PATH_SEPARATOR = '\0';

export const ENV_PREFIX = 'PLIMSOLL_';
/**
 * In a namespace with a Service called plimsoll or plimsoll-metrics the kubelet sets PLIMSOLL_SERVICE_HOST, PLIMSOLL_PORT,
 * PLIMSOLL_METRICS_PORT_8080_TCP_ADDR and so on: nobody's typing errors.
 */
const SERVICE_LINK = /_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)$/;

/** The texts given on the command line, by flag, in their order. */
export type Given = ReadonlyMap<string, readonly string[]>;

/** Adds the options of these settings to a command. What they are given is in the map once the command has parsed. */
export function addOptions(command: Command, settings: readonly Setting<unknown>[]): Given {
  const given = new Map<string, string[]>();
  for (const setting of settings) {
    const collect = (text: string): string => {
      given.set(setting.flag, [...(given.get(setting.flag) ?? []), text]);
      return text;
    };
    for (const option of optionsOf(setting)) command.addOption(option.argParser(collect));
  }
  return given;
}

function optionsOf({ flag, short, placeholder, sort, help, env, fallbackText }: Setting<unknown>): readonly Option[] {
  const flags = short === undefined ? flag : `${short}, ${flag}`;
  const option = new Option(`${flags} ${placeholder}`, `${help} (default: ${fallbackText}, env: ${env})`);
  if (sort !== 'switch') return [option];
  const negation = flag.replace('--', '--no-');
  return [option.preset('true'), new Option(negation, `the same as ${flag}=false`).preset('false')];
}

/** Reads settings: the flag wins over the environment variable, which wins over the fallback. */
export interface SettingsReader {
  /** Throws a UsageError for a value that is none. */
  readonly read: <T>(setting: Setting<T>) => T;
  /** What the user wrote to give it: the flag, unless only the variable is set. */
  readonly nameOf: (setting: Setting<unknown>) => string;
}

/** An empty variable counts as unset, as manifests often leave it so. The last of several values counts, but lists add up. */
export function settingsReader(given: Given, env: Environment): SettingsReader {
  const isFromEnv = ({ flag, env: variable }: Setting<unknown>): boolean =>
    !given.has(flag) && (env[variable] ?? '') !== '';
  const nameOf = (setting: Setting<unknown>): string => (isFromEnv(setting) ? setting.env : setting.flag);
  const textOf = (setting: Setting<unknown>): string | undefined => {
    const texts = given.get(setting.flag);
    if (texts === undefined) return isFromEnv(setting) ? env[setting.env] : undefined;
    const between = { list: ',', paths: PATH_SEPARATOR, value: undefined, switch: undefined }[setting.sort];
    return between === undefined ? texts.at(-1) : texts.join(between);
  };
  return {
    nameOf,
    read: (setting) => {
      const text = textOf(setting);
      if (text === undefined) return setting.fallback;
      try {
        return setting.parse(text);
      } catch (cause) {
        if (!(cause instanceof RangeError)) throw cause;
        throw new UsageError(`${nameOf(setting)}: ${JSON.stringify(text)} is ${cause.message}`, { cause });
      }
    },
  };
}

/** Throws a UsageError for a variable that looks like one of ours and is not: a typing error must not go unnoticed. */
export function refuseUnknownVariables(env: Environment, settings: readonly Setting<unknown>[]): void {
  const known = settings.map((setting) => setting.env);
  for (const name of Object.keys(env)) {
    if (!name.startsWith(ENV_PREFIX) || known.includes(name) || SERVICE_LINK.test(name)) continue;
    const similar = nearest(name, known);
    const advice = similar === undefined ? 'remove it' : `did you mean ${similar}?`;
    throw new UsageError(`${name}: there is no such setting; ${advice}`);
  }
}
