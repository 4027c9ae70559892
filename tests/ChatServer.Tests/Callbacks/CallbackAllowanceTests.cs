using System.Net;
using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.Identity;
using CoPilot.Contracts;
using CoPilot.Realtime;
using CoPilot.Realtime.Outcomes;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Callbacks;

public sealed class CallbackAllowanceTests : IDisposable
{
    private static readonly PhoneNumber Number = PhoneNumber.Parse("+31612345678")!;

    private readonly LogWatcher _log = new();
    private readonly SeenRequests _seen = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Take_Allowed_ShowsTheStoreNeitherNumberNorAddress()
    {
        Assert.Null(await Allowance().TakeAsync(CallerOf("shop"), Number, IPAddress.Parse("198.51.100.7")).Within());

        var seen = Assert.Single(_seen.Requesters);
        Assert.Equal(("shop", "c_1"), (seen.SiteId, seen.CustomerId));
        Assert.DoesNotContain("612345678", seen.Number, StringComparison.Ordinal);
        Assert.DoesNotContain("198.51.100.7", seen.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Take_Refused_SaysWhenButNotWhy()
    {
        _seen.Wait = TimeSpan.FromSeconds(90);

        var refusal = await Allowance().TakeAsync(CallerOf("shop"), Number, IPAddress.Loopback).Within();

        Assert.Equal(ErrorCodes.RateLimited, refusal?.Code);
        Assert.EndsWith("retry_after_ms=90000", refusal?.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("5678", refusal?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public Task GiveBack_WithTheStoreAway_HoldsNoAnswerUp() =>
        Allowance().GiveBackAsync(CallerOf("shop"), Number, IPAddress.Loopback, new Refusal(ErrorCodes.QueueFull, "full")).Within();

    [Fact]
    public void Hashes_RecogniseWithinASiteAndAKey()
    {
        var (hashes, others) = (HashesOf(1), HashesOf(2));

        Assert.Equal(hashes.OfNumber("shop", Number), HashesOf(1).OfNumber("shop", PhoneNumber.Parse("+31612345678")!));
        Assert.NotEqual(hashes.OfNumber("shop", Number), hashes.OfNumber("shop", PhoneNumber.Parse("+31612345679")!));
        Assert.NotEqual(hashes.OfNumber("shop", Number), hashes.OfNumber("other", Number));
        Assert.NotEqual(hashes.OfNumber("shop", Number), others.OfNumber("shop", Number));
    }

    [Fact]
    public void Hashes_OfAddresses_AreOfTheirNetwork()
    {
        var hashes = HashesOf(1);

        Assert.Equal(hashes.OfAddress("shop", IPAddress.Parse("2001:db8::1")), hashes.OfAddress("shop", IPAddress.Parse("2001:db8::2")));
        Assert.NotEqual(hashes.OfAddress("shop", IPAddress.Parse("2001:db8::1")), hashes.OfAddress("shop", IPAddress.Parse("2001:db8:0:1::1")));
        Assert.Equal(hashes.OfAddress("shop", IPAddress.Parse("::ffff:198.51.100.7")), hashes.OfAddress("shop", IPAddress.Parse("198.51.100.7")));
    }

    private static CallbackHashes HashesOf(byte key) => new(() => [.. Enumerable.Repeat(key, 32)]);

    private static Caller CallerOf(string site) => new("c_1", Roles.Customer, site, null, null, null, false, DateTimeOffset.UnixEpoch);

    private CallbackAllowance Allowance() => new(_seen, HashesOf(1), _log.For<CallbackAllowance>());

    private sealed class SeenRequests : ICallbackThrottle
    {
        public List<CallbackRequester> Requesters { get; } = [];

        public TimeSpan? Wait { get; set; }

        public Task<TimeSpan?> TakeAsync(CallbackRequester requester, CancellationToken cancellationToken = default)
        {
            Requesters.Add(requester);
            return Task.FromResult(Wait);
        }

        public Task GiveBackAsync(CallbackRequester requester, bool toNumberAlone, CancellationToken cancellationToken = default) =>
            throw new StoreUnavailableException("away");
    }
}
