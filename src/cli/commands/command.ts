import type { Command } from 'commander';
import type { DiffSettings } from '../diff-options.ts';
import type { ExplainRequest } from '../explain/explain.ts';
import type { OperatorSettings } from '../operator-options.ts';
import type { ScanSettings } from '../scan-options.ts';
import type { Environment } from '../settings.ts';

/** What the commands do once they are understood; each resolves to the exit code. */
export interface Runners {
  readonly operator: (settings: OperatorSettings) => Promise<number>;
  readonly scan: (settings: ScanSettings) => Promise<number>;
  readonly diff: (settings: DiffSettings) => Promise<number>;
  readonly explain: (request: ExplainRequest) => Promise<number>;
}

/** What a command is given to work with. */
export interface CommandContext {
  readonly run: Runners;
  readonly env: Environment;
  /** Takes the exit code. */
  readonly exit: (code: number) => void;
}

/** Adds options, help and action to a command that has its name and summary already. */
export type DefineCommand = (command: Command, context: CommandContext) => void;
