import { bar, button, make, redraw } from './dom.js';
import { ApiError, get, pictureUrl, post } from './api.js';
import { bytes, distance, milliseconds, parts, percent } from './format.js';
import { explain } from './reasons.js';
import { hasPicture, pill } from './picture-row.js';

const stages = [
  ['queueMs', 'Waiting'],
  ['downloadMs', 'Download'],
  ['decodeMs', 'Decode'],
  ['preprocessMs', 'Preprocess'],
  ['inferenceMs', 'Inference'],
];

const section = (title, ...content) => make('section', {}, make('h4', { textContent: title }), ...content);

/** Facts as terms and values; those without a value are left out. */
export const facts = (pairs, className = 'facts') => make('dl', { className }, ...pairs
  .filter(([, value]) => value !== null && value !== undefined && value !== '')
  .flatMap(([term, value]) => [make('dt', { textContent: term }), make('dd', {}, value)]));

/** A failure in plain words, with its code and what the worker said. */
export function reason(error, isWaiting) {
  const { title, advice } = explain(error.code);
  return make('div', { className: isWaiting ? 'reason wait' : 'reason' },
    make('strong', { textContent: title }),
    advice || isWaiting ? make('p', { textContent: [advice, isWaiting ? 'It is tried again by itself.' : ''].filter(Boolean).join(' ') }) : null,
    make('p', { className: 'quiet' }, make('code', { textContent: error.code }), ` ${error.message}`));
}

function scores(labels) {
  return make('ol', { className: 'scores' }, ...labels.map(({ label, score }) => make('li', {},
    make('span', { className: 'what', textContent: label }),
    bar(score),
    make('span', { className: 'percent', textContent: percent(score) }))));
}

/** Waiting lies before the claim, and the total of the document begins with it; what is in no stage is shown as the rest. */
function timings(all) {
  const known = stages.map(([field, name]) => [name, all[field]]).filter(([, value]) => typeof value === 'number');
  const inside = known.reduce((sum, [name, value]) => sum + (name === 'Waiting' ? 0 : value), 0);
  const pieces = [...known, ['Rest', Math.max(0, (all.totalMs ?? 0) - inside)]];
  const line = make('div', { className: 'stages', 'aria-hidden': 'true' }, ...pieces.map(([name, value]) => {
    const piece = make('span', { title: `${name} ${milliseconds(value)}` });
    piece.style.flexGrow = String(value);
    return piece;
  }));
  const rows = [...pieces, ['Total', (all.queueMs ?? 0) + (all.totalMs ?? 0)]].map(([name, value]) => [name, milliseconds(value)]);
  return section(all.cold ? 'Time, with the model loaded or warmed for it' : 'Time', line, facts(rows, 'facts numbers'));
}

/** The picture as the model's input tensor holds it, and what may differ from the time of the result. */
function modelView(result) {
  const note = make('p', { className: 'quiet', textContent: 'Decoded, turned and resized, read back from the input tensor of the model that answers now.' });
  const image = make('img', { alt: `${parts(result.name).file} as the model saw it` });
  image.onload = () => note.append(` ${image.naturalWidth} × ${image.naturalHeight} pixels.`);
  image.onerror = () => {
    image.remove();
    note.textContent = 'It cannot be shown: the picture cannot be read, or the model is not ready.';
  };
  image.src = pictureUrl('model-view', result);
  return section('What the model saw', make('div', { className: 'seen' }, image, note));
}

/** The panel beside the list: one result whole, or one upload. */
export class ResultView {
  /**
   * @param tell says a sentence to the user
   * @param gone is called where the result that is to be shown is not there any more
   */
  constructor(box, { back, gone, tell, uploads }) {
    this.box = box;
    this.back = back;
    this.gone = gone;
    this.tell = tell;
    this.uploads = uploads;
    this.clear();
  }

  clear() {
    this.item = null;
    this.reading?.abort();
    redraw(this.box, make('p', { className: 'hint', textContent: 'Choose a picture to see its labels, its timings and what the model saw.' }));
  }

