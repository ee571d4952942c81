import { h } from './dom';

export interface ConfirmDialog {
  readonly element: HTMLDialogElement;
  ask(question: string): Promise<boolean>;
  /** Answers every open question with no. */
  dismiss(): void;
}

/** Yes or no, asked by the server. Questions that come together are put one after the other. */
export function confirmDialog(): ConfirmDialog {
  const question = h('p', { id: 'confirm-question', 'data-testid': 'confirm-question' });
  const yes = h('button', { type: 'button', class: 'danger', 'data-testid': 'confirm-yes' }, 'Yes');
  const no = h('button', { type: 'button', 'data-testid': 'confirm-no', autofocus: true }, 'No');
  const element = h(
    'dialog',
    { class: 'confirm', 'aria-labelledby': 'confirm-title', 'aria-describedby': 'confirm-question', 'data-testid': 'confirm-dialog' },
    h('h2', { id: 'confirm-title' }, 'The server asks'),
    question,
    h('div', { class: 'buttons' }, no, yes),
  );
  let last: Promise<unknown> = Promise.resolve();
  /** Questions of an earlier epoch have been dismissed. */
  let epoch = 0;

  const put = (text: string): Promise<boolean> =>
    new Promise((resolve) => {
      question.textContent = text;
      element.returnValue = 'no';
      // Escape closes as well, and that is a no.
      element.addEventListener('close', () => resolve(element.returnValue === 'yes'), { once: true });
      element.showModal();
    });
  yes.addEventListener('click', () => element.close('yes'));
  no.addEventListener('click', () => element.close('no'));

  return {
    element,
    ask: (text) => {
      const asked = epoch;
      const answer = last.then(() => (asked === epoch ? put(text) : false));
      last = answer;
      return answer;
    },
    dismiss: () => {
      epoch++;
      if (element.open) element.close('no');
    },
  };
}
