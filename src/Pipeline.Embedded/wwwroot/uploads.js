import { bytes } from './format.js';
import { query } from './api.js';

// Three leave room for the events and the pictures: browsers open six connections to a server.
const AT_ONCE = 3;
const LONGEST_NAME = 1024;
const MOST_TRIES = 5;

/**
 * Uploads through Cloud Storage's own API, as an app would. Each upload is an object that is replaced with every change of its: `key`, `name`,
 * `target` (the key that its result will have; another result may have it already), `file`, `status` (queued, sending, sent, refused), `progress` (0 to 1), `reason`, `canRetry`.
 */
export class Uploads extends EventTarget {
  #setup;
  #entries = new Map();
  #requests = new Map();
  #names = new Set();
  #number = 0;
  #isPaused = false;

  constructor(setup) {
    super();
    this.#setup = setup;
  }

  /** Those that are not results yet, in the order in which they are sent. */
  get all() {
    return [...this.#entries.values()];
  }

  get(key) {
    return this.#entries.get(key);
  }

  /** Takes files: `{file, path}`, where the path may have folders. What cannot be uploaded is refused at once, with its reason. */
  add(files) {
    const added = files.map(({ file, path }) => {
      const name = this.#freeName(this.#setup.folder + path);
      const entry = { key: `upload ${++this.#number}`, target: this.#targetOf(name), name, file, status: 'queued', progress: 0, reason: '', canRetry: false, tries: 0 };
      const reason = this.#refusal(file, name);
      this.#entries.set(entry.key, reason ? { ...entry, status: 'refused', reason } : entry);
      return entry.key;
    });
    this.#changed();
    this.#fill();
    return added;
  }

  /** A result of this name has come. If it can be that of an upload, it is no upload any more; one that was never sent has but the same name. */
  settle(target) {
    for (const entry of this.#entries.values()) {
      if (entry.target === target && entry.tries > 0 && entry.status !== 'refused') {
        this.#entries.delete(entry.key);
        this.#renamed(entry.key, target);
        this.#changed();
      }
    }
  }

  retry(key) {
    const entry = this.#entries.get(key);
    if (entry?.canRetry) {
      this.#set({ ...entry, status: 'queued', progress: 0, reason: '', canRetry: false, tries: 0 });
      this.#fill();
    }
  }

  remove(key) {
    this.#requests.get(key)?.abort();
    this.#entries.delete(key);
    this.#changed();
  }

  /** Gives up what is not uploaded yet. */
  stop() {
    for (const entry of this.#entries.values()) {
      if (entry.status === 'queued' || entry.status === 'sending') {
        this.#requests.get(entry.key)?.abort();
        this.#set({ ...entry, status: 'refused', reason: 'You have stopped it.', canRetry: true });
      }
    }
  }

  /** While the server is away nothing is sent; afterwards what was cut off begins again. */
  pause(isPaused) {
    this.#isPaused = isPaused;
    this.#fill();
  }

  #targetOf(name) {
    return `${this.#setup.bucket}/${encodeURIComponent(name.toWellFormed())}`;
  }

  #freeName(wanted) {
    const dot = wanted.lastIndexOf('.');
    const end = dot > wanted.lastIndexOf('/') ? dot : wanted.length;
    let name = wanted;
    for (let number = 2; this.#names.has(name); number++) {
      name = `${wanted.slice(0, end)} (${number})${wanted.slice(end)}`;
    }
    this.#names.add(name);
    return name;
  }

  #refusal(file, name) {
    if (this.#setup.folder === null) {
      return 'No rule of the configuration takes files from this page.';
    }
    if (file.size === 0) {
      return 'The file is empty.';
    }
    if (file.size > this.#setup.maxBytes) {
      return `The file has ${bytes(file.size)}; at most ${bytes(this.#setup.maxBytes)} are taken.`;
    }
    if (!name.isWellFormed() || new TextEncoder().encode(name).length > LONGEST_NAME) {
      return `The name cannot be an object's: it must be valid Unicode of at most ${LONGEST_NAME} bytes.`;
    }
    return null;
  }

  #fill() {
    for (const entry of this.#entries.values()) {
      if (this.#isPaused || this.#requests.size >= AT_ONCE) {
        return;
      }
      if (entry.status === 'queued') {
        this.#send(entry);
      }
    }
  }

  #send(entry) {
    const request = new XMLHttpRequest();
    this.#requests.set(entry.key, request);
    this.#set({ ...entry, status: 'sending', tries: entry.tries + 1 });
    request.open('POST', query(`/upload/storage/v1/b/${encodeURIComponent(this.#setup.bucket)}/o`, {
      uploadType: 'media',
      name: entry.name,
      ifGenerationMatch: '0',
    }));
    request.setRequestHeader('Content-Type', /^[ -~]+$/.test(entry.file.type) ? entry.file.type : 'application/octet-stream');
    request.upload.onprogress = (event) => this.#update(entry.key, { progress: event.loaded / event.total });
    request.onload = () => this.#answered(entry, request);
    request.onerror = () => this.#cutOff(entry.key);
    request.onabort = () => this.#ended(entry.key, {});
    request.send(entry.file);
  }

  async #answered(entry, request) {
    if (request.status === 412) {
      await this.#taken(entry);
    } else if (request.status >= 200 && request.status < 300) {
      this.#ended(entry.key, { status: 'sent', progress: 1 });
    } else {
      let reason = `The server answered ${request.status}.`;
      try {
        reason = JSON.parse(request.responseText).error.message;
      } catch {
        // The status says it.
      }
      this.#ended(entry.key, { status: 'refused', reason, canRetry: request.status >= 500 || request.status === 408 });
    }
  }

  /** The name is taken: by this very file, where an answer was lost on its way, or by another picture, which is left alone. */
  async #taken(entry) {
    if (this.get(entry.key)?.tries > 1) {
      const stored = await fetch(`/storage/v1/b/${encodeURIComponent(this.#setup.bucket)}/o/${encodeURIComponent(entry.name)}`)
        .then((answer) => answer.json(), () => null);
      if (Number(stored?.size) === entry.file.size) {
        this.#ended(entry.key, { status: 'sent', progress: 1 });
        return;
      }
    }
    this.#entries.delete(entry.key);
    this.#ended(entry.key, {});
    const [key] = this.add([{ file: entry.file, path: entry.name.slice(this.#setup.folder.length) }]);
    this.#renamed(entry.key, key);
  }

  /** No answer: the server is away, or the file can no longer be read. */
  #cutOff(key) {
    const isHopeless = this.get(key)?.tries >= MOST_TRIES;
    this.#isPaused = true;
    this.#ended(key, isHopeless
      ? { status: 'refused', reason: 'The upload was cut off again and again.', canRetry: true }
      : { status: 'queued', progress: 0 });
    this.dispatchEvent(new Event('cut-off'));
  }

  #ended(key, change) {
    this.#requests.delete(key);
    this.#update(key, change);
    this.#fill();
  }

  #update(key, change) {
    const entry = this.#entries.get(key);
    if (entry) {
      this.#set({ ...entry, ...change });
    }
  }

  #set(entry) {
    this.#entries.set(entry.key, entry);
    this.#changed();
  }

  /** What stood in the list under one key stands there under another. */
  #renamed(from, to) {
    this.dispatchEvent(new CustomEvent('renamed', { detail: { from, to } }));
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
