// Generated from src/Contracts by `dotnet run --project build/Generate`; a test fails when it drifts. Do not edit.

export const AgentStatuses = {
  available: 'available',
  away: 'away',
  offline: 'offline',
} as const;

export const Audiences = {
  all: 'all',
  agents: 'agents',
} as const;

export const CallOutcomes = {
  reached: 'reached',
  noAnswer: 'no_answer',
  busy: 'busy',
  voicemail: 'voicemail',
  wrongNumber: 'wrong_number',
} as const;

export const CallStates = {
  dialling: 'dialling',
  leftToAgent: 'left_to_agent',
  ringing: 'ringing',
  answered: 'answered',
  ended: 'ended',
} as const;

export const Channels = {
  chat: 'chat',
  callback: 'callback',
} as const;

export const ContactKinds = {
  chat: 'chat',
  callback: 'callback',
} as const;

export const ContactStates = {
  scheduled: 'scheduled',
  waiting: 'waiting',
  offered: 'offered',
  active: 'active',
  closed: 'closed',
} as const;

export const EntryKinds = {
  text: 'text',
  event: 'event',
  note: 'note',
} as const;

export const ErrorCodes = {
  invalid: 'invalid',
  notFound: 'not_found',
  forbidden: 'forbidden',
  conflict: 'conflict',
  stale: 'stale',
  closed: 'closed',
  outsideHours: 'outside_hours',
  queueFull: 'queue_full',
  tooLarge: 'too_large',
  rateLimited: 'rate_limited',
  unavailable: 'unavailable',
  internal: 'internal',
} as const;

export const EventCodes = {
  agentJoined: 'agent_joined',
  agentAway: 'agent_away',
  transferred: 'transferred',
  ended: 'ended',
  switched: 'switched',
  inactivityWarning: 'inactivity_warning',
  callFailed: 'call_failed',
} as const;

export const Limits = {
  textLength: 4000,
  idLength: 64,
  nameLength: 100,
  emailLength: 254,
  urlLength: 2048,
  titleLength: 300,
  typedCodeLength: 40,
  viewportPixels: 32767,
  frameBytes: 16384,
  frameCalls: 8,
  drawnPoints: 512,
  coordinate: 16777215,
  answerCount: 20,
  answerLength: 500,
  callbackTimes: 500,
  lineContacts: 100,
  joinPage: 500,
  hubMessageBytes: 32768,
  requestMemoryMs: 600000,
} as const;

export const Reasons = {
  declined: 'declined',
  notAnswered: 'not_answered',
  agentGone: 'agent_gone',
  transferred: 'transferred',
  endedByCustomer: 'ended_by_customer',
  endedByAgent: 'ended_by_agent',
  accepted: 'accepted',
  statusChanged: 'status_changed',
  inactive: 'inactive',
  missedOffers: 'missed_offers',
  due: 'due',
  rescheduled: 'rescheduled',
  switched: 'switched',
  moved: 'moved',
  overflow: 'overflow',
  reached: 'reached',
  noAnswer: 'no_answer',
  busy: 'busy',
  voicemail: 'voicemail',
  wrongNumber: 'wrong_number',
  notReached: 'not_reached',
} as const;

export const Roles = {
  customer: 'customer',
  agent: 'agent',
  supervisor: 'supervisor',
  system: 'system',
} as const;

export const SessionEndReasons = {
  codeExpired: 'code_expired',
  replaced: 'replaced',
  tooManyTries: 'too_many_tries',
  declined: 'declined',
  consentTimeout: 'consent_timeout',
  notRequested: 'not_requested',
  endedByCustomer: 'ended_by_customer',
  endedByAgent: 'ended_by_agent',
  agentSignedOut: 'agent_signed_out',
  customerGone: 'customer_gone',
  idle: 'idle',
  timeLimit: 'time_limit',
  unsafeContent: 'unsafe_content',
  pageTooLarge: 'page_too_large',
  displaced: 'displaced',
} as const;

export const SessionStates = {
  issued: 'issued',
  awaitingConsent: 'awaiting_consent',
  live: 'live',
  paused: 'paused',
  ended: 'ended',
} as const;

