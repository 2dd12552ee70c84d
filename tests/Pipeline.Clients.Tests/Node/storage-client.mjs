// What an app's server does with @google-cloud/storage, with every answer checked here. `mode` is how the client is pointed at this machine.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { Storage } from '@google-cloud/storage';
import { input, tell } from './support.mjs';

const endpoint = `http://127.0.0.1:${input.storagePort}`;
const storage = new Storage(input.mode === 'endpoint' ? { apiEndpoint: endpoint, projectId: 'demo-pipeline', useAuthWithCustomEndpoint: false } : { projectId: 'demo-pipeline' });
const bucket = storage.bucket(input.bucket);
const folder = `node ${input.mode}/100%/é😀`;
const file = (name) => bucket.file(`${folder}/${name}`);
const download = async (name, options) => (await file(name).download(options))[0];

const content = randomBytes(1_300_000);
const steps = {
  async saves() {
    await file('one').save(content, { resumable: false, contentType: 'image/png', metadata: { cacheControl: 'no-store', metadata: { kind: 'é' } } });
    await file('pieces').save(content, { resumable: true, chunkSize: 512 * 1024 });
    await file('default').save(content);
    await pipeline(Readable.from([content.subarray(0, 700_000), content.subarray(700_000)]), file('stream').createWriteStream());
    await file('empty').save('');
    for (const name of ['one', 'pieces', 'default', 'stream']) {
      assert.deepEqual(await download(name), content, name);
    }

    assert.equal((await download('empty')).length, 0);
  },
  async conditions() {
    const refused = (promise) => assert.rejects(promise, (error) => Number(error.code ?? error.status) === 412);
    await refused(file('one').save('x', { resumable: false, preconditionOpts: { ifGenerationMatch: 0 } }));
    await refused(file('one').save('x', { resumable: true, preconditionOpts: { ifGenerationMatch: 0 } }));
    await refused(file('one').setMetadata({}, { ifMetagenerationMatch: 7 }));
    await assert.rejects(file('none').getMetadata(), (error) => error.code === 404);
    await assert.rejects(storage.bucket('no-such-bucket').file('x').save('x', { resumable: false }), (error) => error.code === 404);
  },
  async ranges() {
    assert.deepEqual(await download('one', { start: 5, end: 9 }), content.subarray(5, 10));
    assert.deepEqual(await download('one', { start: 1_299_999 }), content.subarray(1_299_999));
  },
  async describes() {
    const [before] = await file('one').getMetadata();
    assert.equal(before.contentType, 'image/png');
    assert.equal(before.metadata.kind, 'é');
    const [after] = await file('one').setMetadata({ contentLanguage: 'de', metadata: { kind: null, more: 'x' } });
    assert.deepEqual(after.metadata, { more: 'x' });
    assert.equal(after.cacheControl, 'no-store');
    assert.equal(Number(after.metageneration), Number(before.metageneration) + 1);
    assert.equal(after.generation, before.generation);
  },
  async copies() {
    await file('one').copy(file('copy'));
    await file('pieces').move(file('moved'));
    await file('default').rename(file('renamed'));
    assert.deepEqual(await download('copy'), content);
    assert.deepEqual(await download('moved'), content);
    assert.deepEqual([(await file('pieces').exists())[0], (await file('renamed').exists())[0]], [false, true]);
    assert.deepEqual((await file('copy').getMetadata())[0].metadata, { more: 'x' });
    await bucket.combine([file('copy'), file('moved')], file('joined'));
    assert.deepEqual(await download('joined'), Buffer.concat([content, content]));
  },
  async lists() {
    await file('below/a').save('a', { resumable: false });
    const names = (files) => files.map(({ name }) => name.slice(folder.length + 1));
    const all = [];
    for (let query = { prefix: `${folder}/`, maxResults: 3, autoPaginate: false }; query;) {
      const [page, next] = await bucket.getFiles(query);
      all.push(...page);
      query = next;
    }

    const [top, , answer] = await bucket.getFiles({ prefix: `${folder}/`, delimiter: '/', autoPaginate: false });
    assert.deepEqual(names(all), ['below/a', 'copy', 'empty', 'joined', 'moved', 'one', 'renamed', 'stream']);
    assert.deepEqual(names(top), ['copy', 'empty', 'joined', 'moved', 'one', 'renamed', 'stream']);
    assert.deepEqual(answer.prefixes, [`${folder}/below/`]);
    assert.deepEqual((await storage.getBuckets())[0].map(({ name }) => name), [input.bucket]);
    assert.equal((await bucket.exists())[0], true);
  },
  async deletes() {
    await file('one').delete({ ifGenerationMatch: (await file('one').getMetadata())[0].generation });
    await bucket.deleteFiles({ prefix: `${folder}/`, force: true });
    assert.deepEqual((await bucket.getFiles({ prefix: `${folder}/` }))[0], []);
  },
};

for (const [name, step] of Object.entries(steps)) {
  await step();
  tell({ done: name });
}
