import {
  CallError,
  type CallbackStatus,
  type ChatHubCalls,
  type ChatHubEvents,
  DISCONNECTED,
  type LogEntry,
} from '@copilot/contracts';
import type { SessionState } from '@copilot/realtime';
import type { ChatSession } from '../src/conversation/chat-session';

export const CUSTOMER = 'c1';
const AGENT = { role: 'agent', id: 'a1', name: 'Kim' };

/** One customer's server: what it holds survives its connections. */
export class FakeChatServer {
  readonly log: LogEntry[] = [];
  readonly calls: { method: string; request: unknown }[] = [];
  state = 'waiting';
  position: number | undefined = 3;
  hasChat = false;
  /** The customer's call-back. A chat that becomes one keeps its contact. */
  callback: CallbackStatus | undefined;
  /** Those that were asked for before it. */
  readonly others: CallbackStatus[] = [];
  refuse: ((method: string) => string | undefined) | undefined;
  private readonly sessions = new Set<FakeSession>();

  openSession = (): FakeSession => {
    const session = new FakeSession(this);
    this.sessions.add(session);
    return session;
  };

  goOnline(isOnline = true): void {
    this.sessions.forEach((session) => {
      session.become(isOnline ? 'connected' : 'reconnecting');
    });
  }

  say(text: string): LogEntry {
    return this.append(AGENT, `a${this.log.length}`, text);
  }

  accept(): void {
    this.state = 'active';
    this.push('ContactChanged', {
      contactId: 'x1',
      conversationId: 'k1',
      state: 'active',
      agent: { agentId: 'a1', name: 'Kim' },
    });
    this.append({ role: 'system', id: 'system', name: undefined }, 'j', 'agent_joined', 'event', {
      agentId: 'a1',
      agentName: 'Kim',
    });
  }

  push<Event extends keyof ChatHubEvents>(event: Event, payload: ChatHubEvents[Event]): void {
    this.sessions.forEach((session) => {
      session.receive(event, payload);
    });
  }

  answer(method: string, request: unknown): unknown {
    this.calls.push({ method, request });
    const code = this.refuse?.(method);
    if (code !== undefined) {
      throw new CallError({ code, text: '' });
    }
    return this.methods[method]?.(request as never) ?? {};
  }

  count(method: string): number {
    return this.calls.filter((call) => call.method === method).length;
  }

  /** As routing does, and tells of. */
  changeCallback(change: Partial<CallbackStatus>, reason?: string): CallbackStatus {
    const end = change.state === 'closed' ? { reason } : {};
    const callback = { ...(this.callback ?? this.notFound()), ...change, ...end };
    this.callback = callback;
    const { contactId, state, position, dueAt, agent } = callback;
    this.push('ContactChanged', { contactId, state, position, dueAt, agent, reason });
    return callback;
  }

  private notFound(): never {
    throw new CallError({ code: 'not_found', text: '' });
  }

  private append(
    author: LogEntry['author'],
    messageId: string,
    text: string,
    kind = 'text',
    data?: Record<string, string>,
  ): LogEntry {
    const known = this.log.find((entry) => entry.messageId === messageId && entry.author.id === author.id);
    const seq = this.log.length + 1;
    const sentAt = new Date().toISOString();
    const entry = known ?? { seq, after: seq - 1, messageId, kind, audience: 'all', author, text, sentAt, data };
    if (!known) {
      this.log.push(entry);
      this.push('Message', { conversationId: 'k1', epoch: 'e1', message: entry });
    }
    return entry;
  }

