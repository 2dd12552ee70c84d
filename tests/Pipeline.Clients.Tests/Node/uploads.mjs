// The ways in which clients upload. Each takes a name, the bytes and their type, and ends with the object's new generation, as text.
import { Storage } from '@google-cloud/storage';
import { ref, uploadBytes, uploadBytesResumable } from 'firebase/storage';
import { Host, input } from './support.mjs';

const Chunk = 256 * 1024;

const endpoint = () => `http://${Host}:${input.storagePort}`;

/** A client of the server library that finds the endpoint by the environment. */
function byEnvironment() {
  process.env.STORAGE_EMULATOR_HOST = endpoint();
  try {
    return new Storage({ projectId: input.project });
  } finally {
    delete process.env.STORAGE_EMULATOR_HOST;
  }
}

/** A client of the server library that is told the endpoint. */
const byOption = () => new Storage({ projectId: input.project, apiEndpoint: endpoint() });

const server = (client, options) => async (name, content, contentType) => {
  const file = client().bucket(input.bucket).file(name);
  await file.save(content, { contentType, ...options });
  return `${file.metadata.generation}`;
};

async function media(name, content, contentType) {
  const answer = await fetch(
    `${endpoint()}/upload/storage/v1/b/${input.bucket}/o?uploadType=media&name=${encodeURIComponent(name)}`,
    { method: 'POST', headers: { 'content-type': contentType }, body: content });
  if (!answer.ok) {
    throw new Error(`The upload of ${name} was answered with ${answer.status}: ${await answer.text()}`);
  }

  return (await answer.json()).generation;
}

/** The ways by name; those of the web SDK need the user's storage. */
export const uploads = (storage) => ({
  media,
  'server, environment, simple': server(byEnvironment, { resumable: false }),
  'server, environment, resumable': server(byEnvironment, {}),
  'server, environment, chunks': server(byEnvironment, { resumable: true, chunkSize: Chunk }),
  'server, option, simple': server(byOption, { resumable: false }),
  'server, option, resumable': server(byOption, {}),
  'server, option, chunks': server(byOption, { resumable: true, chunkSize: Chunk }),
  'web, simple': async (name, content, contentType) => (await uploadBytes(ref(storage, name), content, { contentType })).metadata.generation,
  'web, resumable': async (name, content, contentType) => (await uploadBytesResumable(ref(storage, name), content, { contentType })).metadata.generation,
});
