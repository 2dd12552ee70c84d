import { button, byId, confirm, make, redraw } from './dom.js';
import { get, post } from './api.js';
import { count, distance, parts, time } from './format.js';
import { explain, explainParked } from './reasons.js';
import { OrderedItems } from './ordered-items.js';
import { VirtualList } from './virtual-list.js';
import { drawChips } from './chips.js';
import { facts, reason } from './result-view.js';
import { nameOf, pill, thumbnailOf } from './picture-row.js';

// How often "due in 12 s" is told anew.
const CLOCK = 5000;

const keyed = (letter) => ({ ...letter, key: `${letter.bucket}/${letter.id}` });

/** The due before the parked, the earliest first, as the server sends them. */
const order = (left, right) => left.state.localeCompare(right.state) || left.dueAt?.localeCompare(right.dueAt) || left.key.localeCompare(right.key);

function draw(row, letter, previous) {
  const last = letter.errors.at(-1);
  const second = make('div', { className: 'second' }, pill(letter.state),
    make('span', { textContent: letter.state === 'parked' ? explainParked(letter.parkedReason) : explain(last?.code).title }));
  const side = make('div', { className: 'side' },
    make('span', { textContent: letter.state === 'due' ? `due ${distance(letter.dueAt)}` : time(letter.dueAt) }),
    make('span', { textContent: `${letter.attempts} ${letter.attempts === 1 ? 'attempt' : 'attempts'}` }));
  const isSame = previous && previous.generation === letter.generation;
  row.replaceChildren(isSame ? row.firstElementChild : thumbnailOf({ ...letter, bucket: letter.objectBucket }), make('div', {}, nameOf(letter.name ?? letter.id), second), side);
}

/** The view of dead letters. */
export class Letters {
  #filter = null;
  #counts = {};
  #isBusy = false;

  constructor({ tell, open, close }) {
    this.tell = tell;
    this.box = byId('letter-detail');
    this.close = close;
    this.items = new OrderedItems({
      read: async (after, limit, signal) => {
        const page = await get('dead-letters', { state: this.#filter, after, limit }, signal);
        return { items: page.letters.map(keyed), next: page.next };
      },
      order,
      matches: (letter) => this.#filter === null || letter.state === this.#filter,
      most: 10000,
    });
    this.list = new VirtualList(byId('letter-list'), {
      render: draw,
      keyOf: (letter) => letter.key,
      choose: (letter, isOpening) => {
        this.#show(letter);
        open(isOpening);
      },
    });
    this.items.addEventListener('change', () => this.#changed());
    byId('retry-all').onclick = () => this.#retryAll();
    setInterval(() => this.list.refresh(), CLOCK);
    this.#clear();
  }

  load() {
    return this.items.load();
  }

  /** Reads everything again: any of it may be otherwise or gone. */
  async reload() {
    await this.load();
    const chosen = this.items.byKey.get(this.list.chosen);
    if (chosen) {
      this.#show(chosen);
    } else if (this.list.chosen !== null && !this.items.error) {
      this.#clear();
      this.close();
    }
  }

  apply(letter) {
    const item = keyed(letter);
    this.items.apply(item);
    if (item.key === this.list.chosen) {
      if (item.gone) {
        this.#clear();
        this.close();
      } else {
        this.#show(item);
      }
    }
  }

  counted(counts) {
    this.#counts = counts;
    this.#changed();
  }

  #changed() {
    const { due = 0, parked = 0 } = this.#counts;
    const all = due + parked;
    byId('letters-badge').hidden = all === 0;
    byId('letters-badge').textContent = count(all);
    drawChips(byId('letter-states'), [[null, 'All', all], ['due', 'Due', due], ['parked', 'Parked', parked]], this.#filter, (state) => {
      this.#filter = state;
      this.items.load();
    });
    const shown = this.items.items;
    this.list.show(shown);
    byId('retry-all').hidden = shown.length < 2;
    byId('retry-all').disabled = this.#isBusy;
    byId('retry-all').textContent = `Retry all ${count(shown.length)}`;
    const empty = byId('letter-empty');
    empty.hidden = shown.length > 0 || (this.items.isLoading && !this.items.error);
    if (this.items.error) {
      empty.replaceChildren(make('strong', { textContent: 'The dead letters could not be read' }), this.items.error, button('Try again', () => this.load()));
    } else {
      empty.replaceChildren(make('strong', { textContent: 'No dead letters' }), 'Everything that was uploaded has its answer.');
    }
  }

  #clear() {
    this.list.chosen = null;
    redraw(this.box, make('p', { className: 'hint', textContent: 'Choose a dead letter to see its history.' }));
  }

