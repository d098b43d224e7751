/** What `kubectl get` shows of an object. */
export type Column = Readonly<Record<string, unknown>>;

function column(name: string, jsonPath: string, type: string, description: string, priority: 0 | 1): Column {
  // The API server leaves a priority of 0 out, and what it leaves out looks like drift.
  return { name, type, description, jsonPath, ...(priority === 0 ? {} : { priority }) };
}

const age = (what: string): Column =>
  column('Age', '.metadata.creationTimestamp', 'date', `How long the ${what} exists.`, 0);

const NEWEST = column(
  'Newest',
  '.summary.newestFirstSeenTime',
  'date',
  'How long ago the newest finding appeared; empty while there is none that was not there from the start.',
  0,
);

/** The columns of a report on a subject; whether plain `kubectl get` shows the subject is up to its name. */
export function reportColumns({ showsSubject }: { readonly showsSubject: boolean }): readonly Column[] {
  return [
    column('Critical', '.summary.critical', 'integer', 'Open findings of severity Critical.', 0),
    column('High', '.summary.high', 'integer', 'Open findings of severity High.', 0),
    column('Medium', '.summary.medium', 'integer', 'Open findings of severity Medium.', 0),
    column('Low', '.summary.low', 'integer', 'Open findings of severity Low.', 0),
    NEWEST,
    age('report'),
    column('Info', '.summary.info', 'integer', 'Open findings of severity Info.', 1),
    column('Suppressed', '.summary.suppressed', 'integer', 'Findings under an exception.', 1),
    column('Unknown', '.summary.unknown', 'integer', 'Checks that could not be decided.', 1),
    column('Passed', '.summary.passed', 'integer', 'Checks that found nothing.', 1),
    column('Kind', '.subject.kind', 'string', 'Kind of the subject.', 1),
    column('Subject', '.subject.name', 'string', 'Name of the subject.', showsSubject ? 0 : 1),
  ];
}

/** The columns of a compliance report. */
export function complianceColumns(): readonly Column[] {
  return [
    column('Pass', '.summary.pass', 'integer', 'Controls that are kept.', 0),
    column('Fail', '.summary.fail', 'integer', 'Controls that are violated.', 0),
    column('NotEvaluated', '.summary.notEvaluated', 'integer', 'Controls that were not judged, or not wholly.', 0),
    column('Manual', '.summary.manual', 'integer', 'Controls that only people can decide.', 0),
    column('Exempt', '.summary.exempt', 'integer', 'Controls whose violations are all under exceptions.', 0),
    age('report'),
    column('Framework', '.framework.title', 'string', 'What the framework is called.', 1),
    column('Version', '.framework.version', 'string', 'Version of the framework.', 1),
  ];
}

const conditionOf = (type: string): string => `.status.conditions[?(@.type=="${type}")]`;

/** The columns of an exception. */
export function exceptionColumns(): readonly Column[] {
  return [
    column('State', `${conditionOf('Active')}.reason`, 'string', 'Whether it is active, and if not, why.', 0),
    column('Matched', '.status.matchedFindings', 'integer', 'How many findings it accepts.', 0),
    column('Owner', '.spec.owner', 'string', 'Who answers for it.', 0),
    // A date would be shown as an age, which nothing has that is yet to come.
    column('Expires', '.spec.expirationTime', 'string', 'When it ends.', 0),
    age('exception'),
    column('Checks', '.spec.checks', 'string', 'The checks whose findings it accepts.', 1),
    column('Ticket', '.spec.ticket', 'string', 'Where it is tracked.', 1),
    column('Reason', '.spec.reason', 'string', 'Why it is accepted.', 1),
  ];
}

/** The columns of the profile. */
export function profileColumns(): readonly Column[] {
  return [
    column('Accepted', `${conditionOf('Accepted')}.status`, 'string', 'Whether all of it is valid.', 0),
    column('Ready', `${conditionOf('Ready')}.status`, 'string', 'Whether the cluster is judged by it.', 0),
    age('profile'),
    column('Message', `${conditionOf('Accepted')}.message`, 'string', 'What is not valid.', 1),
  ];
}
