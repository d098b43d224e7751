import assert from 'node:assert/strict';
import {
  accountYaml,
  bindingYaml,
  clusterBindingYaml,
  clusterRoleYaml,
  deploymentYaml,
  documents,
  groupYaml,
  roleYaml,
  ruleYaml,
  subjectYaml,
} from '../../../../src/checks/rbac/examples.ts';
import { ALL } from '../../../support/all-checks.ts';
import { assessAll } from '../../../support/little-cluster.ts';

const READ_SECRETS = ruleYaml('', 'secrets', 'get');

/** `Kind/name severity check` of every finding of the check. */
const found = (check: string, yaml: string): readonly string[] =>
  assessAll(yaml, ALL.checks).flatMap(({ subject, findings }) =>
    findings
      .filter((finding) => finding.check === check)
      .map(({ severity }) => `${subject.kind}/${subject.name} ${severity}`),
  );

describe('What a role grants', () => {
  const role = clusterRoleYaml([READ_SECRETS]);

  it('is a hint on the role while nothing binds it', () => {
    assert.deepEqual(found('secrets-read', role), ['ClusterRole/deployer Info']);
  });

  it('is found on its bindings, and no more on the role, once it is bound', () => {
    const binding = clusterBindingYaml('deployer', groupYaml('team'));
    assert.deepEqual(found('secrets-read', documents(role, binding)), ['ClusterRoleBinding/deployers Critical']);
    assert.deepEqual(found('secrets-read', documents(binding, role)), ['ClusterRoleBinding/deployers Critical']);
  });

  it('is found in one namespace by a RoleBinding, of a ClusterRole too', () => {
    const binding = bindingYaml('ClusterRole', 'deployer', groupYaml('team'));
    assert.deepEqual(found('secrets-read', documents(role, binding)), ['RoleBinding/deployers Medium']);
  });

  it('is not by a binding to a Role of the same name that is not there', () => {
    const binding = bindingYaml('Role', 'deployer', groupYaml('team'));
    assert.deepEqual(found('secrets-read', documents(role, binding)), ['ClusterRole/deployer Info']);
    assert.deepEqual(found('role-ref-missing', documents(role, binding)), ['RoleBinding/deployers Low']);
  });

  it('is judged as widening where Kubernetes aggregates the role', () => {
    const aggregated = clusterRoleYaml([READ_SECRETS], "rbac.authorization.k8s.io/aggregate-to-view: 'true'");
    assert.deepEqual(found('secrets-read', aggregated), []);
    assert.deepEqual(found('aggregated-role-broadened', aggregated), ['ClusterRole/deployer High']);
  });

  it('is what Kubernetes ships where a role of its own is not at hand', () => {
    const binding = clusterBindingYaml('edit', groupYaml('team'));
    assert.deepEqual(found('secrets-read', binding), ['ClusterRoleBinding/deployers Critical']);
    assert.deepEqual(found('role-ref-missing', binding), []);
  });
});

describe('Who uses a ServiceAccount', () => {
  const binding = documents(roleYaml(READ_SECRETS), bindingYaml('Role', 'deployer', subjectYaml('web')));

  it('is seen by the account and by the workloads that share it', () => {
    const one = documents(accountYaml('web'), binding, deploymentYaml('one', 'web'));
    assert.deepEqual(found('sa-unused-with-grants', documents(accountYaml('web'), binding)), [
      'ServiceAccount/web Low',
    ]);
    assert.deepEqual(found('sa-unused-with-grants', one), []);
    assert.deepEqual(found('service-account-shared', one), []);
    assert.deepEqual(found('service-account-shared', documents(one, deploymentYaml('two', 'web'))), [
      'Deployment/one Low',
      'Deployment/two Low',
    ]);
  });

  it('is not asked where the account is not there', () => {
    assert.deepEqual(found('binding-subject-missing', binding), ['RoleBinding/deployers Low']);
    assert.deepEqual(found('binding-subject-missing', documents(accountYaml('web'), binding)), []);
  });
});