export interface AcceptOfferRequest {
  readonly offerId: string;
}

export interface AcceptOfferResult {
  readonly contactId: string;
  readonly conversationId?: string | undefined;
  readonly callback?: CallbackInfo | undefined;
}

export interface AcknowledgeFramesRequest {
  readonly sessionId: string;
  readonly seq: number;
}

export type Acknowledged = Record<string, never>;

export interface AddNoteRequest {
  readonly conversationId: string;
  readonly messageId: string;
  readonly text: string;
}

export interface AgentContact {
  readonly contactId: string;
  readonly kind: string;
  readonly state: string;
  readonly queue: string;
  readonly topic: string;
  readonly customer: CustomerInfo;
  readonly arrivedAt: string;
  readonly acceptedAt?: string | undefined;
  readonly conversationId?: string | undefined;
  readonly callback?: CallbackInfo | undefined;
  readonly customerAway?: boolean | undefined;
}

export interface AgentInfo {
  readonly agentId: string;
  readonly name: string;
}

export interface AgentOverview {
  readonly agent: AgentInfo;
  readonly status: string;
  readonly load: number;
  readonly capacity: number;
  readonly isOnCall: boolean;
  readonly isConnected: boolean;
  readonly queues: readonly string[];
  readonly wrapUpUntil?: string | undefined;
}

export interface AgentProfileResult {
  readonly agentId: string;
  readonly name: string;
  readonly role: string;
  readonly email: string;
  readonly site: string;
  readonly queues: readonly string[];
  readonly capacity: number;
  readonly expiresAt: string;
}

export interface AnswerNavigationRequest {
  readonly sessionId: string;
  readonly proposalId: string;
  readonly accepted: boolean;
}

export interface Author {
  readonly role: string;
  readonly id: string;
  readonly name?: string | undefined;
}

export interface CallAttemptInfo {
  readonly at: string;
  readonly outcome: string;
  readonly agentId?: string | undefined;
  readonly note?: string | undefined;
}

export interface CallInfo {
  readonly status: string;
  readonly outcome?: string | undefined;
  readonly reason?: string | undefined;
}

export interface CallbackInfo {
  readonly phone: string;
  readonly attempts: readonly CallAttemptInfo[];
  readonly dueAt?: string | undefined;
  readonly nextAttemptAt?: string | undefined;
  readonly note?: string | undefined;
  readonly call?: CallInfo | undefined;
}

export interface CallbackRules {
  readonly prefixes: readonly string[];
  readonly blockedPrefixes: readonly string[];
  readonly region?: string | undefined;
  readonly zone?: string | undefined;
}

export interface CallbackStatus {
  readonly contactId: string;
  readonly state: string;
  readonly queue: string;
  readonly topic: string;
  readonly callback: CallbackInfo;
  readonly manageToken: string;
  readonly dueAt?: string | undefined;
  readonly position?: number | undefined;
  readonly estimatedWait?: WaitRange | undefined;
  readonly agent?: AgentInfo | undefined;
  readonly reason?: string | undefined;
  readonly attemptsLeft?: number | undefined;
}

export interface CallbackTimesResult {
  readonly queue: string;
  readonly slotMinutes: number;
  readonly times: readonly string[];
  readonly nextFrom?: string | undefined;
}

export interface CancelCallbackRequest {
  readonly requestId: string;
  readonly contactId?: string | undefined;
  readonly manageToken?: string | undefined;
}

export interface ChannelOption {
  readonly channel: string;
  readonly available: boolean;
  readonly waiting: number;
  readonly opensAt?: string | undefined;
  readonly estimatedWait?: WaitRange | undefined;
  readonly closedForNow?: boolean | undefined;
  readonly callback?: CallbackRules | undefined;
}

export interface CloseQueueRequest {
  readonly queue: string;
  readonly until?: string | undefined;
}

export interface CoPilotInvitedEvent {
  readonly conversationId: string;
  readonly sessionId: string;
  readonly code: string;
  readonly expiresInSeconds?: number | undefined;
}