  #show(letter) {
    const { folder, file } = parts(letter.name ?? letter.id);
    const last = letter.errors.at(-1);
    const isDue = letter.state === 'due';
    const history = make('ol', { className: 'history', reversed: true }, ...letter.errors.toReversed().map((error) => make('li', {},
      make('div', { textContent: explain(error.code).title }),
      make('p', { className: 'quiet' }, make('code', { textContent: error.code }), ` ${error.message}`),
      make('time', { dateTime: error.at, textContent: [time(error.at), error.model, error.instance].filter(Boolean).join(' · ') }))));
    redraw(this.box, make('div', { className: 'body' },
      button('‹ Back to the list', this.close, 'back'),
      make('div', { className: 'head' },
        make('div', {}, make('h3', { textContent: file }), folder ? make('p', { className: 'quiet', textContent: folder }) : null), pill(letter.state)),
      isDue || !last ? null : make('p', { textContent: `${explainParked(letter.parkedReason)}.` }),
      last ? reason(last, isDue) : null,
      make('div', { className: 'actions' },
        button('Retry now', (event) => this.#act(event.target, 'retry', letter, 'is tried again'), 'primary'),
        isDue ? button('Park', (event) => this.#act(event.target, 'park', letter, 'is parked')) : null,
        button('Drop …', (event) => this.#drop(event.target, letter), 'danger')),
      make('section', {}, make('h4', { textContent: letter.errors.length === 10 ? 'The last ten failures' : 'Failures' }), history),
      make('section', {}, make('h4', { textContent: 'Letter' }), facts([
        [isDue ? 'Due' : 'Parked', isDue ? `${distance(letter.dueAt)}, ${time(letter.dueAt)}` : time(letter.dueAt)],
        ['Attempts', letter.attempts],
        ['Sent round again', letter.redrives > 0 ? `${letter.redrives} ×` : null],
        ['First failed', letter.firstFailedAt ? time(letter.firstFailedAt) : null],
        ['Rule', letter.rule],
        ['Bucket', letter.objectBucket],
        ['Generation', letter.generation],
      ])),
      letter.payload ? make('section', {}, make('h4', { textContent: 'What the event held' }), make('pre', { textContent: letter.payload })) : null));
  }

  async #act(control, action, { bucket, id, name }, what) {
    control.disabled = true;
    try {
      await post(`dead-letters/${action}`, { bucket, id });
      this.tell(`${parts(name ?? id).file} ${what}.`);
    } catch (error) {
      control.closest('.actions').after(make('p', { className: 'quiet', role: 'alert', textContent: error.message }));
    }
    control.disabled = false;
  }

  async #drop(control, letter) {
    const { file } = parts(letter.name ?? letter.id);
    if (await confirm(`Drop the letter of ${file}?`, 'It is not tried again. A result that waits for it becomes failed; the picture itself stays.', 'Drop')) {
      await this.#act(control, 'drop', letter, 'is dropped');
    }
  }

  async #retryAll() {
    const all = [...this.items.items];
    if (!await confirm(`Retry ${count(all.length)} letters?`, 'Each gets its full number of attempts again.', 'Retry')) {
      return;
    }
    this.#isBusy = true;
    this.#changed();
    let failed = 0;
    for (const { bucket, id } of all) {
      await post('dead-letters/retry', { bucket, id }).catch(() => failed++);
    }
    this.#isBusy = false;
    this.#changed();
    this.tell(failed === 0 ? `${count(all.length)} letters are tried again.` : `${count(failed)} of ${count(all.length)} letters could not be sent round again.`);
  }
}
