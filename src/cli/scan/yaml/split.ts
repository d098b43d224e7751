/** A part of a file that is parsed by itself, so that an error in it harms no other. */
export interface Chunk {
  readonly text: string;
  /** Where in its file it begins, both counted from 0. */
  readonly line: number;
  readonly column: number;
  readonly isJson: boolean;
}

const BYTE_ORDER_MARK = '\uFEFF';
const SEPARATOR = '---';

/** Cuts a file into its documents: JSON values that follow one another, or YAML between lines of three dashes. */
export function splitFile(text: string): readonly Chunk[] {
  const content = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  return (/^\s*[{[]/.test(content) ? splitJson(content) : undefined) ?? splitYaml(content);
}

/**
 * As kubectl cuts it: at each line of three dashes with nothing but white space or a comment after them. Other ways to begin
 * a document (`--- text`, `...`) are left to the parser.
 */
function splitYaml(text: string): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let start = 0;
  let startLine = 0;
  let line = 0;
  for (let at = 0; at < text.length; line++) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline + 1;
    if (text.startsWith(SEPARATOR, at) && isSeparator(text.slice(at, end)) && !isDirectives(text.slice(start, at))) {
      chunks.push({ text: text.slice(start, at), line: startLine, column: 0, isJson: false });
      start = end;
      startLine = line + 1;
    }
    at = end;
  }
  chunks.push({ text: text.slice(start), line: startLine, column: 0, isJson: false });
  return chunks;
}

const isSeparator = (line: string): boolean => /^---\s*(#.*)?$/s.test(line);

/** `%YAML 1.1` and the like belong to the document that the dashes after them begin. */
const isDirectives = (text: string): boolean =>
  text.includes('%') && /^(?:[ \t]*(?:#.*)?\r?\n)*%/.test(text) && !/^[^%#\s]/m.test(text);

/** The values of a stream of JSON; undefined if it is none, as YAML too may begin with a brace. */
function splitJson(text: string): readonly Chunk[] | undefined {
  const chunks: Chunk[] = [];
  let line = 0;
  let lineStart = 0;
  for (let at = 0; ;) {
    for (; /\s/.test(text.charAt(at)); at++) {
      if (text.charAt(at) !== '\n') continue;
      line += 1;
      lineStart = at + 1;
    }
    if (at >= text.length) return chunks;
    const end = endOfValue(text, at);
    if (end === undefined) return undefined;
    const value = text.slice(at, end);
    if (!isJson(value)) return undefined;
    chunks.push({ text: value, line, column: at - lineStart, isJson: true });
    for (; at < end; at++) {
      if (text.charAt(at) !== '\n') continue;
      line += 1;
      lineStart = at + 1;
    }
  }
}

/** The position after the object or array that begins here; undefined if none does, or it never ends. */
function endOfValue(text: string, start: number): number | undefined {
  const structure = /["[\]{}]/g;
  structure.lastIndex = start;
  if (!/[[{]/.test(text.charAt(start))) return undefined;
  let depth = 0;
  for (let match = structure.exec(text); match !== null; match = structure.exec(text)) {
    if (match[0] === '"') structure.lastIndex = endOfString(text, match.index);
    else depth += match[0] === '{' || match[0] === '[' ? 1 : -1;
    if (depth === 0) return structure.lastIndex;
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text.charAt(at) === '"') return at + 1;
    if (text.charAt(at) === '\\') at += 1;
  }
  return text.length;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
