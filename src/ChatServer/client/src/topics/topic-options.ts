import { Channels, type WaitRange } from '@copilot/contracts';
import type { ServerApi } from '@copilot/shop-page';

/** Whether one can chat about a topic now. `asking` before the first answer, `unknown` when none came: then one may try. */
export interface TopicOption {
  readonly topic: string;
  readonly availability: 'asking' | 'unknown' | 'open' | 'closed';
  readonly waiting: number;
  readonly estimatedWait?: WaitRange;
  readonly opensAt?: Date;
}

/** Asks about every topic of the page at once; one that gets no answer stays `unknown` and can be tried. */
export async function askTopics(
  api: Pick<ServerApi, 'contactOptions'>,
  site: string,
  topics: readonly string[],
): Promise<readonly TopicOption[]> {
  return Promise.all(topics.map((topic) => askTopic(api, site, topic)));
}

export function askingTopic(topic: string): TopicOption {
  return { topic, availability: 'asking', waiting: 0 };
}

async function askTopic(api: Pick<ServerApi, 'contactOptions'>, site: string, topic: string): Promise<TopicOption> {
  try {
    const { channels } = await api.contactOptions(site, topic);
    const chat = channels.find((option) => option.channel === Channels.chat);
    return {
      topic,
      availability: chat?.available === true ? 'open' : 'closed',
      waiting: chat?.waiting ?? 0,
      ...(chat?.estimatedWait === undefined ? {} : { estimatedWait: chat.estimatedWait }),
      ...(chat?.opensAt === undefined ? {} : { opensAt: new Date(chat.opensAt) }),
    };
  } catch {
    return { topic, availability: 'unknown', waiting: 0 };
  }
}
