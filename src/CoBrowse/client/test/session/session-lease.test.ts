// @vitest-environment jsdom
import { ErrorCodes } from '@copilot/contracts';
import { describe, expect, test, vi } from 'vitest';
import { FakeHub, refuse } from './fake-hub';
import { eachInAWorld, type SessionWorld, settle } from './session-world';

describe('the lease of a session', () => {
  let world: SessionWorld;
  eachInAWorld((fresh) => {
    world = fresh;
  });

  test('says every 20 seconds that it is there, and whether anything happened', async () => {
    await world.live();
    world.isActive = true;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(world.hub.last('KeepAlive')).toEqual({ sessionId: 's1', active: true });
    world.isActive = false;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(world.hub.last('KeepAlive')).toEqual({ sessionId: 's1', active: false });
  });

  describe('in a tab in the background, whose timers run once a minute', () => {
    const later = async (seconds: number) => {
      vi.setSystemTime(Date.now() + seconds * 1_000);
      world.hub.heard();
      await settle();
    };
    const saidAlive = () => world.hub.methods.filter((each) => each === 'KeepAlive').length;

    test("keeps the lease by the server's pings", async () => {
      await world.live();
      for (let i = 0; i < 120; i++) {
        await later(5);
      }
      // Ten minutes, without one timer.
      expect(saidAlive()).toBe(24);
      expect(world.session.state).toMatchObject({ phase: 'live', isConnected: true });
    });

    test('says nothing more than it must while the timers run', async () => {
      await world.live();
      for (let i = 0; i < 12; i++) {
        await vi.advanceTimersByTimeAsync(5_000);
        world.hub.heard();
      }
      expect(saidAlive()).toBe(3);
    });

    test('goes on when it is shown again within the lease', async () => {
      await world.live();
      await later(20);
      vi.setSystemTime(Date.now() + 50_000);
      world.hub.drop();
      world.hub.connect();
      await settle();
      expect(world.session.state).toMatchObject({ phase: 'live', isConnected: true });
    });

    test('says that it was away for too long when it was', async () => {
      await world.live();
      vi.setSystemTime(Date.now() + 61_000);
      world.hub.answers.ResumeSession = refuse(ErrorCodes.notFound);
      world.hub.drop();
      world.hub.connect();
      await settle();
      expect(world.session.state).toMatchObject({ phase: 'ended', endReason: 'customer_gone' });
    });
  });

  test('says on the next page that the customer was away for too long', async () => {
    await world.live();
    world.session.release();
    const before = world.kept;
    world.hub = new FakeHub();
    world.hub.answers.ResumeSession = refuse(ErrorCodes.notFound);
    vi.setSystemTime(Date.now() + 600_000);
    world.begin('live', { left: before });
    world.hub.connect();
    await settle();
    expect(world.session.state).toMatchObject({ phase: 'ended', endReason: 'customer_gone' });
  });

  test('is there for the next page when the shop has cleared the storage, as some do when somebody signs in', async () => {
    await world.live();
    world.kept = undefined;
    world.session.release();
    expect(world.kept).toMatchObject({ sessionId: 's1', resumeToken: 't2', customerToken: 'c' });
  });
});
