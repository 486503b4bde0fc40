/**
 * A state machine is one table: state → action → where it leads and who may take it. The same table guards the API, draws
 * the buttons and is proved sound by `tableFaults` in the tests (the idea of vendure's finite-state-machine validator and of
 * OpenCRVS' availableActions: github.com/vendure-ecommerce/vendure, github.com/opencrvs/opencrvs-core).
 */
import type { ErrorCode } from './errors.js';
import type { ActorRole } from './states.js';

/** The answer of a rule: what comes next, or the catalogue code that says why not. */
export type Decision<Next> =
  { readonly ok: true; readonly next: Next } | { readonly ok: false; readonly code: ErrorCode };

/** One edge. Several targets mean that facts outside the table choose among them (see each module's own function). */
export interface Step<State extends string> {
  readonly to: State | readonly State[];
  readonly by: readonly ActorRole[];
}

export type Transitions<State extends string, Action extends string> = {
  readonly [S in State]: { readonly [A in Action]?: Step<State> };
};

export function permit<Next>(next: Next): Decision<Next> {
  return { ok: true, next };
}

export function refuse(code: ErrorCode): { readonly ok: false; readonly code: ErrorCode } {
  return { ok: false, code };
}

/** The states an edge may lead to. */
export function targetsOf<State extends string>(step: Step<State>): readonly State[] {
  return typeof step.to === 'string' ? [step.to] : step.to;
}

/**
 * Decides one step. Refuses with `stateCode` where the table has no such edge, with FORBIDDEN where it has one but not for
 * this role. Where an edge has several targets `wanted` picks one; a target that the edge does not list is `stateCode` too.
 */
export function decideStep<State extends string, Action extends string>(
  table: Transitions<State, Action>,
  state: State,
  action: Action,
  role: ActorRole,
  stateCode: ErrorCode,
  wanted?: State,
): Decision<State> {
  const step = table[state][action];
  if (step === undefined) return refuse(stateCode);
  if (!step.by.includes(role)) return refuse('FORBIDDEN');
  const targets = targetsOf(step);
  const next = wanted === undefined ? targets[0] : targets.find((target) => target === wanted);
  return next === undefined ? refuse(stateCode) : permit(next);
}

/** The actions that `role` may take in `state`, in the order of the table: what a screen shows as buttons. */
export function actionsFrom<State extends string, Action extends string>(
  table: Transitions<State, Action>,
  state: State,
  role: ActorRole,
): Action[] {
  const steps = Object.entries(table[state]) as [Action, Step<State>][];
  return steps.filter(([, step]) => step.by.includes(role)).map(([action]) => action);
}

/** States that no action leaves. */
export function finalStates<State extends string, Action extends string>(
  table: Transitions<State, Action>,
): State[] {
  return (Object.keys(table) as State[]).filter((state) => Object.keys(table[state]).length === 0);
}

/**
 * What is wrong with a table, as sentences; empty when it is sound: every target exists, every state can be reached from
 * `start`, every edge has someone who may take it, every state can still come to an end, and exactly `ends` are closed.
 */
export function tableFaults<State extends string, Action extends string>(
  table: Transitions<State, Action>,
  start: State,
  ends: readonly State[],
): string[] {
  const states = Object.keys(table) as State[];
  const faults: string[] = [];
  const edges = states.flatMap((from) =>
    (Object.entries(table[from]) as [Action, Step<State>][]).map(([action, step]) => ({
      from,
      action,
      step,
    })),
  );
  for (const { from, action, step } of edges) {
    if (step.by.length === 0) faults.push(`${from}.${action} may be taken by nobody`);
    for (const to of targetsOf(step)) {
      if (!states.includes(to)) faults.push(`${from}.${action} leads to the unknown state ${to}`);
    }
  }
  const successors = (state: State) =>
    edges.filter((edge) => edge.from === state).flatMap((edge) => targetsOf(edge.step));
  const predecessors = (state: State) =>
    edges.filter((edge) => targetsOf(edge.step).includes(state)).map((edge) => edge.from);
  const reached = closure([start], successors);
  const ending = closure(ends, predecessors);
  for (const state of states) {
    if (!reached.has(state)) faults.push(`${state} cannot be reached from ${start}`);
    if (!ending.has(state)) faults.push(`${state} can never come to an end`);
    const closed = successors(state).length === 0;
    if (closed !== ends.includes(state))
      faults.push(`${state} is ${closed ? 'closed' : 'open'} but should not be`);
  }
  return faults;
}

function closure<Node>(start: readonly Node[], next: (node: Node) => readonly Node[]): Set<Node> {
  const seen = new Set<Node>(start);
  const open = [...start];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const neighbour of next(node)) {
      if (!seen.has(neighbour)) {
        seen.add(neighbour);
        open.push(neighbour);
      }
    }
  }
  return seen;
}
