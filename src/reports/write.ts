import PQueue from 'p-queue';
import { CLUSTER_SECURITY_REPORTS, SECURITY_REPORTS, type Finding, type SecurityReport } from '../crds/index.ts';
import type { SubjectKey } from '../inventory/subject-key.ts';
import { ApiError } from '../kube/api-error.ts';
import { applyObject, deleteObject } from '../kube/apply.ts';
import { resourcePath, type Resource } from '../kube/resource.ts';
import type { KubeClient } from '../kube/client.ts';
import { contentHash } from './content.ts';
import { reportKey, type ReportKey } from './naming.ts';
import { remember, type ReportRecord, type ReportRecords } from './records.ts';

/** The one field manager of everything we write. */
export const FIELD_MANAGER = 'plimsoll';

/** What became of a report; the label values of `plimsoll_report_writes_total`. */
export type WriteResult = 'created' | 'updated' | 'unchanged' | 'deleted' | 'error';

export interface ReportWriter {
  /** Stores a report unless an equal one is stored. */
  readonly write: (subject: SubjectKey, report: SecurityReport) => Promise<WriteResult>;
  /** Deletes a report if there is one. */
  readonly remove: (key: ReportKey) => Promise<WriteResult>;
  /** The findings of a stored report in full: what is kept in memory of them is not enough to show them. */
  readonly storedFindings: (key: ReportKey) => Promise<readonly Finding[]>;
}

export interface ReportWriterOptions {
  readonly client: KubeClient;
  readonly records: ReportRecords;
  /** At most so many writes a second; reads are not counted. */
  readonly writesPerSecond: number;
  readonly concurrency: number;
}

function resourceOf(key: ReportKey): Resource {
  return key.startsWith('/') ? CLUSTER_SECURITY_REPORTS : SECURITY_REPORTS;
}

function placeOf(key: ReportKey): { readonly namespace?: string; readonly name: string } {
  const slash = key.indexOf('/');
  const name = key.slice(slash + 1);
  return slash === 0 ? { name } : { namespace: key.slice(0, slash), name };
}

/** A namespace that is being deleted, or is gone, takes no new objects, and its reports went with it: that is no failure. */
function hasLostNamespace(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  if (error.code === 'Forbidden') return error.message.includes('being terminated');
  return error.code === 'NotFound' && error.message.includes('namespaces "');
}

export function createReportWriter({
  client,
  records,
  writesPerSecond,
  concurrency,
}: ReportWriterOptions): ReportWriter {
  const writes = new PQueue({ concurrency, interval: 1000, intervalCap: writesPerSecond });

  function note(
    key: ReportKey,
    subject: SubjectKey,
    report: SecurityReport,
    stored: Pick<ReportRecord, 'uid' | 'resourceVersion' | 'contentHash'>,
  ): void {
    records.written(key, { ...stored, subject, ...remember(report), isStored: true });
  }

  /** Answers whether the report is gone; another one of its name that has come since is not touched, and will be watched. */
  async function deleteIfOurs(key: ReportKey, uid: string): Promise<boolean> {
    try {
      await writes.add(() => deleteObject(client, resourceOf(key), placeOf(key), { uid }));
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.code === 'Conflict') return false;
      throw error;
    }
  }

  return {
    async write(subject, report) {
      const key = reportKey(report.metadata?.namespace ?? '', report.metadata?.name ?? '');
      const known = records.get(key);
      const hash = contentHash(report);
      if (known?.isStored === true && known.contentHash === hash) return 'unchanged';
      try {
        records.expect(key, hash);
        const stored = await writes.add(() =>
          applyObject(client, resourceOf(key), report, { fieldManager: FIELD_MANAGER }),
        );
        note(key, subject, report, { ...stored, contentHash: hash });
        return known?.isStored === true ? 'updated' : 'created';
      } catch (error) {
        if (!hasLostNamespace(error)) throw error;
        records.forget(key);
        return 'unchanged';
      }
    },
    async remove(key) {
      const known = records.get(key);
      if (known === undefined) return 'unchanged';
      records.expectGone(key);
      const isDeleted = known.isStored && (await deleteIfOurs(key, known.uid));
      records.forget(key);
      return isDeleted ? 'deleted' : 'unchanged';
    },
    async storedFindings(key) {
      const path = resourcePath(resourceOf(key), placeOf(key));
      return (await client.request<SecurityReport>({ method: 'GET', path })).findings;
    },
  };
}
