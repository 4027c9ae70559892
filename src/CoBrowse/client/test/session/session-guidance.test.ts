// @vitest-environment jsdom
import { describe, expect, test, vi } from 'vitest';
import { eachInAWorld, type SessionWorld, settle, SHOP } from './session-world';

describe('guidance in a session', () => {
  let world: SessionWorld;
  eachInAWorld((fresh) => {
    world = fresh;
  });

  test('asks what the agent proposes, and no more once it is paused', async () => {
    await world.live();
    world.hub.emit('NavigationProposed', { sessionId: 's1', proposalId: 'p1', url: `${SHOP}/help`, atOnce: false });
    const { question } = world.session.state;
    expect(question).toMatchObject({ kind: 'page', path: '/help' });
    world.session.answer(question ?? expect.fail(), true);
    await settle();
    expect(world.hub.last('AnswerNavigation')).toMatchObject({ proposalId: 'p1', accepted: true });
    expect(world.left).toEqual([`${SHOP}/help`]);

    world.hub.emit('NavigationProposed', { sessionId: 's1', proposalId: 'p2', url: `${SHOP}/help`, atOnce: false });
    world.session.setPaused(true);
    await settle();
    expect(world.session.state.question).toBeUndefined();
    expect(world.hub.last('AnswerNavigation')).toMatchObject({ proposalId: 'p2', accepted: false });
  });

  test('asks no more what was proposed before a reconnect: the server has answered it', async () => {
    const propose = (proposalId: string, atOnce: boolean) => {
      world.hub.emit('NavigationProposed', { sessionId: 's1', proposalId, url: `${SHOP}/help`, atOnce });
      return world.session.state.question ?? expect.fail();
    };
    await world.live();
    for (const [proposalId, atOnce] of [['p1', false] as const, ['p2', true] as const]) {
      const question = propose(proposalId, atOnce);
      world.hub.drop();
      expect(world.session.state.question).toBe(question);
      world.hub.connect();
      await settle();
      expect(world.session.state.question).toBeUndefined();
      world.session.answer(question, true);
      await vi.advanceTimersByTimeAsync(15_000);
    }
    expect(world.hub.methods).not.toContain('AnswerNavigation');
    expect(world.left).toEqual([]);

    expect(propose('p3', false)).toMatchObject({ proposalId: 'p3' });
  });

  test('shows nothing that comes late: during a pause, on a private page, before the agent sees a new one', async () => {
    const point = (x: number) => {
      for (const name of ['Pointer', 'Highlighted', 'Drawn', 'ScrollProposed'] as const) {
        world.hub.emit(name, { sessionId: 's1', x, y: 1, points: [1, 1] });
      }
    };
    world.begin('live');
    point(1);
    world.hub.connect();
    await settle();
    point(2);
    expect(world.pointedAt).toEqual([2, 2, 2]);
    expect(world.session.state.question?.kind).toBe('scroll');
    world.session.setPaused(true);
    expect(world.session.state.question).toBeUndefined();
    point(3);
    await settle();
    point(4);
    world.session.setPaused(false);
    point(5);
    await settle();
    // Not told of yet, as by browsers without the Navigation API.
    world.url = `${SHOP}/checkout/pay`;
    point(6);
    world.goTo('/checkout/pay');
    point(7);
    world.goTo('/help');
    point(8);
    await settle();
    point(8);
    await vi.advanceTimersByTimeAsync(2_000);
    point(9);
    world.hub.drop();
    point(10);
    expect(world.pointedAt).toEqual([2, 2, 2, 9, 9, 9]);
    expect(world.session.state.question).toBeUndefined();
  });

  test('on a new page the question is asked again only when it is still open', async () => {
    world.hub.serverState = 'awaiting_consent';
    world.begin('asking');
    expect(world.session.state.phase).toBe('opening');
    world.hub.connect();
    await settle();
    expect(world.session.state.phase).toBe('asking');
  });
});
