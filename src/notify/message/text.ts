/** Text from the cluster, made fit to be shown to people. */

/** What breaks lines or turns their direction, and half characters: a name must not look like something else. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu;

export function oneLine(text: string): string {
  return text.replaceAll(UNPRINTABLE, ' ').trim();
}

const ELLIPSIS = '…';

/** The text in one line, escaped, and cut to at most so many UTF-16 units after that; no escape is cut in two. */
export function fitted(text: string, maxLength: number, escape = (character: string): string => character): string {
  // Not more than can be used: a name may have tens of thousands of characters.
  const characters = Array.from(oneLine(text.slice(0, maxLength * 4)));
  const escaped = characters.map(escape);
  const whole = escaped.join('');
  if (whole.length <= maxLength && text.length <= maxLength * 4) return whole;
  let result = '';
  for (const piece of escaped) {
    if (result.length + piece.length + ELLIPSIS.length > maxLength) break;
    result += piece;
  }
  return `${result}${ELLIPSIS}`;
}
