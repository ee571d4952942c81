import { initialState, reduce, type Action, type State } from './state';

type Listener = (state: State) => void;

/** Holds the state and tells the views when it has moved on. */
export class Store {
  #state: State = initialState();
  readonly #listeners = new Set<Listener>();

  get state(): State {
    return this.#state;
  }

  dispatch(action: Action): void {
    const next = reduce(this.#state, action);
    if (next === this.#state) return;
    this.#state = next;
    for (const listener of this.#listeners) listener(next);
  }

  /** Calls the listener now and on every change; the answer ends that. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    listener(this.#state);
    return () => this.#listeners.delete(listener);
  }
}
