// Elements are made here and nowhere else. Whatever comes from outside becomes text, never markup.

/** The element of the page with this id. */
export const byId = (id) => document.getElementById(id);

/**
 * Makes an element. `given` holds properties (`className`, `textContent`, `onclick`, …); names with a dash or `role` are attributes. Children may be
 * elements, texts, or null.
 */
export function make(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined) {
      continue;
    }
    if (name.includes('-') || name === 'role') {
      element.setAttribute(name, value);
    } else {
      element[name] = value;
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A share of one as a bar; the number beside it says the same to those who do not see it. */
export function bar(share) {
  const inner = make('span');
  inner.style.width = `${Math.min(1, Math.max(0, share ?? 0)) * 100}%`;
  return make('span', { className: 'bar', 'aria-hidden': 'true' }, inner);
}

/** A button. */
export const button = (text, onclick, className = '') => make('button', { type: 'button', textContent: text, onclick, className });

/** Draws a box anew. Who works in it by keyboard stays where he was: on the button in the same place, or on the box. */
export function redraw(box, ...children) {
  const buttons = [...box.querySelectorAll('button')];
  const index = buttons.indexOf(document.activeElement);
  box.replaceChildren(...children);
  if (index >= 0) {
    box.tabIndex = -1;
    (box.querySelectorAll('button')[index] ?? box).focus();
  }
}

let pending = null;

/** Asks a question that needs a yes. */
export function confirm(title, text, yes) {
  const dialog = byId('confirm');
  pending?.(false);
  byId('confirm-title').textContent = title;
  byId('confirm-text').textContent = text;
  byId('confirm-yes').textContent = yes;
  dialog.showModal();
  return new Promise((resolve) => {
    pending = resolve;
    const end = (answer) => {
      pending = null;
      dialog.close();
      resolve(answer);
    };
    byId('confirm-yes').onclick = () => end(true);
    byId('confirm-no').onclick = () => end(false);
    dialog.oncancel = () => end(false);
  });
}
