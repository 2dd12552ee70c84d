// For each upload: follows the result first, uploads the picture in the way that was asked for, and tells every snapshot until the label.
import { readFile } from 'node:fs/promises';
import { input, is, listen, signIn, tell } from './support.mjs';
import { uploads } from './uploads.mjs';

await Promise.all(input.uploads.map(async ({ way, name, file, contentType }) => {
  const { db, storage } = signIn(input.user);
  const result = listen(db, encodeURIComponent(name));
  await result.until((snapshot) => snapshot.exists === false);
  const generation = await uploads(storage)[way](name, await readFile(file), contentType);
  await result.until(is(generation, 'classified', 'failed'));
  tell({ way, generation: Number(generation), seen: result.seen });
}));
process.exit(0);
