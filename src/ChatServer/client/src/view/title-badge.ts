/** Counts unread messages in the title of a tab that is out of sight, and gives the page its own title back. */
export class TitleBadge {
  private shown: string | undefined;
  private own = '';

  update(unread: number): void {
    const isAway = document.visibilityState === 'hidden';
    if (this.shown !== undefined && document.title === this.shown) {
      document.title = this.own;
    }
    this.shown = undefined;
    if (unread > 0 && isAway) {
      this.own = document.title;
      this.shown = `(${unread}) ${this.own}`;
      document.title = this.shown;
    }
  }
}
