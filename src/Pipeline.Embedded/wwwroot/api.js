// What the page asks of its server.

/** An answer that is no success, or no answer at all (then `status` is 0). */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function call(path, options) {
  let answer;
  try {
    answer = await fetch(path, { ...options, headers: options?.body ? { 'Content-Type': 'application/json' } : {} });
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new ApiError(0, 'The server cannot be reached.');
  }
  if (answer.ok) {
    return answer.status === 204 ? null : answer.json();
  }
  const body = await answer.json().catch(() => null);
  throw new ApiError(answer.status, body?.error?.message ?? `The server answered ${answer.status}.`);
}

/** A path with its parameters; those that are null are left out. */
export const query = (path, parameters) =>
  `${path}?${new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== ''))}`;

export const get = (path, parameters = {}, signal = undefined) => call(query(`/api/${path}`, parameters), { signal });

export const post = (path, body) => call(`/api/${path}`, { method: 'POST', body: JSON.stringify(body) });

/** The address of a picture: `picture`, `thumbnail` or `model-view`. */
export const pictureUrl = (kind, document) =>
  query(`/api/${kind}`, { bucket: document.bucket, name: document.name, generation: document.generation });
