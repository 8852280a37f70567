// The scripts of the package register here what they bring.

import { createChunks } from "./chunks.ts";
import type { Behaviour } from "../state/behaviour.ts";
import type { Question } from "../state/question.ts";
import type { Component } from "./components.ts";

/** What the scripts of the package call, window.scormBuilder. */
export interface Registry {
  /** Called by every chunk: by that of a component, and by all others. */
  add(kind: "part", id: string, component: Omit<Component, "name">): void;
  add(kind: string, id: string, data: unknown): void;
  /** The registration hook for question types; see questions/choice.ts. */
  question<Q extends Question>(type: string, behaviour: Behaviour<Q>): void;
  /** Shows the page on view anew, as it was added last; what stands round the pages brings this. */
  again?(): Promise<void>;
}

declare global {
  interface Window {
    scormBuilder: Registry;
  }
  /** The player's, in the scripts of the package. */
  const scormBuilder: Registry;
}

const types = new Map<string, Behaviour>();

/** The components that have arrived. */
export const components: Component[] = [];

export const chunks = createChunks();

/** The behaviour of a question's type; throws where no script has registered it. */
export function behaviourOf({ type }: Question) {
  if (!types.has(type)) throw Error(`no script registered the question type ${type}`);
  return types.get(type) as Behaviour;
}

window.scormBuilder = {
  /** Called by every chunk. */
  add(kind: string, id: string, data: Partial<Component>) {
    // What is fetched ahead may come a second time.
    if (data.selector && !chunks.arrived(kind, id))
      components.push({ name: id, ...data } as Component);
    chunks.add(kind, id, data);
  },
  /** The registration hook for question types; see questions/choice.ts. */
  question(type, behaviour) {
    types.set(type, behaviour as unknown as Behaviour);
    chunks.add("part", `question-${type}`, behaviour);
  },
};
