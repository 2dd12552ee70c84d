import { button, byId, make } from './dom.js';
import { get } from './api.js';
import { count, parts } from './format.js';
import { OrderedItems } from './ordered-items.js';
import { ResultView } from './result-view.js';
import { VirtualList } from './virtual-list.js';
import { drawChips } from './chips.js';
import { drawPicture } from './picture-row.js';

const MOST = 50000;
const TYPING = 150;

/** Of the uploads that wait only the next few stand in the list: the results are what people look for. */
const MOST_QUEUED = 4;

const statuses = [
  ['processing', 'In work'],
  ['classified', 'Classified'],
  ['retrying', 'Trying again'],
  ['failed', 'Failed'],
  ['deleted', 'Deleted'],
];

const keyed = (row) => ({ ...row, key: `${row.bucket}/${row.id}` });

/** The view of uploads and results. */
export class Pictures {
  #filter = { status: null, text: '' };
  #counts = { all: 0, whole: true, statuses: {} };
  #batch = 0;
  #isDrawing = false;

  constructor({ uploads, tell, open, close, onRead }) {
    this.uploads = uploads;
    this.close = close;
    this.view = new ResultView(byId('detail'), { back: close, gone: () => this.#leave(), tell, uploads });
    this.items = new OrderedItems({
      read: async (after, limit, signal) => {
        const page = await get('documents', { ...this.#filter, after, limit }, signal);
        onRead(page);
        return { items: page.documents.map(keyed), next: page.next };
      },
      order: (left, right) => right.created - left.created || (left.key < right.key ? -1 : left.key > right.key ? 1 : 0),
      matches: (row) => this.#matches(row),
      most: MOST,
    });
    this.list = new VirtualList(byId('list'), {
      render: drawPicture,
      keyOf: (item) => item.key,
      choose: (item, isOpening) => {
        this.view.show(item);
        open(isOpening);
      },
    });
    this.items.addEventListener('change', () => this.#drawSoon());
    uploads.addEventListener('change', () => this.#drawSoon());
    uploads.addEventListener('renamed', ({ detail }) => this.list.chosen === detail.from && this.list.select(detail.to));
    byId('transfer-stop').onclick = () => uploads.stop();
    this.#search();
  }

  load() {
    return this.items.load();
  }

  /** Reads everything again: any of it may be otherwise or gone. */
  reload() {
    this.load();
    if (this.view.item && !this.view.item.file) {
      this.view.show(this.view.item);
    }
  }

  apply(row) {
    const item = keyed(row);
    this.uploads.settle(item.key);
    this.items.apply(item);
    if (item.key === this.list.chosen) {
      if (item.gone) {
        this.#leave();
      } else {
        this.view.show(item);
      }
    }
  }

  counted(counts) {
    this.#counts = counts;
    this.#drawSoon();
  }

  /** Takes files; the first of them is shown where nothing else is looked at, and a single one always is. */
  take(files) {
    if (this.#filter.status !== null || this.#filter.text !== '') {
      this.#showAll();
    }
    const keys = this.uploads.add(files);
    if (keys.length > 0 && (keys.length === 1 || this.list.chosen === null)) {
      this.#draw();
      this.list.select(keys[0]);
    }
  }

  #matches({ status, name, label }) {
    const text = this.#filter.text.toLowerCase();
    return (this.#filter.status === null || status === this.#filter.status)
      && (text === '' || name.toLowerCase().includes(text) || (label ?? '').toLowerCase().includes(text));
  }

  #search() {
    let timer = 0;
    byId('search').oninput = () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.#narrow({ text: byId('search').value.trim() }), TYPING);
    };
  }

  #narrow(change) {
    this.#filter = { ...this.#filter, ...change };
    byId('list').scrollTop = 0;
    this.items.load();
  }

  /** What was looked at is gone. */
  #leave() {
    this.list.chosen = null;
    this.view.clear();
    this.close();
  }

  #showAll() {
    byId('search').value = '';
    this.#narrow({ status: null, text: '' });
  }

  #drawSoon() {
    if (!this.#isDrawing) {
      this.#isDrawing = true;
      requestAnimationFrame(() => this.#draw());
    }
  }

  #draw() {
    this.#isDrawing = false;
    const uploads = this.uploads.all;
    for (const entry of uploads) {
      if (entry.status === 'sent' && this.items.byKey.has(entry.target)) {
        this.uploads.settle(entry.target);
      }
    }
    const isUnfiltered = this.#filter.status === null && this.#filter.text === '';
    let queued = 0;
    const rows = uploads.filter(({ status }) => status !== 'queued' || queued++ < MOST_QUEUED);
    const shown = isUnfiltered ? [...rows, ...this.items.items] : this.items.items;
    this.list.show(shown);
    const chosen = this.view.item?.file ? this.uploads.get(this.list.chosen) : null;
    if (chosen && chosen !== this.view.item) {
      this.view.show(chosen);
    } else if (this.view.item?.file && !chosen && !this.items.byKey.has(this.list.chosen)) {
      this.#leave();
    }
    this.#drawChips();
    this.#drawTransfer(uploads);
    this.#drawEmpty(shown.length === 0, isUnfiltered);
  }

  #drawChips() {
    const { all, whole, statuses: numbers } = this.#counts;
    byId('older').hidden = whole;
    byId('older').textContent = `Only the newest ${count(all)} are listed and counted.`;
    const chips = statuses.filter(([value]) => numbers[value] > 0 || value === 'classified' || value === 'failed' || value === this.#filter.status)
      .map(([value, text]) => [value, text, numbers[value] ?? 0]);
    drawChips(byId('statuses'), [[null, 'All', all], ...chips], this.#filter.status, (status) => this.#narrow({ status }));
  }

  #drawTransfer(uploads) {
    const waiting = uploads.filter(({ status }) => status === 'queued' || status === 'sending');
    this.#batch = waiting.length === 0 ? 0 : Math.max(this.#batch, waiting.length);
    byId('transfer').hidden = waiting.length === 0;
    const done = this.#batch - waiting.length + waiting.reduce((sum, { progress }) => sum + progress, 0);
    byId('transfer-bar').value = this.#batch === 0 ? 0 : done / this.#batch;
    byId('transfer-text').textContent = this.#batch === 1
      ? `Uploading ${parts(waiting[0].name).file}`
      : `Uploading ${count(Math.min(this.#batch, this.#batch - waiting.length + 1))} of ${count(this.#batch)}`;
  }

  #drawEmpty(isEmpty, isUnfiltered) {
    const box = byId('list-empty');
    const { error, isLoading } = this.items;
    box.hidden = !isEmpty;
    if (!isEmpty) {
      return;
    }
    if (error) {
      box.replaceChildren(make('strong', { textContent: 'The results could not be read' }), error, button('Try again', () => this.load()));
    } else if (isLoading) {
      box.replaceChildren('Loading …');
    } else if (isUnfiltered) {
      box.replaceChildren(make('strong', { textContent: 'Nothing here yet' }), 'Drop a picture to see what the model makes of it.');
    } else {
      box.replaceChildren(make('strong', { textContent: 'Nothing matches' }), 'No picture has this status, label or name.',
        button('Show all', () => this.#showAll()));
    }
  }
}
