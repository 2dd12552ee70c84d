// What the storage of the Firebase web SDK does with objects, each step told with what came of it: { step, value } or { step, error }.
import { initializeApp } from 'firebase/app';
import {
  connectStorageEmulator, deleteObject, getBytes, getDownloadURL, getMetadata, getStorage, getStream, list, listAll, ref, updateMetadata, uploadBytes,
  uploadString,
} from 'firebase/storage';
import { input, tell } from './support.mjs';

const app = initializeApp({ projectId: 'demo-app', storageBucket: input.bucket, apiKey: 'none', appId: '1:2:web:3' });
const storage = getStorage(app);
connectStorageEmulator(storage, '127.0.0.1', input.storagePort, { mockUserToken: { sub: 'alice' } });
const at = (name) => ref(storage, name);
const text = (bytes) => new TextDecoder().decode(bytes);

async function step(name, act) {
  try {
    tell({ step: name, value: await act() });
  } catch (error) {
    tell({ step: name, error: error.code ?? `${error}` });
  }
}

const described = ({ ref: _, ...metadata }) => metadata;
const picture = at('objects/a b+é%2F#?.png');
await step('upload', async () => described((await uploadBytes(picture, new Uint8Array([1, 2, 3, 4, 5]), {
  contentType: 'image/png', cacheControl: 'public,max-age=60', contentDisposition: 'attachment', contentLanguage: 'de', customMetadata: { k: 'ü', n: '1' },
})).metadata));
await step('metadata', async () => described(await getMetadata(picture)));
await step('link', async () => {
  const url = await getDownloadURL(picture);
  const [right, wrong] = await Promise.all([fetch(url), fetch(`${url}0`)]);
  return { path: new URL(url).pathname, type: right.headers.get('content-type'), bytes: [...new Uint8Array(await right.arrayBuffer())], wrong: wrong.status };
});
await step('same link', async () => (await getDownloadURL(picture)) === (await getDownloadURL(picture)));
await step('update', async () => described(await updateMetadata(picture, { contentType: 'image/webp', cacheControl: null, customMetadata: { k: null, z: 'z' } })));
await step('bytes', async () => [...new Uint8Array(await getBytes(picture))]);
await step('some bytes', async () => [...new Uint8Array(await getBytes(picture, 3))]);
await step('wrong checksum', async () => uploadBytes(at('objects/wrong'), new Uint8Array([1]), { md5Hash: 'AAAAAAAAAAAAAAAAAAAAAA==' }));
for (const [format, value] of Object.entries(input.texts)) {
  await step(`text ${format}`, async () => {
    const stored = await uploadString(at(`texts/${format}`), value, format);
    return { size: stored.metadata.size, type: stored.metadata.contentType, text: text(await getBytes(stored.ref)) };
  });
}

await step('stream', async () => {
  const chunks = [];
  for await (const chunk of getStream(at('texts/raw'))) {
    chunks.push(chunk);
  }

  return text(Buffer.concat(chunks));
});
await step('pages', async () => {
  const pages = [];
  let pageToken;
  do {
    const page = await list(at('texts'), { maxResults: 3, pageToken });
    pages.push(page.items.map((item) => item.fullPath));
    pageToken = page.nextPageToken;
  } while (pageToken);
  return pages;
});
await step('all', async () => {
  const all = await listAll(at(''));
  return { items: all.items.map((item) => item.fullPath), prefixes: all.prefixes.map((prefix) => prefix.fullPath) };
});
for (const name of input.names) {
  await step(`name ${name}`, async () => {
    await uploadString(at(name), `of ${name}`);
    const metadata = await getMetadata(at(name));
    const linked = await (await fetch(await getDownloadURL(at(name)))).text();
    await deleteObject(at(name));
    return { path: metadata.fullPath, linked };
  });
}

await step('delete', async () => deleteObject(picture));
await step('delete again', async () => deleteObject(picture));
await step('missing', async () => getDownloadURL(picture));
await step('missing bytes', async () => getBytes(picture));
await step('too long', async () => uploadString(at('a'.repeat(1025)), 'x'));
const other = getStorage(app, 'gs://demo-other.appspot.com');
connectStorageEmulator(other, '127.0.0.1', input.storagePort);
await step('other bucket', async () => listAll(ref(other)));
process.exit(0);
