// The server's events. A broken connection is taken up again where it was, after growing waits; nothing is lost in between.

const FIRST_WAIT = 500;
const LARGEST_WAIT = 8000;
const HIDDEN_WAIT = 5000;

/** Sends on each event of the server as one of its own (`detail` holds the data), and `link` where the connection comes and goes. */
export class Live extends EventTarget {
  #source = null;
  #after = null;
  #wait = FIRST_WAIT;
  #timer = 0;

  constructor() {
    super();
    // A browser has few connections for each server: a page that nobody sees gives its own back.
    let hidden = 0;
    document.addEventListener('visibilitychange', () => {
      clearTimeout(hidden);
      if (document.hidden) {
        hidden = setTimeout(() => this.#close(), HIDDEN_WAIT);
      } else if (this.#source === null) {
        this.connect();
      }
    });
    addEventListener('online', () => this.connect());
  }

  /** Begins to listen, from the change after this one. */
  start(sequence) {
    this.#after = sequence;
    this.connect();
  }

  /** Tries now instead of after the wait. */
  connect() {
    this.#close();
    if (this.#after === null) {
      return;
    }
    const source = new EventSource(`/api/events?after=${this.#after}`);
    this.#source = source;
    source.onopen = () => {
      this.#wait = FIRST_WAIT;
      this.#link(true, 0);
    };
    source.onerror = () => this.#lost();
    for (const type of ['document', 'letter', 'counts', 'models', 'reset', 'trouble']) {
      source.addEventListener(type, (event) => {
        if (event.lastEventId) {
          this.#after = Number(event.lastEventId);
        }
        this.dispatchEvent(new CustomEvent(type, { detail: JSON.parse(event.data) }));
      });
    }
  }

  #lost() {
    this.#close();
    this.#link(false, this.#wait);
    this.#timer = setTimeout(() => this.connect(), this.#wait);
    this.#wait = Math.min(LARGEST_WAIT, this.#wait * 2);
  }

  #close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #link(isLive, wait) {
    this.dispatchEvent(new CustomEvent('link', { detail: { isLive, wait } }));
  }
}
