/** The other side's typing is over when nothing more is heard of it for this long. */
const LASTS_MS = 6_000;

/** Who is typing on the other side. */
export class OtherTyping {
  /** Undefined for nobody; empty when the name is not known. */
  name: string | undefined;
  private readonly onChange: () => void;
  private ends: ReturnType<typeof setTimeout> | undefined;

  constructor(onChange: () => void) {
    this.onChange = onChange;
  }

  heard(name: string): void {
    this.set(name);
    this.ends = setTimeout(() => {
      this.stopped();
    }, LASTS_MS);
  }

  stopped(): void {
    this.set(undefined);
  }

  private set(name: string | undefined): void {
    clearTimeout(this.ends);
    if (this.name !== name) {
      this.name = name;
      this.onChange();
    }
  }
}
