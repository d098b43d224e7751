/** The only door to checks that administrators write in CEL. The library behind them is loaded in a thread of its own. */
export type * from './custom-check.ts';
export {
  createCustomEvaluator,
  type CustomEvaluator,
  type CustomEvaluatorOptions,
  type CustomJudgement,
  type CustomSubject,
} from './evaluator.ts';
export { verifyCustomChecks } from './verify.ts';
