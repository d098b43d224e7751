/** What the process lends to a scan. */
export interface ScanContext {
  readonly version: string;
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  /** Aborted, with the name of the signal, when the scan shall end. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
}
