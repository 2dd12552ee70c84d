// Uploads one small picture under many names, and follows each result by the id that the README's code computes.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { input, is, listen, sample, signIn, stored, tell } from './support.mjs';
import { uploads } from './uploads.mjs';

const AtOnce = 4;
const Final = ['classified', 'failed'];

const { resultId } = await import(pathToFileURL(join(input.snippets, 'result-id.js')));
const picture = await sample('clock.jpg');

async function follow({ db, storage }, name) {
  const id = await resultId(name);
  try {
    // Rules cannot tell whose a digest is: such a result is listened to once it is there.
    const isDigest = id.startsWith('sha256:');
    const early = isDigest ? null : listen(db, id);
    await early?.until((snapshot) => snapshot.exists === false);
    const generation = await uploads(storage)[input.way](name, picture, 'image/jpeg');
    while (isDigest && !Final.includes((await stored('classifications', id))?.status.stringValue)) {
      await sleep(50);
    }

    const result = early ?? listen(db, id);
    const found = await result.until(is(generation, ...Final));
    result.stop();
    tell({ name, id, status: found.status, stored: found.name, generation: found.generation === Number(generation) });
  } catch (error) {
    tell({ name, id, refused: `${error.code ?? error.name}: ${error.message}` });
  }
}

const names = [...input.names];
await Promise.all(Array.from({ length: AtOnce }, async () => {
  const user = signIn(input.user);
  while (names.length > 0) {
    await follow(user, names.shift());
  }
}));
process.exit(0);
