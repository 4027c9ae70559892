import { Store } from '../stores/Store';

/** Two short notes, then silence for the rest of this time, until somebody answers. */
const everyMs = 2_500;

/**
 * The sound of an offer, made here, so that no file has to load at that moment. It repeats until stopped: one beep is missed by whoever
 * just looked away. Browsers keep sound back until the person has touched the page; `blocked` says so.
 */
export class Ringer {
  readonly blocked = new Store(false);
  private context: AudioContext | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;

  start(): void {
    if (this.timer !== undefined) {
      return;
    }
    this.ring();
    this.timer = setInterval(() => {
      this.ring();
    }, everyMs);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** Call it from a gesture: only then browsers let sound begin. */
  unlock(): void {
    this.context ??= newContext();
    void this.context?.resume().then(() => {
      this.blocked.set(false);
    });
  }

  dispose(): void {
    this.stop();
    void this.context?.close();
  }

  private ring(): void {
    this.context ??= newContext();
    const context = this.context;
    this.blocked.set(context?.state === 'suspended');
    if (context?.state === 'running') {
      note(context, 660, 0);
      note(context, 880, 0.16);
    }
  }
}

/** Absent in browsers without sound, such as those of tests. */
function newContext(): AudioContext | undefined {
  return typeof AudioContext === 'undefined' ? undefined : new AudioContext();
}

function note(context: AudioContext, frequency: number, delay: number): void {
  const start = context.currentTime + delay;
  const gain = context.createGain();
  // Ramps, because a tone that starts or ends in one sample clicks.
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(0.18, start + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.001, start + 0.28);
  const oscillator = context.createOscillator();
  oscillator.type = 'sine';
  oscillator.frequency.value = frequency;
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + 0.3);
}
