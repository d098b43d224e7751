import { CLUSTER_SECURITY_REPORTS, SECURITY_REPORTS } from '../../crds/index.ts';
import { createScope, type Scope } from '../../controllers/scope.ts';
import { ApiError } from '../../kube/api-error.ts';
import type { KubeClient } from '../../kube/client.ts';
import { createRawObjectReader } from '../../kube/raw-object.ts';
import { resourcePath, type Resource } from '../../kube/resource.ts';
import { readWhole } from '../cluster/read-whole.ts';
import type { DiffSettings } from '../diff-options.ts';
import { UsageError } from '../settings.ts';
import { byNovelty, newsOf, type NewFinding, type NewsOptions } from './news.ts';

/** What all reports together say. */
export interface News {
  /** The newest first. */
  readonly findings: readonly NewFinding[];
  /** Reports that were looked at. */
  readonly reports: number;
  /** Of them, those that have something new. */
  readonly withNews: number;
  /** Of these, those from which findings were cut. */
  readonly cut: number;
  /** What could not be read, and what to do. */
  readonly unread: readonly string[];
}

export interface ReadNewsOptions extends NewsOptions, Pick<DiffSettings, 'namespaces' | 'excludeNamespaces'> {
  readonly client: KubeClient;
  readonly signal: AbortSignal;
}

/** A list to be read. */
interface Part {
  readonly resource: Resource;
  /** Default all. */
  readonly namespace?: string;
  /** What to say if it may not be. */
  readonly refusal: string;
}

const ADVICE = 'grant list of it';
const nameOf = ({ resource, group }: Resource): string => `${resource}.${group}`;
const isGlob = (text: string): boolean => /[*?]/.test(text);

/** Namespaces that are named are read one by one, as some people may read these only. */
function partsOf(namespaces: readonly string[]): readonly Part[] {
  const resource = SECURITY_REPORTS;
  if (namespaces.length > 0 && !namespaces.some(isGlob)) {
    return namespaces.map((namespace) => ({
      resource,
      namespace,
      refusal: `${nameOf(resource)} may not be read in the namespace ${namespace}; ${ADVICE}`,
    }));
  }
  const all: Part = {
    resource,
    refusal: `${nameOf(resource)} may not be read in all namespaces; ${ADVICE}, or name with --namespaces those where you may`,
  };
  if (namespaces.length > 0) return [all];
  return [
    all,
    { resource: CLUSTER_SECURITY_REPORTS, refusal: `${nameOf(CLUSTER_SECURITY_REPORTS)} may not be read; ${ADVICE}` },
  ];
}

async function readPart(
  { resource, namespace }: Part,
  scope: Scope,
  { client, signal, ...wanted }: ReadNewsOptions,
): Promise<News> {
  const reader = createRawObjectReader();
  let findings: NewFinding[] = [];
  let unread: string[] = [];
  let [reports, withNews, cut] = [0, 0, 0];
  await readWhole({
    client,
    path: resourcePath(resource, { namespace }),
    signal,
    onRestart() {
      findings = [];
      unread = [];
      [reports, withNews, cut] = [0, 0, 0];
    },
    onItem(bytes) {
      const report = reader.read(bytes);
      const place = report.text('metadata.namespace');
      if (place !== undefined && !scope.coversNamespace(place)) return;
      const news = newsOf(report, wanted);
      reports += 1;
      if (news.findings.length > 0) withNews += 1;
      if (news.isCut) cut += 1;
      findings.push(...news.findings);
    },
    onTooLarge: () => unread.push(`a ${resource.kind} is too large to be read`),
  });
  return { findings, reports, withNews, cut, unread };
}

function notInstalled(cause: ApiError): UsageError {
  const message = `the cluster does not serve ${nameOf(SECURITY_REPORTS)}: Plimsoll is not installed there (kubectl apply -f manifests/install.yaml)`;
  return new UsageError(message, { cause });
}

/**
 * What is new in the reports of a cluster, read page by page; only what is new is kept of them. Throws a UsageError if nothing at all
 * can be read, and as the client does.
 */
export async function readNews(options: ReadNewsOptions): Promise<News> {
  const scope = createScope({ include: options.namespaces, exclude: options.excludeNamespaces });
  const parts = partsOf(options.namespaces);
  const read: News[] = [];
  const unread: string[] = [];
  for (const part of parts) {
    try {
      read.push(await readPart(part, scope, options));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === 'NotFound') throw notInstalled(error);
      if (error.code !== 'Forbidden') throw error;
      unread.push(part.refusal);
    }
  }
  if (read.length === 0) throw new UsageError(unread.join('; '));
  const sum = (of: 'reports' | 'withNews' | 'cut'): number => read.reduce((total, each) => total + each[of], 0);
  return {
    findings: read.flatMap(({ findings }) => findings).sort(byNovelty),
    reports: sum('reports'),
    withNews: sum('withNews'),
    cut: sum('cut'),
    unread: [...unread, ...read.flatMap((each) => each.unread)],
  };
}
