import { h, setText } from '@copilot/shop-page';
import type { ChatState } from '../chat-state';
import type { Words } from '../locales';

export interface InvitationCardOptions {
  readonly words: Words;
  /** Where the shop has codes typed, if its page says so. */
  readonly codePage: string | undefined;
  readonly onJoin: () => void;
  readonly onDecline: () => void;
}

/** The agent asks to look along: one click where Co-Pilot is on the page, else the code to type. Nothing is shown before the customer agrees there. */
export class InvitationCard {
  readonly element: HTMLElement;
  private readonly options: InvitationCardOptions;
  /** Always there, so that what appears in it is announced. */
  private readonly question = h('p', { class: 'question', role: 'status', dir: 'auto' });
  private readonly hint = h('p', { class: 'hint' });
  private readonly code = h('p', { class: 'invitation-code', dir: 'ltr' });
  private readonly problem = h('p', { class: 'error', role: 'alert' });
  private readonly joinButton: HTMLButtonElement;
  private readonly declineButton: HTMLButtonElement;
  private readonly link: HTMLElement;
  private readonly rest: HTMLElement;

  constructor(options: InvitationCardOptions) {
    const { words, codePage } = options;
    this.options = options;
    this.joinButton = h('button', { type: 'button', class: 'primary', on: { click: options.onJoin } });
    this.declineButton = h('button', {
      type: 'button',
      class: 'secondary',
      text: words.invitation.notNow,
      on: { click: options.onDecline },
    });
    // In this tab it would throw the code away.
    this.link = h('a', { href: codePage ?? '', target: '_blank', rel: 'noopener', text: words.invitation.codePage });
    this.link.hidden = codePage === undefined;
    this.rest = h(
      'div',
      { class: 'invitation-rest' },
      this.hint,
      this.code,
      this.link,
      this.problem,
      h('div', { class: 'buttons' }, this.declineButton, this.joinButton),
    );
    this.element = h(
      'div',
      { class: 'invitation', role: 'group', 'aria-label': words.invitation.label },
      this.question,
      this.rest,
    );
    this.rest.hidden = true;
  }

  update({ invitation, agentName }: ChatState): void {
    const { invitation: words, message } = this.options.words;
    const name = agentName ?? message.agent;
    this.element.classList.toggle('is-shown', invitation !== undefined);
    this.rest.hidden = invitation === undefined;
    setText(this.question, invitation ? words.question(name) : '');
    if (!invitation) {
      return;
    }
    const { isHere, isJoining, code, problem } = invitation;
    setText(this.hint, isHere ? words.next : words.type);
    setText(this.code, isHere ? '' : code);
    this.link.hidden = isHere || this.options.codePage === undefined;
    const hadFocus = (this.element.getRootNode() as ShadowRoot).activeElement === this.joinButton;
    this.joinButton.hidden = !isHere;
    if (hadFocus && !isHere) {
      (this.link.hidden ? this.declineButton : this.link).focus();
    }
    this.joinButton.setAttribute('aria-busy', String(isJoining));
    setText(this.joinButton, isJoining ? words.joining : words.join(name));
    setText(this.problem, problem === undefined ? '' : (words.errors[problem] ?? words.unknownError));
  }
}