export interface CodeTriedEvent {
  readonly sessionId: string;
  readonly failures: number;
}

export interface ColleagueSummary {
  readonly agentId: string;
  readonly name: string;
  readonly status: string;
  readonly free: number;
}

export interface CompleteCallbackRequest {
  readonly requestId: string;
  readonly contactId: string;
  readonly outcome: string;
  readonly note?: string | undefined;
}

export interface CompleteCallbackResult {
  readonly state: string;
  readonly nextAttemptAt?: string | undefined;
}

export interface ConsentGivenEvent {
  readonly sessionId: string;
  readonly endsAt: string;
}

export interface ConsentRequest {
  readonly sessionId: string;
  readonly granted: boolean;
}

export interface ContactChangedEvent {
  readonly contactId: string;
  readonly state: string;
  readonly conversationId?: string | undefined;
  readonly position?: number | undefined;
  readonly estimatedWait?: WaitRange | undefined;
  readonly agent?: AgentInfo | undefined;
  readonly reason?: string | undefined;
  readonly dueAt?: string | undefined;
  readonly call?: CallInfo | undefined;
  readonly customerAway?: boolean | undefined;
}

export interface ContactOptionsResult {
  readonly queue: string;
  readonly channels: readonly ChannelOption[];
}

export interface ContactSummary {
  readonly contactId: string;
  readonly kind: string;
  readonly state: string;
  readonly queue: string;
  readonly topic: string;
  readonly arrivedAt: string;
  readonly conversationId?: string | undefined;
  readonly position?: number | undefined;
  readonly estimatedWait?: WaitRange | undefined;
  readonly agent?: AgentInfo | undefined;
  readonly callback?: CallbackInfo | undefined;
}

export interface ContinueRequest {
  readonly sessionId: string;
}

export interface ContinuedEvent {
  readonly sessionId: string;
}

export interface CreateCodeRequest {
  readonly requestId: string;
  readonly contactId?: string | undefined;
}

export interface CreateCodeResult {
  readonly sessionId: string;
  readonly code: string;
  readonly expiresAt: string;
}

export interface CustomerAwayEvent {
  readonly sessionId: string;
}

export interface CustomerInfo {
  readonly customerId: string;
  readonly verified: boolean;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly locale?: string | undefined;
  readonly pageUrl?: string | undefined;
  readonly orderId?: string | undefined;
  readonly answers?: Readonly<Record<string, string>> | undefined;
}

export interface CustomerJoinedEvent {
  readonly sessionId: string;
  readonly verified: boolean;
  readonly returned: boolean;
  readonly pageUrl?: string | undefined;
}

export interface CustomerTokenRequest {
  readonly site: string;
  readonly identityToken?: string | undefined;
  readonly locale?: string | undefined;
}

export interface CustomerTokenResult {
  readonly token: string;
  readonly customerId: string;
  readonly verified: boolean;
  readonly expiresAt: string;
}

export interface DeclineOfferRequest {
  readonly offerId: string;
}

export interface DrainingEvent {
  readonly reconnectWithinSeconds: number;
}

export interface EndChatRequest {
  readonly conversationId: string;
  readonly disposition?: string | undefined;
  readonly note?: string | undefined;
}

export interface EndRequest {
  readonly sessionId: string;
  readonly reason?: string | undefined;
}

export interface Frame {
  readonly seq: number;
  readonly keyframe: boolean;
  readonly part: number;
  readonly parts: number;
  readonly data: string;
}

export interface FramesEvent {
  readonly sessionId: string;
  readonly frames: readonly Frame[];
}

export interface GetCallbackRequest {
  readonly contactId?: string | undefined;
  readonly manageToken?: string | undefined;
}

export type GetQueuesRequest = Record<string, never>;

export interface GetQueuesResult {
  readonly queues: readonly QueueSummary[];
  readonly agents: readonly ColleagueSummary[];
}

export interface GuidanceEvent {
  readonly sessionId: string;
  readonly nodeId?: number | undefined;
  readonly x?: number | undefined;
  readonly y?: number | undefined;
  readonly points?: readonly number[] | undefined;
}

