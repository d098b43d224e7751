import { JUDGED_FLAGS, type ComponentName, type FlagSort } from '../facts/component.ts';

/** As Go reads booleans (strconv.ParseBool). */
const BOOLEANS: ReadonlyMap<string, string> = new Map([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((text) => [text, 'true'] as const),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((text) => [text, 'false'] as const),
]);

const normal = (sort: FlagSort, value: string): string => (sort === 'boolean' ? (BOOLEANS.get(value) ?? value) : value);

/** One flag as it stands in the arguments; `next` tells where the one after it begins. */
interface Occurrence {
  readonly name: string;
  readonly value: string | undefined;
  readonly next: number;
}

/** etcd takes one hyphen for two. */
const PATTERN = /^--([^-=][^=]*)(?:=(.*))?$/s;
const ETCD_PATTERN = /^--?([^-=][^=]*)(?:=(.*))?$/s;

function sortOf(component: ComponentName, name: string): FlagSort | undefined {
  return Object.hasOwn(JUDGED_FLAGS[component], name) ? JUDGED_FLAGS[component][name] : undefined;
}

/** Of a flag that is not known it can only be guessed whether the next argument is its value. */
function takesNext(sort: FlagSort | undefined, next: string | undefined): boolean {
  if (next === undefined) return false;
  return sort === undefined ? !next.startsWith('-') : true;
}

/** Kubernetes takes an underscore in the name of a flag for a hyphen. */
function occurrenceAt(args: readonly string[], at: number, component: ComponentName): Occurrence | undefined {
  const [, text, value] = (component === 'etcd' ? ETCD_PATTERN : PATTERN).exec(args[at] ?? '') ?? [];
  if (text === undefined) return undefined;
  const name = text.replaceAll('_', '-');
  const sort = sortOf(component, name);
  // A boolean never takes the next argument: it can only be denied by `=false`.
  if (value !== undefined || sort === 'boolean') return { name, value: value ?? 'true', next: at + 1 };
  return takesNext(sort, args[at + 1])
    ? { name, value: args[at + 1], next: at + 2 }
    : { name, value: undefined, next: at + 1 };
}

/**
 * The judged flags among the arguments of a component. Of a flag that is given several times the last counts, as for the
 * component itself; the occurrences of a list add up (pflag's StringSlice, and the maps of feature gates).
 */
export function flagsOf(component: ComponentName, args: readonly string[]): Readonly<Record<string, string>> {
  const flags: Record<string, string> = {};
  for (let at = 0; at < args.length && args[at] !== '--';) {
    const occurrence = occurrenceAt(args, at, component);
    at = occurrence?.next ?? at + 1;
    const sort = occurrence === undefined ? undefined : sortOf(component, occurrence.name);
    if (occurrence?.value === undefined || sort === undefined) continue;
    const { name } = occurrence;
    const value = normal(sort, occurrence.value);
    flags[name] = sort === 'list' && Object.hasOwn(flags, name) ? `${flags[name]},${value}` : value;
  }
  return flags;
}

/** The flags of etcd that its environment sets: ETCD_CERT_FILE is `--cert-file`. */
export function etcdFlagsOf(environment: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(JUDGED_FLAGS.etcd).flatMap(([name, sort]) => {
      const value = environment.get(`ETCD_${name.replaceAll('-', '_').toUpperCase()}`);
      return value === undefined || value === '' ? [] : [[name, normal(sort, value)] as const];
    }),
  );
}