  /** Shows an item of the list; what is on the screen stays until the new can take its place. */
  async show(item) {
    this.item = item;
    this.reading?.abort();
    if (item.file) {
      this.#upload(item);
      return;
    }
    const reading = new AbortController();
    this.reading = reading;
    try {
      const result = await get('document', { bucket: item.bucket, id: item.id }, reading.signal);
      if (!reading.signal.aborted) {
        this.#result({ ...result, bucket: item.bucket });
      }
    } catch (error) {
      if (reading.signal.aborted) {
        return;
      }
      if (error.status === 404) {
        this.gone();
      } else {
        this.#frame(item.name, item.status, make('p', { className: 'reason', textContent: error instanceof ApiError ? error.message : String(error) }));
      }
    }
  }

  #frame(name, state, ...content) {
    const { folder, file } = parts(name);
    const title = make('div', {}, make('h3', { textContent: file }), folder ? make('p', { className: 'quiet', textContent: folder }) : null);
    const place = this.box.scrollTop;
    redraw(this.box, make('div', { className: 'body' },
      button('‹ Back to the list', this.back, 'back'),
      make('div', { className: 'head' }, title, pill(state)),
      ...content));
    this.box.scrollTop = this.shown === name ? place : 0;
    this.shown = name;
  }

  #picture(address, name) {
    if (this.picture?.src !== new URL(address, location.href).href) {
      const image = make('img', { className: 'picture', alt: name, onerror: () => image.remove() });
      image.src = address;
      this.picture = image;
    }
    return this.picture;
  }

  #upload(entry) {
    const buttons = make('div', { className: 'actions' });
    if (entry.canRetry) {
      buttons.append(button('Try again', () => this.uploads.retry(entry.key), 'primary'));
    }
    buttons.append(button(entry.status === 'refused' ? 'Remove from the list' : 'Stop', () => this.uploads.remove(entry.key)));
    this.#frame(entry.name, entry.status,
      entry.reason ? make('div', { className: 'reason' }, make('strong', { textContent: 'The file was not uploaded' }), make('p', { textContent: entry.reason })) : null,
      facts([['Size', bytes(entry.file.size)], ['Type', entry.file.type || 'unknown'], ['Sent', entry.status === 'refused' ? null : percent(entry.progress)]]),
      buttons);
  }

  #result(result) {
    const isThere = result.status !== 'deleted' && result.generation;
    const isPicture = hasPicture({ ...result, code: result.error?.code });
    const again = button(result.status === 'failed' || result.status === 'retrying' ? 'Try again now' : 'Classify again', (event) => this.#redrive(event.target, result));
    const image = result.image ?? {};
    const model = result.model;
    const labels = result.labels ?? [];
    this.#frame(result.name, result.status,
      isPicture ? this.#picture(pictureUrl('picture', result), parts(result.name).file) : null,
      result.status === 'classified' ? make('p', { className: 'answer', textContent: result.label ?? 'No label above its threshold' }) : null,
      result.error ? reason(result.error, result.status === 'retrying') : null,
      this.#next(result),
      labels.length > 0 ? scores(labels) : null,
      isThere && result.status !== 'processing' ? make('div', { className: 'actions' }, again) : null,
      isPicture && model ? modelView(result) : null,
      result.timings ? timings(result.timings) : null,
      model ? section('Model', facts([['Name', model.name], ['Version', model.version], ['Format', model.format], ['SHA-256', make('code', { textContent: model.sha256 })]])) : null,
      section('Picture', facts([
        ['Format', image.format?.toUpperCase()],
        ['Pixels', image.width ? `${image.width} × ${image.height}` : null],
        ['Size', image.bytes ? bytes(Number(image.bytes)) : null],
        ['Orientation', image.orientation && image.orientation !== '1' ? `EXIF ${image.orientation}` : null],
        ['Owner', result.owner],
        ['Attempts', result.attempts],
        ['Generation', result.generation],
      ])));
  }

  #next({ status, letter }) {
    const due = status === 'retrying' && letter?.state === 'due' ? `Attempt ${letter.attempts + 1} is due ${distance(letter.dueAt)}.` : null;
    const parked = status === 'failed' && letter?.state === 'parked' ? 'Its dead letter is parked: it is not tried again by itself.' : null;
    return due || parked ? make('p', { className: 'quiet', textContent: due ?? parked }) : null;
  }

  async #redrive(control, { bucket, name }) {
    control.disabled = true;
    try {
      await post('redrive', { bucket, name });
      this.tell(`${parts(name).file} is tried again.`);
    } catch (error) {
      control.disabled = false;
      control.after(make('p', { className: 'quiet', role: 'alert', textContent: error.message }));
    }
  }
}
