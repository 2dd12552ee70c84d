import { byId } from './dom.js';
import { get } from './api.js';
import { count, parts, percent } from './format.js';
import { explain } from './reasons.js';
import { Letters } from './letters.js';
import { Live } from './live.js';
import { Pictures } from './pictures.js';
import { Uploads } from './uploads.js';
import { drawModels } from './models.js';
import { takeFiles } from './files.js';

const views = ['pictures', 'letters', 'models'];
const NEWS_PAUSE = 1500;

/** Says a sentence to those who do not see the page. */
function tell(text) {
  byId('news').textContent = text;
}

/** Many results in a short time are told in one sentence. */
function tellResults() {
  let waiting = [];
  let timer = 0;
  return (row) => {
    if (row.status !== 'classified' && row.status !== 'failed') {
      return;
    }
    waiting.push(row);
    timer ||= setTimeout(() => {
      const [only] = waiting;
      const failed = waiting.filter(({ status }) => status === 'failed').length;
      tell(waiting.length > 1
        ? `${count(waiting.length - failed)} pictures classified${failed > 0 ? `, ${count(failed)} failed` : ''}.`
        : only.status === 'failed'
          ? `${parts(only.name).file}: ${explain(only.code).title}.`
          : `${parts(only.name).file}: ${only.label ?? 'no label'}, ${percent(only.score)}.`);
      waiting = [];
      timer = 0;
    }, NEWS_PAUSE);
  };
}

/** On a narrow screen the panel covers everything else, which then cannot be reached by keyboard either. */
const panel = {
  open(isOpening) {
    if (isOpening && matchMedia('(max-width: 860px)').matches) {
      this.cover(true);
      document.querySelector('.view:not([hidden]) .detail .back')?.focus();
    }
  },
  close() {
    if (document.body.classList.contains('shows')) {
      this.cover(false);
      document.querySelector('.view:not([hidden]) .list')?.focus();
    }
  },
  cover(isCovered) {
    document.body.classList.toggle('shows', isCovered);
    for (const part of document.querySelectorAll('.top, .drop, .filters, .pane')) {
      part.inert = isCovered;
    }
  },
};

function showView() {
  const name = views.includes(location.hash.slice(1)) ? location.hash.slice(1) : views[0];
  panel.cover(false);
  for (const view of views) {
    byId(view).hidden = view !== name;
  }
  for (const link of document.querySelectorAll('.top nav a')) {
    if (link.hash === `#${name}`) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  }
}

function showLink(isLive, what = 'Not connected') {
  byId('link').className = isLive ? 'link live' : 'link lost';
  byId('link-text').textContent = isLive ? 'Live' : what;
}

function showBanner(text) {
  byId('banner').hidden = text === null;
  byId('banner-text').textContent = text ?? '';
}

function follow(live, uploads, pictures, letters) {
  const news = tellResults();
  const counted = (counts) => {
    pictures.counted(counts);
    letters.counted(counts.letters);
  };
  live.addEventListener('document', ({ detail }) => {
    pictures.apply(detail);
    news(detail);
  });
  live.addEventListener('letter', ({ detail }) => letters.apply(detail));
  live.addEventListener('counts', ({ detail }) => {
    counted(detail);
    showLink(true);
    showBanner(null);
  });
  live.addEventListener('models', ({ detail }) => drawModels(detail));
  live.addEventListener('trouble', ({ detail }) => {
    showLink(false, 'Documents not connected');
    showBanner(detail);
  });
  live.addEventListener('reset', ({ detail }) => {
    counted(detail);
    pictures.reload();
    letters.reload();
  });
  live.addEventListener('link', ({ detail: { isLive, wait } }) => {
    showLink(isLive);
    uploads.pause(!isLive);
    showBanner(isLive ? null : `The server cannot be reached. Trying again in ${wait < 1000 ? 'a moment' : `${wait / 1000} s`}; uploads wait until then.`);
  });
  uploads.addEventListener('cut-off', () => live.connect());
}

async function start() {
  showView();
  addEventListener('hashchange', showView);
  addEventListener('keydown', (event) => event.key === 'Escape' && !byId('confirm').open && panel.close());
  let setup;
  try {
    setup = await get('setup');
  } catch (error) {
    showLink(false);
    showBanner(`${error.message} Trying again in a moment.`);
    byId('banner-retry').onclick = () => location.reload();
    setTimeout(() => location.reload(), 3000);
    return;
  }
  byId('place').textContent = `Documents: ${setup.documents}`;
  const live = new Live();
  const uploads = new Uploads(setup);
  const letters = new Letters({ tell, open: (isOpening) => panel.open(isOpening), close: () => panel.close() });
  let isStarted = false;
  const pictures = new Pictures({
    uploads,
    tell,
    open: (isOpening) => panel.open(isOpening),
    close: () => panel.close(),
    onRead: ({ sequence, counts }) => {
      pictures.counted(counts);
      letters.counted(counts.letters);
      if (!isStarted) {
        isStarted = true;
        live.start(sequence);
      }
    },
  });
  follow(live, uploads, pictures, letters);
  byId('banner-retry').onclick = () => live.connect();
  takeFiles((files) => {
    location.hash = '';
    pictures.take(files);
  });
  await Promise.all([pictures.load(), letters.load(), get('models').then(drawModels)]);
  if (!isStarted) {
    // Nothing could be read yet: the first event tells when it can.
    isStarted = true;
    live.start(0);
  }
}

start();
