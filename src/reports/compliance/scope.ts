import type { Check } from '../../checks/check.ts';
import { checksOf, type Framework, type FrameworkControl } from '../../checks/frameworks/index.ts';
import { versionOf, type Selection } from '../../checks/selection.ts';

/** A control, and what this operator does about it. */
export interface ReportedControl {
  readonly control: FrameworkControl;
  /** Ids of its checks that run. */
  readonly running: readonly string[];
  /** Ids of its checks that do not, though they are no matter of taste: somebody has switched them off. */
  readonly switchedOff: readonly string[];
  /** Ids of its checks that do not run, as they are a matter of taste. */
  readonly optional: readonly string[];
}

/** A framework as it is reported. */
export interface ReportedFramework {
  readonly framework: Framework;
  readonly controls: readonly ReportedControl[];
  /** Fingerprint of its checks that run. */
  readonly catalogueVersion: string;
}

const idsOf = (checks: readonly Check[]): readonly string[] => checks.map(({ id }) => id);

function reportedControl(framework: Framework, control: FrameworkControl, selection: Selection): ReportedControl {
  const checks = checksOf(framework, control);
  const runs = new Set(selection.checks);
  const idle = checks.filter((check) => !runs.has(check));
  return {
    control,
    running: idsOf(checks.filter((check) => runs.has(check))),
    switchedOff: idsOf(idle.filter(({ isOptIn }) => isOptIn !== true)),
    optional: idsOf(idle.filter(({ isOptIn }) => isOptIn === true)),
  };
}

/** Brings a framework together with the checks that run. */
export function reportedFramework(framework: Framework, selection: Selection): ReportedFramework {
  const controls = framework.controls.map((control) => reportedControl(framework, control, selection));
  const running = new Set(controls.flatMap((control) => control.running));
  const catalogueVersion = versionOf(selection.checks.filter(({ id }) => running.has(id)));
  return { framework, controls, catalogueVersion };
}
