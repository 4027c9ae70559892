/** Things to undo when what owns them ends, undone in reverse order. */
export class Cleanup {
  private readonly steps: (() => void)[] = [];

  add(...steps: (() => void)[]): void {
    this.steps.push(...steps);
  }

  /** Listens until cleaned up. */
  listen(target: EventTarget, type: string, listener: (event: Event) => void): void {
    target.addEventListener(type, listener);
    this.add(() => {
      target.removeEventListener(type, listener);
    });
  }

  run(): void {
    for (const step of this.steps.splice(0).reverse()) {
      step();
    }
  }
}
