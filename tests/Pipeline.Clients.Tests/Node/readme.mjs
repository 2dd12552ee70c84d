// Does what the README's chapter for app developers shows, with its own modules.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { httpsCallable } from 'firebase/functions';
import { input, sample, tell } from './support.mjs';

const load = (name) => import(pathToFileURL(join(input.snippets, name)));
const { db, storage, functions } = await load('connect.js');
const { classify } = await load('listen-then-upload.js');
const { followMine } = await load('my-results.js');
const { classifyAgain } = await load('classify-again.js');
const { classifyNow } = await load('classify-now.js');

/** What the app shows of a picture until it shows `last`. */
async function watch(file, last) {
  const shown = [];
  const stop = classify(db, storage, 'u1', file, (text) => shown.push(text));
  while (!shown.includes(last)) {
    await sleep(20);
  }

  stop();
  return shown;
}

const picture = await sample('coffee.jpg');
tell({ what: 'picture', shown: await watch(new File([picture], 'coffee.jpg', { type: 'image/jpeg' }), 'espresso') });
tell({ what: 'no picture', shown: await watch(new File(['text'], 'text.jpg', { type: 'image/jpeg' }), 'not possible: NOT_AN_IMAGE') });

let mine = [];
followMine(db, 'u1', (results) => { mine = results; });
while (mine.length < 2) {
  await sleep(20);
}

tell({ what: 'list', statuses: mine.map((result) => result.status) });

const of = (name) => mine.find((result) => result.name === name);
const { name, updatedAt } = mine.find((result) => result.status === 'classified');
await classifyAgain(db, input.bucket, name);
while (of(name).status !== 'classified' || of(name).updatedAt.isEqual(updatedAt)) {
  await sleep(20);
}

tell({ what: 'again', label: of(name).label });
tell({ what: 'now', result: await classifyNow(functions, `data:image/jpeg;base64,${picture.toString('base64')}`) });
tell({ what: 'now, no picture', error: await httpsCallable(functions, 'classify')({ image: 'AAAA' }).catch(({ code, details }) => ({ code, details })) });
process.exit(0);
