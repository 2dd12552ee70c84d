import { make } from './dom.js';

const ROW = 64;
const AROUND = 6;

/**
 * A list of any length of which only the visible rows exist, as a listbox: one stop for the keyboard, arrows and Home, End, Page to move, Enter to
 * open. The row under the keyboard or the mouse is the chosen one.
 */
export class VirtualList {
  /**
   * @param box the element with the role listbox
   * @param render (row, item, previous) draws an item in its row; gives back what is to be done when the row goes, if anything
   * @param keyOf names an item, the same name over all its changes
   * @param choose is called with the item that is chosen, and whether it is to be opened
   */
  constructor(box, { render, keyOf, choose }) {
    this.box = box;
    this.render = render;
    this.keyOf = keyOf;
    this.choose = choose;
    this.items = [];
    this.chosen = null;
    this.rows = new Map();
    this.space = make('div', { className: 'space', role: 'presentation' });
    box.append(this.space);
    box.addEventListener('scroll', () => this.#draw(), { passive: true });
    box.addEventListener('keydown', (event) => this.#key(event));
    box.addEventListener('click', (event) => this.#click(event));
    new ResizeObserver(() => this.#draw()).observe(box);
  }

  /** Shows these items. What is on the screen stays where it is when others come in above it. */
  show(items) {
    const top = Math.floor(this.box.scrollTop / ROW);
    const anchor = this.box.scrollTop > 0 && this.items[top] ? this.keyOf(this.items[top]) : null;
    this.items = items;
    this.space.style.height = `${items.length * ROW}px`;
    if (anchor !== null && (top >= items.length || this.keyOf(items[top]) !== anchor)) {
      const now = items.findIndex((item) => this.keyOf(item) === anchor);
      if (now >= 0) {
        this.box.scrollTop += (now - top) * ROW;
      }
    }
    this.#draw();
  }

  /** Draws what is visible anew, where it depends on more than the items. */
  refresh() {
    if (this.box.clientHeight > 0) {
      this.rows.forEach((row) => this.render(row.element, row.item, row.item));
    }
  }

  /** Chooses an item by its key, or none. */
  select(key, open = false) {
    this.chosen = key;
    this.#draw();
    const item = this.items.find((candidate) => this.keyOf(candidate) === key);
    if (item) {
      this.choose(item, open);
    }
  }

  #indexOfChosen() {
    return this.chosen === null ? -1 : this.items.findIndex((item) => this.keyOf(item) === this.chosen);
  }

  #key(event) {
    const page = Math.max(1, Math.floor(this.box.clientHeight / ROW) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.altKey || event.ctrlKey || event.metaKey || this.items.length === 0) {
      return;
    }
    if (event.key in steps) {
      event.preventDefault();
      const from = this.#indexOfChosen();
      const start = from < 0 && steps[event.key] > 0 ? -1 : Math.max(from, 0);
      const to = Math.min(this.items.length - 1, Math.max(0, start + steps[event.key]));
      this.#reveal(to);
      this.select(this.keyOf(this.items[to]));
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (this.#indexOfChosen() >= 0) {
        this.select(this.chosen, true);
      }
    }
  }

  #click(event) {
    const row = event.target.closest('.row');
    if (row) {
      this.select(row.dataset.key, true);
    }
  }

  #reveal(index) {
    const top = index * ROW;
    if (top < this.box.scrollTop) {
      this.box.scrollTop = top;
    } else if (top + ROW > this.box.scrollTop + this.box.clientHeight) {
      this.box.scrollTop = top + ROW - this.box.clientHeight;
    }
  }

  #draw() {
    const first = Math.max(0, Math.floor(this.box.scrollTop / ROW) - AROUND);
    const last = Math.min(this.items.length, Math.ceil((this.box.scrollTop + this.box.clientHeight) / ROW) + AROUND);
    const wanted = new Map();
    for (let index = first; index < last; index++) {
      wanted.set(this.keyOf(this.items[index]), index);
    }
    for (const [key, row] of this.rows) {
      if (!wanted.has(key)) {
        row.element.remove();
        row.leave?.();
        this.rows.delete(key);
      }
    }
    let active = '';
    for (const [key, index] of wanted) {
      const element = this.#row(key, index);
      if (key === this.chosen) {
        active = element.id;
      }
    }
    this.box.setAttribute('aria-activedescendant', active);
  }

  #row(key, index) {
    const item = this.items[index];
    let row = this.rows.get(key);
    if (!row) {
      row = { element: make('div', { className: 'row', role: 'option', id: `${this.box.id}-${nextId++}` }), item: null, leave: null };
      row.element.dataset.key = key;
      this.rows.set(key, row);
      this.space.append(row.element);
    }
    if (row.item !== item) {
      row.leave = this.render(row.element, item, row.item) ?? row.leave;
      row.item = item;
    }
    const chosen = key === this.chosen;
    row.element.style.top = `${index * ROW}px`;
    row.element.classList.toggle('active', chosen);
    row.element.setAttribute('aria-selected', String(chosen));
    row.element.setAttribute('aria-posinset', String(index + 1));
    row.element.setAttribute('aria-setsize', String(this.items.length));
    return row.element;
  }
}

let nextId = 1;
