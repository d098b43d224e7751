/** Where the words of a script are put together. */
interface Scan {
  readonly commands: string[][];
  words: string[];
  /** Undefined between words, so that '' (an empty pair of quotes) is a word. */
  word: string | undefined;
}

const endWord = (scan: Scan): void => {
  if (scan.word !== undefined) scan.words.push(scan.word);
  scan.word = undefined;
};

const endCommand = (scan: Scan): void => {
  endWord(scan);
  if (scan.words.length > 0) scan.commands.push(scan.words);
  scan.words = [];
};

/** What stands between quotes, and where it ends. In double quotes a backslash frees the next character. */
function quoted(script: string, start: number): { readonly text: string; readonly end: number } {
  const quote = script[start];
  let text = '';
  let at = start + 1;
  for (; at < script.length && script[at] !== quote; at++) {
    if (quote === '"' && script[at] === '\\') at++;
    text += script[at] ?? '';
  }
  return { text, end: at + 1 };
}

const add = (scan: Scan, text: string): void => {
  scan.word = (scan.word ?? '') + text;
};

/** `2>&1` is one word, not the end of a command. */
function endsCommand({ word = '' }: Scan, character: string): boolean {
  return ';|\n'.includes(character) || (character === '&' && !word.endsWith('>'));
}

/** Takes what stands at a position, and answers the position after it. */
function step(scan: Scan, script: string, at: number): number {
  const character = script.charAt(at);
  if (character === "'" || character === '"') {
    const { text, end } = quoted(script, at);
    add(scan, text);
    return end;
  }
  if (character === '\\') {
    const next = script.charAt(at + 1);
    // Before the end of a line it joins the lines.
    if (next !== '\n') add(scan, next);
    return at + 2;
  }
  if (endsCommand(scan, character)) endCommand(scan);
  else if (' \t\r'.includes(character)) endWord(scan);
  else add(scan, character);
  return at + 1;
}

/** The commands of a shell script, each as its words; of the shell's language only quotes and separators are understood. */
export function shellCommands(script: string): readonly (readonly string[])[] {
  const scan: Scan = { commands: [], words: [], word: undefined };
  for (let at = 0; at < script.length;) at = step(scan, script, at);
  endCommand(scan);
  return scan.commands;
}