export interface GuidanceRequest {
  readonly sessionId: string;
  readonly nodeId?: number | undefined;
  readonly x?: number | undefined;
  readonly y?: number | undefined;
  readonly points?: readonly number[] | undefined;
  readonly seq?: number | undefined;
}

export interface InviteRequest {
  readonly sessionId: string;
  readonly conversationId: string;
}

export interface JoinRequest {
  readonly conversationId: string;
  readonly epoch?: string | undefined;
  readonly afterSeq: number;
  readonly afterId?: string | undefined;
}

export interface JoinResult {
  readonly conversationId: string;
  readonly epoch: string;
  readonly reset: boolean;
  readonly state: string;
  readonly contactId: string;
  readonly agent?: AgentInfo | undefined;
  readonly customer?: CustomerInfo | undefined;
  readonly messages: readonly LogEntry[];
  readonly hasMore: boolean;
  readonly lastSeq: number;
  readonly readBy: Readonly<Record<string, number>>;
}

export interface KeepAliveRequest {
  readonly sessionId: string;
  readonly active: boolean;
}

export interface KeyframeRequestedEvent {
  readonly sessionId: string;
}

export interface LeaveRequest {
  readonly conversationId: string;
}

export interface LineContact {
  readonly contactId: string;
  readonly kind: string;
  readonly state: string;
  readonly position: number;
  readonly topic: string;
  readonly customer: CustomerInfo;
  readonly arrivedAt: string;
  readonly headStartSeconds: number;
  readonly offeredTo?: AgentInfo | undefined;
  readonly estimatedWait?: WaitRange | undefined;
}

export interface LineContacts {
  readonly queue: string;
  readonly total: number;
  readonly contacts: readonly LineContact[];
}

export interface LineOverview {
  readonly queue: string;
  readonly waiting: number;
  readonly callbacksWaiting: number;
  readonly serving: number;
  readonly agentsAvailable: number;
  readonly callbacksDue: number;
  readonly callbacksScheduled: number;
  readonly answerWithinSeconds: number;
  readonly answeredPerHour: number;
  readonly estimatesPerHour: number;
  readonly isOpen: boolean;
  readonly oldestArrival?: string | undefined;
  readonly answeredInTime?: number | undefined;
  readonly estimatesInside?: number | undefined;
  readonly estimatedWait?: WaitRange | undefined;
  readonly opensAt?: string | undefined;
  readonly closed?: QueueClosedInfo | undefined;
}

export interface LogEntry {
  readonly seq: number;
  readonly after: number;
  readonly messageId: string;
  readonly kind: string;
  readonly audience: string;
  readonly author: Author;
  readonly text: string;
  readonly sentAt: string;
  readonly data?: Readonly<Record<string, string>> | undefined;
}

export interface MarkReadRequest {
  readonly conversationId: string;
  readonly seq: number;
}

export interface MessageEvent {
  readonly conversationId: string;
  readonly epoch: string;
  readonly message: LogEntry;
}

export interface MoveContactRequest {
  readonly contactId: string;
  readonly queue: string;
}

export type MyContactsRequest = Record<string, never>;

export interface MyContactsResult {
  readonly contacts: readonly ContactSummary[];
}

export interface NavigationAnsweredEvent {
  readonly sessionId: string;
  readonly proposalId: string;
  readonly accepted: boolean;
}

export interface NavigationProposedEvent {
  readonly sessionId: string;
  readonly proposalId: string;
  readonly url: string;
  readonly atOnce: boolean;
}

export interface OfferWithdrawnEvent {
  readonly offerId: string;
  readonly reason: string;
}

export interface OfferedEvent {
  readonly offerId: string;
  readonly contactId: string;
  readonly kind: string;
  readonly queue: string;
  readonly topic: string;
  readonly customer: CustomerInfo;
  readonly waitedSeconds: number;
  readonly expiresAt: string;
  readonly text?: string | undefined;
  readonly callback?: CallbackInfo | undefined;
}

export interface OpenQueueRequest {
  readonly queue: string;
}

