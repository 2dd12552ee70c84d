import { byId, make } from './dom.js';
import { milliseconds, time } from './format.js';
import { facts } from './result-view.js';
import { pill } from './picture-row.js';

const updates = {
  settling: 'New files have come. They are loaded once they have stood still for a moment.',
  waiting: 'A new version is loaded once the one before the present has ended its last request.',
  loading: 'A new version is being loaded and warmed beside the one that answers.',
};

const said = (title, text, isBad) => make('div', { className: isBad ? 'reason' : 'reason wait' },
  make('strong', { textContent: title }),
  text ? make('pre', { textContent: text }) : null);

/** What is wrong with a model, or on its way. */
function news({ reason, update }) {
  if (reason) {
    return said('It cannot be used', reason, true);
  }
  if (update?.state === 'refused') {
    return said(`What lies there now cannot be used; what is loaded goes on answering (since ${time(update.since)})`, update.reason, true);
  }
  return update ? said(updates[update.state] ?? update.state, null, false) : null;
}

/** Draws the configured models. */
export function drawModels(models) {
  const broken = models.filter((model) => model.reason || model.update?.state === 'refused').length;
  byId('models-badge').hidden = broken === 0;
  byId('models-badge').textContent = `${broken} refused`;
  byId('model-list').replaceChildren(...models.map((model) => {
    const { identity, serving } = model;
    return make('li', {},
      make('div', { className: 'head' }, make('h3', { textContent: model.name }), pill(model.state)),
      news(model),
      facts([
        ['Model', identity?.name],
        ['Version', identity?.version],
        ['Format', identity?.format],
        ['Folder', make('code', { textContent: serving?.folder ?? model.folder })],
        ['SHA-256', identity ? make('code', { textContent: identity.sha256 }) : null],
        ['Answers since', serving ? time(serving.since) : null],
        ['Start', serving ? `${milliseconds(serving.loadMs)} to load, ${milliseconds(serving.warmMs)} to warm` : null],
        ['Used', model.default ? 'where a rule names no model' : 'where a rule names it'],
        ['Needed', model.required ? 'for the worker to be ready' : null],
      ]));
  }));
}
