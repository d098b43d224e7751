import type { V1Container, V1EnvFromSource, V1EnvVar } from '@kubernetes/client-node';
import type { Violation } from '../check.ts';
import { containerCheck } from '../container-check.ts';
import { cis } from '../cis.ts';
import { containerWith } from '../example-pods.ts';
import { itemsAt, objectAt, stringAt, violationAt } from '../fields.ts';
import type { Place } from '../fields.ts';
import { cannotBeCredential, credentialShape } from './credential-values.ts';

/** Who may read a Deployment, or the repository it comes from, reads what its variables hold. */
export const secretInPlainEnv = containerCheck({
  id: 'secret-in-plain-env',
  severity: 'High',
  title: 'Credential stands in plain text in the environment',
  why: 'Everyone who may read the workload, its manifests or their history has the credential; Secrets have rights of their own.',
  fix: 'Replace the credential, put the new one into a Secret, and mount that as a file.',
  references: {
    cis: cis('5.4.1'),
    nsa: ['Secrets'],
    mitre: ['T1552'],
    kubescape: ['C-0012', 'C-0259'],
    polaris: ['sensitiveContainerEnvVar'],
    kubeLinter: ['env-var-secret'],
    checklist: ['use-secrets'],
  },
  parameters: ['credentialNames', 'notCredentialNames'],
  example: {
    before: containerWith('env:\n  - name: DB_PASSWORD\n    value: correct-horse-battery'),
    after: containerWith('env:\n  - name: DB_PASSWORD_FILE\n    value: /run/secrets/db/password'),
  },
  evaluate: (container, { parameters }) =>
    variablesOf(container).flatMap((variable): readonly Violation[] => {
      const value = stringAt(variable, 'value') ?? '';
      const shape = credentialShape(value);
      if (shape !== undefined)
        return [violationAt(variable, 'value', `${variable.key} holds what looks like ${shape}`, variable.key)];
      if (cannotBeCredential(value) || !parameters.isCredentialName(variable.key)) return [];
      return [
        violationAt(
          variable,
          'value',
          `${variable.key} is called like a credential, and its value is written out`,
          variable.key,
        ),
      ];
    }),
});

/** A file is read by who opens it; the environment is inherited, dumped and logged. */
export const secretEnvReference = containerCheck({
  id: 'secret-env-reference',
  severity: 'Low',
  title: 'Secret is handed over in the environment',
  why: 'Child processes inherit it, crash reports and debug pages print it, and a new value needs a restart.',
  fix: 'Mount the Secret as a volume and read the file.',
  references: {
    cis: cis('5.4.1'),
    nsa: ['Secrets'],
    kubescape: ['C-0207'],
    kubeLinter: ['read-secret-from-env-var'],
    checkov: ['CKV_K8S_35'],
    kubesec: ['SecretsAsEnvironmentVariables'],
    checklist: ['use-secrets'],
  },
  example: {
    before: containerWith(
      'env:\n  - name: DB_PASSWORD\n    valueFrom:\n      secretKeyRef:\n        name: db\n        key: password',
    ),
    after: containerWith('env:\n  - name: DB_PASSWORD_FILE\n    value: /run/secrets/db/password'),
  },
  evaluate: (container) => [...variablesFromSecrets(container), ...wholeSecrets(container)],
});

type Variable = Place<V1EnvVar> & { readonly key: string };

function variablesOf(container: Place<V1Container>): readonly Variable[] {
  return itemsAt<V1Container, V1EnvVar>(container, 'env', (variable) => stringAt(variable, 'name') ?? '');
}

function variablesFromSecrets(container: Place<V1Container>): readonly Violation[] {
  return variablesOf(container)
    .filter((variable) => objectAt(variable, 'valueFrom.secretKeyRef') !== undefined)
    .map((variable) => {
      const secret = stringAt(variable, 'valueFrom.secretKeyRef.name') ?? '';
      return violationAt(
        variable,
        'valueFrom.secretKeyRef',
        `${variable.key} is filled from Secret ${secret}`,
        `env/${variable.key}`,
      );
    });
}

const secretOf = (source: Place<V1EnvFromSource>): string => stringAt(source, 'secretRef.name') ?? '';

function wholeSecrets(container: Place<V1Container>): readonly Violation[] {
  return itemsAt<V1Container, V1EnvFromSource>(container, 'envFrom', secretOf)
    .filter((source) => objectAt(source, 'secretRef') !== undefined)
    .map((source) =>
      violationAt(source, 'secretRef', `every key of Secret ${source.key} becomes a variable`, `envFrom/${source.key}`),
    );
}
