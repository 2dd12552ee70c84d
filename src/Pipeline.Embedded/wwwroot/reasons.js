// Why something failed, in plain words. The code beside it is what apps read.

const reasons = {
  NOT_AN_IMAGE: ['This file is not a picture', 'Its content is none of the formats that can be read: JPEG, PNG, WebP, GIF, BMP.'],
  UNSUPPORTED_FORMAT: ['This kind of picture cannot be read', 'Save it as JPEG, PNG or WebP and upload it again.'],
  TYPE_NOT_ALLOWED: ['This type of file is not taken', 'The rule for this folder takes other types only.'],
  TOO_LARGE: ['The file is too large', 'Upload a smaller one, or raise the limit in the configuration.'],
  TOO_MANY_PIXELS: ['The picture has too many pixels', 'Upload a smaller one, or raise the limit in the configuration.'],
  DAMAGED_IMAGE: ['The picture is damaged', 'It ends early or its data are broken. Upload it again from the original.'],
  NON_FINITE_SCORES: ['The model gave no usable scores', 'At least one score was not a finite number. Look at the model or its preprocessing.'],
  CLASSIFICATION_TIMED_OUT: ['It took too long', 'The time limit was over before there was an answer.'],
  MODEL_NOT_READY: ['The model is still being loaded', ''],
  MODEL_NOT_FOUND: ['The model was not found', 'Its folder is missing, or no model of this name is configured. See Models.'],
  MODEL_INVALID: ['The model cannot be used', 'See Models for the reason.'],
  ENCODING_NOT_SUPPORTED: ['The file is stored compressed', 'Upload it as it is, without a content encoding.'],
  OBJECT_UNAVAILABLE: ['The file could not be read', ''],
  CHECKSUM_MISMATCH: ['The file arrived damaged', 'Its bytes do not have the checksum that was stored with it.'],
  OUT_OF_MEMORY: ['There was not enough memory', ''],
  OBJECT_CHANGING: ['The file kept changing', ''],
  INTERNAL: ['Something unexpected went wrong', 'The log of the worker tells more.'],
  LEASE_EXPIRED: ['The worker stopped in the middle', 'It died or was paused while it worked on this picture.'],
  SHUT_DOWN: ['The worker was shut down', 'The work goes on after the next start.'],
  DELIVERY_GIVEN_UP: ['The event could not be delivered', 'The platform gave up after many attempts.'],
  OBJECT_DENIED: ['The worker may not read the file', 'Check the permissions of the bucket.'],
  BUCKET_NOT_CONFIGURED: ['The bucket is not configured', 'Add it to the configuration, then try again.'],
  RULE_NOT_FOUND: ['No rule takes this file any more', 'Bring the rule back, then try again.'],
  GIVEN_UP: ['The retries were ended by hand', 'Try again whenever you like.'],
  BAD_EVENT: ['The event could not be used', 'Its content does not name an object.'],
};

const parked = {
  ATTEMPTS_EXHAUSTED: 'All attempts were in vain',
  CONFIGURATION_NOT_MENDED: 'The configuration was not mended in time',
  OPERATOR: 'Parked by hand',
};

/** A title and advice for a failure's code. */
export function explain(code) {
  const [title, advice] = reasons[code] ?? ['It failed', ''];
  return { title, advice };
}

/** Why a letter is parked. */
export const explainParked = (reason) => parked[reason] ?? reasons[reason]?.[0] ?? reason ?? 'Parked';

const statuses = {
  queued: ['Waiting to upload', ''],
  sending: ['Uploading', 'busy'],
  sent: ['Uploaded', 'busy'],
  refused: ['Not uploaded', 'bad'],
  processing: ['Classifying', 'busy'],
  classified: ['Classified', 'good'],
  retrying: ['Trying again', 'wait'],
  failed: ['Failed', 'bad'],
  deleted: ['Deleted', ''],
  due: ['Due', 'wait'],
  parked: ['Parked', 'bad'],
  ready: ['Ready', 'good'],
  loading: ['Loading', 'busy'],
  waiting: ['Waiting', ''],
};

/** A status in words, and the tone of its pill. */
export function status(name) {
  const [text, tone] = statuses[name] ?? [name, ''];
  return { text, tone };
}
