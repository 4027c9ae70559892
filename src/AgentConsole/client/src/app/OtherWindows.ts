/** Windows of one agent in one browser tell each other that something changed that the server does not push, such as the status. */
export class OtherWindows {
  private readonly channel: BroadcastChannel | undefined;

  constructor(agentId: string, onChanged: () => void) {
    if (typeof BroadcastChannel === 'undefined') {
      return;
    }
    this.channel = new BroadcastChannel(`copilot.${agentId}`);
    this.channel.onmessage = onChanged;
  }

  tell(): void {
    this.channel?.postMessage('changed');
  }

  close(): void {
    this.channel?.close();
  }
}
