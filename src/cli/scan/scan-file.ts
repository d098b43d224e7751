/** A file that can be read more than once. */
export interface ScanFile {
  /** As the user called it. */
  readonly name: string;
  readonly read: () => string;
}

/** The text of a file, or why it cannot be read. */
export function textOf({ read }: ScanFile): string | Error {
  try {
    return read();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
