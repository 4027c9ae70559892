import { adoptStyles } from '@copilot/shop-page/adopt-styles';
import hostStyles from '@copilot/shop-page/host.css';
import type { LauncherWords } from '../locales/en';
import css from './launcher.css';

const SVG = 'http://www.w3.org/2000/svg';
const BUBBLE =
  'M12 3C6.5 3 2 6.9 2 11.6c0 2.7 1.5 5.1 3.8 6.7-.2 1-.8 2-1.7 2.7 1.8-.1 3.4-.7 4.6-1.6 1 .3 2.1.4 3.3.4 5.5 0 10-3.7 10-8.3S17.5 3 12 3Z';
const CHEVRON = 'M6 9.5l6 6 6-6';

/** The round button in the page's corner, with a badge for what was not read. */
export class LauncherButton {
  readonly root: ShadowRoot;
  readonly element: HTMLButtonElement;
  private readonly words: LauncherWords;
  private readonly icon: SVGPathElement;
  private readonly badge = document.createElement('span');
  private readonly notice = document.createElement('p');
  private isOpen = false;
  private unread = 0;

  constructor(words: LauncherWords, locale: string, onClick: () => void) {
    this.words = words;
    const host = document.createElement('div');
    host.id = 'copilot-chat';
    host.lang = locale;
    // Esc puts the chat away; while an agent looks along it means to stop them anywhere else.
    host.dataset['copilotEscape'] = '';
    // No part of the page that such an agent sees.
    host.dataset['copilotOwn'] = '';
    this.root = host.attachShadow({ mode: 'open' });
    adoptStyles(this.root, hostStyles + css);
    this.element = document.createElement('button');
    this.element.type = 'button';
    this.element.className = 'launcher';
    this.element.addEventListener('click', onClick);
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    this.icon = document.createElementNS(SVG, 'path');
    svg.append(this.icon);
    this.badge.className = 'badge';
    this.notice.className = 'notice';
    this.notice.setAttribute('role', 'status');
    this.element.append(svg, this.badge);
    this.root.append(this.notice, this.element);
    this.show();
    document.body.append(host);
  }

  setOpen(isOpen: boolean): void {
    this.isOpen = isOpen;
    this.show();
  }

  setUnread(count: number): void {
    this.unread = count;
    this.show();
  }

  setLoading(isLoading: boolean): void {
    this.element.toggleAttribute('aria-busy', isLoading);
    this.notice.textContent = isLoading ? this.words.loading : '';
  }

  setFailed(): void {
    this.notice.textContent = this.words.failed;
  }

  private show(): void {
    const { open, close, unread } = this.words;
    this.element.setAttribute('aria-label', this.isOpen ? close : this.unread > 0 ? unread(this.unread) : open);
    this.element.setAttribute('aria-expanded', String(this.isOpen));
    this.element.classList.toggle('is-open', this.isOpen);
    this.icon.setAttribute('d', this.isOpen ? CHEVRON : BUBBLE);
    this.badge.textContent = this.unread > 99 ? '99+' : String(this.unread);
    this.badge.hidden = this.unread === 0 || this.isOpen;
  }
}
