import {
  boolYaml11Tag,
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  mapTag,
  mergeTag,
  NOT_RESOLVED,
  nullYaml11Tag,
  Schema,
  seqTag,
  strTag,
} from 'js-yaml';

const SIGNED_DIGITS = Array.from('-+0123456789');

/** `strconv.ParseInt(text, 0, 64)`, which also takes a leading zero for an octal number. */
const INTEGER = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;

function integer(source: string): number | typeof NOT_RESOLVED {
  const [, sign = '', digits] = INTEGER.exec(source.replaceAll('_', '')) ?? [];
  if (digits === undefined) return NOT_RESOLVED;
  const value = Number(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return sign === '-' ? -value : value;
}

function float(source: string): number | typeof NOT_RESOLVED {
  const plain = source.replaceAll('_', '');
  return FLOAT.test(plain) ? Number(plain) : NOT_RESOLVED;
}

const number = defineScalarTag('tag:yaml.org,2002:int', {
  implicit: true,
  implicitFirstChars: SIGNED_DIGITS,
  resolve: integer,
  identify: () => false,
});

const fraction = defineScalarTag('tag:yaml.org,2002:float', {
  implicit: true,
  implicitFirstChars: [...SIGNED_DIGITS, '.'],
  resolve: float,
  identify: () => false,
});

const binary = defineScalarTag('tag:yaml.org,2002:binary', {
  resolve: (source) => Buffer.from(source, 'base64').toString('utf8'),
  identify: () => false,
});

/** Tags that we do not know, such as `!Ref` of CloudFormation, change nothing: `prefix` is what all of a sort begin with. */
function ignored(prefix: string): readonly [typeof strTag, typeof seqTag, typeof mapTag] {
  return [
    defineScalarTag(prefix, { matchByTagPrefix: true, resolve: (source) => source, identify: () => false }),
    defineSequenceTag(prefix, {
      matchByTagPrefix: true,
      create: (): unknown[] => [],
      addItem: (list, item) => void list.push(item),
      identify: () => false,
    }),
    defineMappingTag(prefix, {
      matchByTagPrefix: true,
      create: mapTag.create,
      addPair: mapTag.addPair,
      has: mapTag.has,
      keys: mapTag.keys,
      get: mapTag.get,
      identify: () => false,
    }),
  ];
}

/**
 * What a plain scalar means to kubectl, which reads YAML by goyaml.v2 (sigs.k8s.io/yaml): YAML 1.1, so that `yes` is true and
 * 010 is 8, but without sexagesimal numbers (22:22 is text), with `1e3` for a number, and with times left as text.
 */
export const KUBECTL_SCHEMA = new Schema([
  strTag,
  nullYaml11Tag,
  boolYaml11Tag,
  number,
  fraction,
  mergeTag,
  binary,
  seqTag,
  mapTag,
  ...ignored('!'),
  ...ignored('tag:'),
]);
