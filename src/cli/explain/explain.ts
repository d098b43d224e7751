import { dump } from 'js-yaml';
import { CATALOGUE } from '../../checks/catalogue.ts';
import { explanationOf, type Explanation } from '../../checks/explanation.ts';
import { nearest } from '../nearest.ts';
import { UsageError, type Environment } from '../settings.ts';
import { explanationText, listText, type TextStyle } from './text.ts';

/** What `plimsoll explain` was asked. */
export interface ExplainRequest {
  /** Id of a check; undefined asks for a list of all. */
  readonly check: string | undefined;
  readonly output: 'text' | 'json' | 'yaml';
}

/** Where the answer goes. */
export interface ExplainTarget {
  readonly stdout: Pick<NodeJS.WritableStream, 'write'> & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Environment;
}

/** Lines longer than this are hard to read, however wide the terminal is. */
const MOST_COLUMNS = 100;

function styleOf({ stdout, env }: ExplainTarget): TextStyle {
  const isTerminal = stdout.isTTY === true;
  return {
    isColourful: isTerminal && (env['NO_COLOR'] ?? '') === '',
    columns: isTerminal ? Math.min(stdout.columns ?? MOST_COLUMNS, MOST_COLUMNS) : MOST_COLUMNS,
  };
}

function explained(id: string): Explanation {
  const check = CATALOGUE.find((each) => each.id === id);
  if (check !== undefined) return explanationOf(check);
  const similar = nearest(
    id,
    CATALOGUE.map((each) => each.id),
  );
  const advice = similar === undefined ? 'plimsoll explain lists all' : `did you mean ${similar}?`;
  throw new UsageError(`there is no check ${JSON.stringify(id)}; ${advice}`);
}

function rendered({ check, output }: ExplainRequest, target: ExplainTarget): string {
  const answer = check === undefined ? CATALOGUE.map(explanationOf) : explained(check);
  if (output === 'json') return `${JSON.stringify(answer, undefined, 2)}\n`;
  if (output === 'yaml') return dump(answer, { lineWidth: -1, noRefs: true });
  const style = styleOf(target);
  return 'id' in answer ? explanationText(answer, style) : listText(answer, style);
}

/**
 * Prints what there is to say of one check, or a list of all. Resolves to the exit code.
 * @throws UsageError for a check that does not exist
 */
export function explain(request: ExplainRequest, target: ExplainTarget): number {
  target.stdout.write(rendered(request, target));
  return 0;
}
