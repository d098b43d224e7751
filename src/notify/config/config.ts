import type { Severity } from '../../crds/index.ts';

/** What receivers there are a format for. */
export const TARGET_TYPES = ['webhook', 'slack', 'teams', 'alertmanager'] as const;

export type TargetType = (typeof TARGET_TYPES)[number];

/** How a receiver is known to be the right one, and who we are to it. PEM texts. */
export interface TargetTls {
  /** Instead of the authorities that Node.js trusts. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** Instead of the host of the URL. */
  readonly serverName?: string;
  /** Whoever answers is believed. Default false. */
  readonly insecureSkipVerify: boolean;
}

/** Whom to tell what, and how. Holds secrets: never to be logged. */
export interface Target {
  /** A DNS label; names it in logs and metrics. */
  readonly name: string;
  readonly type: TargetType;
  /** A secret, as whoever knows it can post. */
  readonly url: string;
  readonly minSeverity: Severity;
  /** Globs; empty means every namespace. */
  readonly namespaces: readonly string[];
  /** Globs; they win over `namespaces`. */
  readonly excludeNamespaces: readonly string[];
  /** Whether it is told what ClusterSecurityReports say. */
  readonly clusterScoped: boolean;
  readonly sendResolved: boolean;
  /** For so long changes are gathered into one message; 0 sends each at once. */
  readonly digestSeconds: number;
  /** One request, from the connection to the last byte of the answer. */
  readonly timeoutSeconds: number;
  /** A message that could not be delivered for so long is given up. */
  readonly giveUpAfterSeconds: number;
  /** How many findings may wait. */
  readonly maxQueue: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Signs what is sent to a webhook. */
  readonly hmacKey?: Buffer;
  /** How long an alert lasts in an Alertmanager that hears nothing more of it. */
  readonly alertLifetimeSeconds: number;
  readonly tls: TargetTls;
}

export interface NotifyConfig {
  /** Tells clusters apart where several report to one receiver. */
  readonly clusterName?: string;
  /** A link to more; {cluster}, {namespace}, {kind}, {name} and {report} stand for what the message is about. */
  readonly externalUrl?: string;
  readonly targets: readonly Target[];
}
