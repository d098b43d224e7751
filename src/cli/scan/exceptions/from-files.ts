import { readFile, type Take } from '../read-file.ts';
import type { ScanEvent } from '../scan-event.ts';
import type { ScanFile } from '../scan-file.ts';
import type { ExceptionBook, NotedException } from './book.ts';
import { givenException } from './given.ts';

export interface ExceptionPlace extends Pick<NotedException, 'isForMore'> {
  /** Where exceptions go that name no namespace; undefined if that is not known. */
  readonly namespace: string | undefined;
}

/** Takes exceptions, and leaves all else. */
export function takeExceptions(book: Pick<ExceptionBook, 'add'>, { namespace, isForMore }: ExceptionPlace): Take {
  return (found, source) => {
    const given = givenException(found, namespace);
    if (given === undefined) return undefined;
    if ('problem' in given) {
      const { path, what } = given.problem;
      return { message: `${found.kind}: ${path} ${what}`, where: found.place, path };
    }
    book.add({ exception: given.exception, source: source(), isForMore });
    return 'taken';
  };
}

/** Takes the exceptions in files that are there for nothing else. */
export function* exceptionsIn(
  files: readonly ScanFile[],
  book: Pick<ExceptionBook, 'add'>,
  place: ExceptionPlace,
): Generator<ScanEvent, void> {
  const take = takeExceptions(book, place);
  for (const file of files) yield* readFile(file, take);
}