export interface PageChangedRequest {
  readonly sessionId: string;
  readonly pageUrl: string;
  readonly pageTitle: string;
  readonly viewport: Viewport;
}

export interface PageChangedResult {
  readonly inScope: boolean;
}

export interface PageShownEvent {
  readonly sessionId: string;
  readonly page: WatchedPage;
}

export interface PauseRequest {
  readonly sessionId: string;
}

export interface PausedEvent {
  readonly sessionId: string;
}

export interface PointerMovedEvent {
  readonly sessionId: string;
  readonly x: number;
  readonly y: number;
  readonly scrollX: number;
  readonly scrollY: number;
}

export interface Problem {
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string | undefined;
}

export interface ProposeNavigationRequest {
  readonly sessionId: string;
  readonly url: string;
}

export interface ProposeNavigationResult {
  readonly proposalId: string;
}

export interface PublishFramesRequest {
  readonly sessionId: string;
  readonly frames: readonly Frame[];
}

export interface PublishFramesResult {
  readonly acknowledged: number;
}

export interface PublishPointerRequest {
  readonly sessionId: string;
  readonly x: number;
  readonly y: number;
  readonly scrollX: number;
  readonly scrollY: number;
}

export interface QueueClosedInfo {
  readonly until?: string | undefined;
}

export interface QueueSummary {
  readonly name: string;
  readonly waiting: number;
  readonly longestWaitSeconds: number;
  readonly agentsAvailable: number;
  readonly openNow: boolean;
  readonly closed?: QueueClosedInfo | undefined;
}

export interface QueuesChangedEvent {
  readonly queues: readonly QueueSummary[];
}

export interface ReadEvent {
  readonly conversationId: string;
  readonly participantId: string;
  readonly role: string;
  readonly seq: number;
}

export interface RedeemCodeRequest {
  readonly code: string;
  readonly pageUrl: string;
  readonly pageTitle: string;
  readonly version: string;
}

export interface RedeemCodeResult {
  readonly sessionId: string;
  readonly resumeToken: string;
  readonly agentName: string;
  readonly scope: ScopeRules;
  readonly shownSelectors: readonly string[];
  readonly limits: SessionLimits;
  readonly department?: string | undefined;
}

export interface RequestCallbackRequest {
  readonly requestId: string;
  readonly topic: string;
  readonly phone: string;
  readonly when?: string | undefined;
  readonly contactId?: string | undefined;
  readonly name?: string | undefined;
  readonly note?: string | undefined;
}

export interface RequestKeyframeRequest {
  readonly sessionId: string;
  readonly seq: number;
}

export interface RescheduleCallbackRequest {
  readonly requestId: string;
  readonly contactId?: string | undefined;
  readonly manageToken?: string | undefined;
  readonly when?: string | undefined;
}

export interface ResumeSessionRequest {
  readonly sessionId: string;
  readonly resumeToken: string;
  readonly pageUrl: string;
  readonly pageTitle: string;
  readonly version: string;
}

export interface ResumeSessionResult {
  readonly resumeToken: string;
  readonly state: string;
  readonly agentName: string;
  readonly scope: ScopeRules;
  readonly shownSelectors: readonly string[];
  readonly limits: SessionLimits;
  readonly inScope: boolean;
  readonly nextSeq: number;
  readonly department?: string | undefined;
}

export interface ScopeRule {
  readonly origin: string;
  readonly path: string;
}

export interface ScopeRules {
  readonly allowed: readonly ScopeRule[];
  readonly excluded: readonly string[];
  readonly dangerous: readonly string[];
}

export interface SendRequest {
  readonly conversationId: string;
  readonly messageId: string;
  readonly text: string;
}

export interface SendResult {
  readonly seq: number;
  readonly sentAt: string;
  readonly duplicate: boolean;
}

export interface SessionEndedEvent {
  readonly sessionId: string;
  readonly reason: string;
}

export interface SessionLimits {
  readonly keepAliveSeconds: number;
  readonly leaseSeconds: number;
  readonly consentSeconds: number;
  readonly idleSeconds: number;
  readonly totalSeconds: number;
}

