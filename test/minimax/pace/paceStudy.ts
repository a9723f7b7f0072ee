export { playScenario, type Outcome } from './playScenario';
export { scenarios, type Scenario } from './scenarios';
