// Items by key and in order, read page by page from the server and kept up by its events.

/** Loading, loaded as far as it goes, or failed with a reason. */
export class OrderedItems extends EventTarget {
  /**
   * @param read (after, limit, signal) reads a page: its items and the place of the next one, or null
   * @param order compares two items
   * @param matches says whether an item belongs to what is shown
   * @param most how many are held at once
   */
  constructor({ read, order, matches, most }) {
    super();
    this.read = read;
    this.order = order;
    this.matches = matches;
    this.most = most;
    this.items = [];
    this.byKey = new Map();
    this.next = null;
    this.isLoading = false;
    this.error = null;
    this.reading = new AbortController();
  }

  /** Begins anew: shows the first page as soon as it is there, then reads on behind it. What is shown stays until then. */
  async load() {
    this.reading.abort();
    const reading = new AbortController();
    this.reading = reading;
    this.isLoading = true;
    this.missed = [];
    this.#changed();
    try {
      let after = null;
      do {
        const page = await this.read(after, after === null ? 100 : 1000, reading.signal);
        if (reading.signal.aborted) {
          return;
        }
        if (after === null) {
          this.items = [];
          this.byKey.clear();
        }
        for (const item of page.items) {
          if (!this.byKey.has(item.key)) {
            this.byKey.set(item.key, item);
            this.items.push(item);
          }
        }
        after = page.next;
        this.next = after;
        this.error = null;
        const missed = this.missed;
        this.missed = after === null ? null : [];
        missed.forEach((item) => this.apply(item));
        this.#changed();
      } while (after !== null && this.items.length < this.most);
    } catch (error) {
      if (reading.signal.aborted) {
        return;
      }
      this.error = error.message;
    }
    this.isLoading = false;
    this.missed = null;
    this.#changed();
  }

  /** Takes in a change: an item as it is now, or one that is gone. */
  apply(item) {
    // A page that is on its way may hold an older state of it.
    this.missed?.push(item);
    const old = this.byKey.get(item.key);
    if (old) {
      const place = this.#place(old);
      this.items.splice(this.items[place]?.key === old.key ? place : this.items.indexOf(old), 1);
      this.byKey.delete(item.key);
    }
    const last = this.items.at(-1);
    const isBeyond = this.next !== null && (!last || this.order(item, last) > 0);
    if (!item.gone && this.matches(item) && !isBeyond) {
      this.items.splice(this.#place(item), 0, item);
      this.byKey.set(item.key, item);
    }
    this.#changed();
  }

  /** Where an item stands, or would stand. */
  #place(item) {
    let low = 0;
    let high = this.items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.order(this.items[middle], item) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Tells of any number of changes once, before the next picture is drawn. */
  #changed() {
    if (!this.isTold) {
      this.isTold = true;
      queueMicrotask(() => {
        this.isTold = false;
        this.dispatchEvent(new Event('change'));
      });
    }
  }
}