export interface SessionStartedEvent {
  readonly sessionId: string;
  readonly agentName: string;
}

export interface SetPriorityRequest {
  readonly contactId: string;
  readonly headStartSeconds: number;
}

export interface SetStatusRequest {
  readonly status?: string | undefined;
}

export interface SetStatusResult {
  readonly agentId: string;
  readonly status: string;
  readonly capacity: number;
  readonly load: number;
  readonly contacts: readonly AgentContact[];
  readonly offer?: OfferedEvent | undefined;
  readonly wrapUpUntil?: string | undefined;
}

export interface SetTypingRequest {
  readonly conversationId: string;
  readonly typing: boolean;
}

export interface SignInRequest {
  readonly email: string;
  readonly password: string;
}

export interface SignInResult {
  readonly token: string;
  readonly agentId: string;
  readonly name: string;
  readonly role: string;
  readonly expiresAt: string;
}

export interface SiteOverview {
  readonly at: string;
  readonly lines: readonly LineOverview[];
  readonly agents: readonly AgentOverview[];
  readonly line?: LineContacts | undefined;
  readonly isOld?: boolean | undefined;
}

export interface SitePage {
  readonly title: string;
  readonly url: string;
}

export interface StartChatRequest {
  readonly requestId: string;
  readonly topic: string;
  readonly text?: string | undefined;
  readonly answers?: Readonly<Record<string, string>> | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly pageUrl?: string | undefined;
  readonly orderId?: string | undefined;
  readonly contactId?: string | undefined;
}

export interface StartChatResult {
  readonly contactId: string;
  readonly conversationId: string;
  readonly epoch: string;
  readonly state: string;
  readonly queue: string;
  readonly position?: number | undefined;
  readonly estimatedWait?: WaitRange | undefined;
}

export interface StatusChangedEvent {
  readonly status: string;
  readonly reason: string;
}

export interface TransferRequest {
  readonly requestId: string;
  readonly contactId: string;
  readonly queue?: string | undefined;
  readonly agentId?: string | undefined;
  readonly note?: string | undefined;
}

export interface TypingEvent {
  readonly conversationId: string;
  readonly author: Author;
  readonly typing: boolean;
}

export type UnwatchSiteRequest = Record<string, never>;

export interface Viewport {
  readonly width: number;
  readonly height: number;
}

export interface WaitRange {
  readonly minSeconds: number;
  readonly maxSeconds: number;
}

export interface WatchRequest {
  readonly sessionId: string;
}

export interface WatchResult {
  readonly state: string;
  readonly verified: boolean;
  readonly away: boolean;
  readonly failures: number;
  readonly page?: WatchedPage | undefined;
  readonly endsAt?: string | undefined;
  readonly endReason?: string | undefined;
  readonly viewerUrl?: string | undefined;
  readonly pages?: readonly SitePage[] | undefined;
}

export interface WatchSiteRequest {
  readonly queue?: string | undefined;
}

export interface WatchedPage {
  readonly inScope: boolean;
  readonly pageUrl?: string | undefined;
  readonly pageTitle?: string | undefined;
  readonly viewport?: Viewport | undefined;
}