  private readonly methods: Record<string, ((request: never) => unknown) | undefined> = {
    StartChat: ({ requestId, text, topic }: ChatHubCalls['StartChat']['request']) => {
      this.hasChat = true;
      this.callback = undefined;
      if (text !== undefined) {
        this.append({ role: 'customer', id: CUSTOMER, name: undefined }, requestId, text);
      }
      return {
        contactId: 'x1',
        conversationId: 'k1',
        epoch: 'e1',
        state: this.state,
        queue: topic,
        position: this.position,
      };
    },
    MyContacts: () => ({
      contacts:
        this.hasChat && this.state !== 'closed'
          ? [
              {
                contactId: 'x1',
                conversationId: 'k1',
                kind: this.callback?.contactId === 'x1' ? 'callback' : 'chat',
                state: this.state,
                topic: 'orders',
                position: this.position,
              },
            ]
          : [...this.others, ...(this.callback ? [this.callback] : [])]
              .filter((each) => each.state !== 'closed')
              .map((each) => ({ ...each, kind: 'callback' })),
    }),
    RequestCallback: ({ topic, when, contactId, note }: ChatHubCalls['RequestCallback']['request']) => {
      if (this.callback) {
        this.others.push(this.callback);
      }
      const id = contactId ?? `b${this.others.length + 1}`;
      return (this.callback = {
        contactId: id,
        queue: topic,
        topic,
        manageToken: `${btoa(id)}.x1x2x3x4x5x6x7x8x9x0`.replaceAll('=', ''),
        callback: { phone: '+31 •••• 5678', attempts: [], dueAt: when, note },
        ...(when === undefined ? { state: 'waiting', position: this.position } : { state: 'scheduled', dueAt: when }),
      });
    },
    GetCallback: ({ contactId }: ChatHubCalls['GetCallback']['request']) =>
      this.others.find((each) => each.contactId === contactId) ?? this.callback ?? this.notFound(),
    RescheduleCallback: ({ when }: ChatHubCalls['RescheduleCallback']['request']) =>
      this.changeCallback(
        when === undefined
          ? { state: 'waiting', position: this.position, dueAt: undefined }
          : { state: 'scheduled', dueAt: when, position: undefined },
      ),
    CancelCallback: () =>
      this.changeCallback({ state: 'closed', position: undefined, dueAt: undefined }, 'ended_by_customer'),
    Join: ({ afterSeq }: ChatHubCalls['Join']['request']) => ({
      conversationId: 'k1',
      epoch: 'e1',
      reset: false,
      state: this.state,
      contactId: 'x1',
      messages: this.log.filter((entry) => entry.seq > afterSeq),
      hasMore: false,
      lastSeq: this.log.length,
      readBy: {},
    }),
    Send: ({ messageId, text }: ChatHubCalls['Send']['request']) => {
      const entry = this.append({ role: 'customer', id: CUSTOMER, name: undefined }, messageId, text);
      return { seq: entry.seq, sentAt: entry.sentAt, duplicate: false };
    },
    EndChat: () => {
      this.state = 'closed';
      this.append({ role: 'system', id: 'system', name: undefined }, 'end', 'ended', 'event', { by: 'customer' });
      return {};
    },
  };
}

export class FakeSession implements ChatSession {
  state: SessionState = 'connecting';
  isStarted = false;
  private readonly server: FakeChatServer;
  private readonly handlers = new Map<string, Set<(payload: never) => void>>();
  private readonly stateListeners = new Set<(state: SessionState) => void>();
  private readonly connectedListeners = new Set<() => void>();

  constructor(server: FakeChatServer) {
    this.server = server;
  }

  start(): void {
    this.isStarted = true;
  }

  stop(): void {
    this.become('stopped');
  }

  become(state: SessionState): void {
    if (this.state === 'stopped' || !this.isStarted) {
      return;
    }
    this.state = state;
    this.stateListeners.forEach((listener) => {
      listener(state);
    });
    if (state === 'connected') {
      this.connectedListeners.forEach((listener) => {
        listener();
      });
    }
  }

  async call<Method extends keyof ChatHubCalls>(
    method: Method,
    request: ChatHubCalls[Method]['request'],
  ): Promise<ChatHubCalls[Method]['result']> {
    await Promise.resolve();
    if (this.state !== 'connected') {
      throw new CallError({ code: DISCONNECTED, text: '' });
    }
    return this.server.answer(method, request) as ChatHubCalls[Method]['result'];
  }

  on<Event extends keyof ChatHubEvents>(event: Event, handler: (payload: ChatHubEvents[Event]) => void): () => void {
    const handlers = this.handlers.get(event) ?? new Set();
    this.handlers.set(event, handlers.add(handler));
    return () => handlers.delete(handler);
  }

  receive(event: string, payload: unknown): void {
    if (this.state === 'connected') {
      this.handlers.get(event)?.forEach((handler) => {
        handler(payload as never);
      });
    }
  }

  onState(listener: (state: SessionState) => void): () => void {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  }

  onConnected(listener: () => void): () => void {
    this.connectedListeners.add(listener);
    if (this.state === 'connected') {
      listener();
    }
    return () => this.connectedListeners.delete(listener);
  }
}
