/** Whether a part of a glob stands at a place of the text; `?` is any one character. */
function standsAt(part: string, text: string, at: number): boolean {
  if (at < 0 || at + part.length > text.length) return false;
  for (let index = 0; index < part.length; index += 1) {
    if (part[index] !== '?' && part[index] !== text[at + index]) return false;
  }
  return true;
}

/** The place after the first occurrence of a part from a place on; undefined if there is none. */
function afterFirst(part: string, text: string, from: number): number | undefined {
  for (let at = from; at + part.length <= text.length; at += 1) if (standsAt(part, text, at)) return at + part.length;
  return undefined;
}

/**
 * A glob in which only `*` and `?` mean something, and `*` any characters: names hold colons and dots. It takes the first place
 * for each part between two asterisks and never goes back, so that no glob, whoever wrote it, holds up the operator: a regular
 * expression made of nine asterisks tries for half a minute on a name of forty characters.
 */
function matcherOf(glob: string): (text: string) => boolean {
  const [first = '', ...others] = glob.split(/\*+/);
  const last = others.pop();
  if (last === undefined) return (text) => text.length === first.length && standsAt(first, text, 0);
  return (text) => {
    if (!standsAt(first, text, 0)) return false;
    let at: number | undefined = first.length;
    for (const part of others) {
      at = afterFirst(part, text, at);
      if (at === undefined) return false;
    }
    return text.length - last.length >= at && standsAt(last, text, text.length - last.length);
  };
}

/** Whether any of the globs matches; none of no globs does. */
export function matchesAny(globs: readonly string[]): (text: string) => boolean {
  const matchers = globs.map(matcherOf);
  return (text) => matchers.some((matches) => matches(text));
}