export interface ChatHubCalls {
  Join: { request: JoinRequest; result: JoinResult };
  Leave: { request: LeaveRequest; result: Acknowledged };
  Send: { request: SendRequest; result: SendResult };
  SetTyping: { request: SetTypingRequest; result: Acknowledged };
  MarkRead: { request: MarkReadRequest; result: Acknowledged };
  EndChat: { request: EndChatRequest; result: Acknowledged };
  StartChat: { request: StartChatRequest; result: StartChatResult };
  MyContacts: { request: MyContactsRequest; result: MyContactsResult };
  RequestCallback: { request: RequestCallbackRequest; result: CallbackStatus };
  RescheduleCallback: { request: RescheduleCallbackRequest; result: CallbackStatus };
  CancelCallback: { request: CancelCallbackRequest; result: CallbackStatus };
  GetCallback: { request: GetCallbackRequest; result: CallbackStatus };
  SetStatus: { request: SetStatusRequest; result: SetStatusResult };
  AcceptOffer: { request: AcceptOfferRequest; result: AcceptOfferResult };
  DeclineOffer: { request: DeclineOfferRequest; result: Acknowledged };
  Transfer: { request: TransferRequest; result: Acknowledged };
  AddNote: { request: AddNoteRequest; result: SendResult };
  GetQueues: { request: GetQueuesRequest; result: GetQueuesResult };
  CompleteCallback: { request: CompleteCallbackRequest; result: CompleteCallbackResult };
  CloseQueue: { request: CloseQueueRequest; result: Acknowledged };
  OpenQueue: { request: OpenQueueRequest; result: Acknowledged };
  MoveContact: { request: MoveContactRequest; result: Acknowledged };
  SetPriority: { request: SetPriorityRequest; result: Acknowledged };
  WatchSite: { request: WatchSiteRequest; result: SiteOverview };
  UnwatchSite: { request: UnwatchSiteRequest; result: Acknowledged };
}

export interface ChatHubEvents {
  Message: MessageEvent;
  Typing: TypingEvent;
  Read: ReadEvent;
  ContactChanged: ContactChangedEvent;
  Offered: OfferedEvent;
  OfferWithdrawn: OfferWithdrawnEvent;
  StatusChanged: StatusChangedEvent;
  QueuesChanged: QueuesChangedEvent;
  SiteOverviewChanged: SiteOverview;
  CoPilotInvited: CoPilotInvitedEvent;
  Draining: DrainingEvent;
}

export interface CoBrowseHubCalls {
  CreateCode: { request: CreateCodeRequest; result: CreateCodeResult };
  Invite: { request: InviteRequest; result: Acknowledged };
  Watch: { request: WatchRequest; result: WatchResult };
  AcknowledgeFrames: { request: AcknowledgeFramesRequest; result: Acknowledged };
  RequestKeyframe: { request: RequestKeyframeRequest; result: Acknowledged };
  Point: { request: GuidanceRequest; result: Acknowledged };
  Highlight: { request: GuidanceRequest; result: Acknowledged };
  Draw: { request: GuidanceRequest; result: Acknowledged };
  ScrollTo: { request: GuidanceRequest; result: Acknowledged };
  ProposeNavigation: { request: ProposeNavigationRequest; result: ProposeNavigationResult };
  RedeemCode: { request: RedeemCodeRequest; result: RedeemCodeResult };
  Consent: { request: ConsentRequest; result: Acknowledged };
  ResumeSession: { request: ResumeSessionRequest; result: ResumeSessionResult };
  KeepAlive: { request: KeepAliveRequest; result: Acknowledged };
  PublishFrames: { request: PublishFramesRequest; result: PublishFramesResult };
  PublishPointer: { request: PublishPointerRequest; result: Acknowledged };
  PageChanged: { request: PageChangedRequest; result: PageChangedResult };
  AnswerNavigation: { request: AnswerNavigationRequest; result: Acknowledged };
  Pause: { request: PauseRequest; result: Acknowledged };
  Continue: { request: ContinueRequest; result: Acknowledged };
  End: { request: EndRequest; result: Acknowledged };
}

export interface CoBrowseHubEvents {
  CodeTried: CodeTriedEvent;
  CustomerJoined: CustomerJoinedEvent;
  ConsentGiven: ConsentGivenEvent;
  PageShown: PageShownEvent;
  Paused: PausedEvent;
  Continued: ContinuedEvent;
  CustomerAway: CustomerAwayEvent;
  Frames: FramesEvent;
  PointerMoved: PointerMovedEvent;
  NavigationAnswered: NavigationAnsweredEvent;
  SessionStarted: SessionStartedEvent;
  KeyframeRequested: KeyframeRequestedEvent;
  Pointer: GuidanceEvent;
  Highlighted: GuidanceEvent;
  Drawn: GuidanceEvent;
  ScrollProposed: GuidanceEvent;
  NavigationProposed: NavigationProposedEvent;
  SessionEnded: SessionEndedEvent;
  Draining: DrainingEvent;
}
