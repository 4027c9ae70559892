using CoPilot.ChatServer.Identity;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Identity;

/// <summary>What every engine of <see cref="IAccountStore"/> must do.</summary>
public abstract class AccountStoreSpecification : IAsyncLifetime
{
    private static readonly DateTimeOffset LockedUntil = new(2026, 11, 23, 10, 5, 0, TimeSpan.Zero);

    private static readonly Account Ada = new(
        "a_1", "demo", "Ada@shop.example", "Ada", Roles.Supervisor, ["returns", "orders"], 7, "hash-of-ada");

    private IAccountStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await CreateStoreAsync();

    public async ValueTask DisposeAsync()
    {
        await ReleaseStoreAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Add_NewAddress_IsFoundByAddressAndId()
    {
        Assert.True(await _store.AddAsync(Ada).Within());

        AssertSame(Ada, await _store.FindByEmailAsync("ADA@SHOP.EXAMPLE").Within());
        AssertSame(Ada, await _store.FindAsync("a_1").Within());
    }

    [Fact]
    public async Task Add_TakenAddressInOtherCase_ChangesNothing()
    {
        await _store.AddAsync(Ada).Within();

        Assert.False(await _store.AddAsync(Ada with { AgentId = "a_2", Email = "ada@SHOP.example", Name = "Eve" }).Within());

        AssertSame(Ada, await _store.FindByEmailAsync(Ada.Email).Within());
        Assert.Null(await _store.FindAsync("a_2").Within());
    }

    [Fact]
    public async Task Add_AddressBeyondAscii_IsComparedWithoutCaseToo()
    {
        await _store.AddAsync(Ada with { Email = "ÄDA@shop.example" }).Within();

        Assert.NotNull(await _store.FindByEmailAsync("äda@shop.example").Within());
        Assert.False(await _store.AddAsync(Ada with { AgentId = "a_2", Email = "äda@shop.example" }).Within());
    }

    [Fact]
    public async Task Add_ManyAtOnceForOneAddress_OneWins()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => _store.AddAsync(Ada with { AgentId = $"a_{i}" }))).Within();

        Assert.Single(added, won => won);
        Assert.Single(await _store.ListAsync().Within());
    }

    [Fact]
    public async Task AddAll_NewAddresses_AddsEach()
    {
        Assert.Empty(await _store.AddAllAsync([Ada, Ada with { AgentId = "a_2", Email = "bob@shop.example", IsDisabled = true, LockedUntil = LockedUntil }]).Within());

        AssertSame(Ada, await _store.FindAsync("a_1").Within());
        var bob = (await _store.FindByEmailAsync("bob@shop.example").Within())!;
        Assert.Equal((true, LockedUntil), (bob.IsDisabled, bob.LockedUntil));
    }

    [Fact]
    public async Task AddAll_OneAddressTaken_AddsNoneAndNamesIt()
    {
        await _store.AddAsync(Ada).Within();

        Assert.Equal(
            ["ADA@shop.example"],
            await _store.AddAllAsync([Ada with { AgentId = "a_2", Email = "bob@shop.example" }, Ada with { AgentId = "a_3", Email = "ADA@shop.example" }]).Within());

        Assert.Single(await _store.ListAsync().Within());
    }

    [Fact]
    public async Task AddAll_OneAddressTwice_AddsNoneAndNamesIt()
    {
        Assert.Equal(["ADA@shop.example"], await _store.AddAllAsync([Ada, Ada with { AgentId = "a_2", Email = "ADA@shop.example" }]).Within());

        Assert.Empty(await _store.ListAsync().Within());
    }

    [Fact]
    public async Task AddAll_Thousands_AddsThemAll()
    {
        var many = Enumerable.Range(0, 5_000).Select(i => Ada with { AgentId = $"a_{i}", Email = $"{i}@shop.example" }).ToList();

        Assert.Empty(await _store.AddAllAsync(many).Within());

        Assert.Equal(many.Count, (await _store.ListAsync().Within()).Count);
    }

    [Fact]
    public async Task Find_Unknown_IsNull()
    {
        Assert.Null(await _store.FindByEmailAsync("nobody@shop.example").Within());
        Assert.Null(await _store.FindAsync("a_1").Within());
    }

    [Fact]
    public async Task List_SeveralAccounts_IsByAddress()
    {
        foreach (var name in (string[])["carol", "Ada", "bob"])
        {
            await _store.AddAsync(Ada with { AgentId = name, Email = name + "@shop.example" }).Within();
        }

        Assert.Equal(["Ada", "bob", "carol"], (await _store.ListAsync().Within()).Select(account => account.AgentId));
    }

    [Fact]
    public async Task Disable_InOtherCase_Sticks()
    {
        await _store.AddAsync(Ada).Within();

        Assert.True(await _store.DisableAsync("ada@SHOP.example").Within());
        Assert.True(await _store.DisableAsync(Ada.Email).Within());

        Assert.True((await _store.FindAsync(Ada.AgentId).Within())!.IsDisabled);
        Assert.False(await _store.AddAsync(Ada with { AgentId = "a_2" }).Within());
    }

    [Fact]
    public async Task Disable_Unknown_IsFalse() => Assert.False(await _store.DisableAsync("nobody@shop.example").Within());

    [Fact]
    public async Task RecordFailure_AtTheLimit_LocksAndCountsAnew()
    {
        await _store.AddAsync(Ada).Within();

        Assert.Equal(1, await FailAsync());
        Assert.Equal(2, await FailAsync());
        Assert.Null((await _store.FindAsync(Ada.AgentId).Within())!.LockedUntil);
        Assert.Equal(3, await FailAsync());

        Assert.Equal(LockedUntil, (await _store.FindAsync(Ada.AgentId).Within())!.LockedUntil);
        Assert.Equal(1, await FailAsync());
    }

    [Fact]
    public async Task RecordFailure_ManyAtOnce_CountsEach()
    {
        await _store.AddAsync(Ada).Within();

        var counts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _store.RecordFailureAsync(Ada.AgentId, 100, LockedUntil))).Within();

        Assert.Equal(Enumerable.Range(1, 20), counts.Order());
    }

    [Fact]
    public async Task ClearFailures_AfterSome_CountsAnewAndUnlocks()
    {
        await _store.AddAsync(Ada).Within();
        await FailAsync();
        await FailAsync();
        await FailAsync();

        await _store.ClearFailuresAsync(Ada.AgentId).Within();

        Assert.Null((await _store.FindAsync(Ada.AgentId).Within())!.LockedUntil);
        Assert.Equal(1, await FailAsync());
    }

    /// <summary>A store of its own for this test, with nothing in it.</summary>
    protected abstract Task<IAccountStore> CreateStoreAsync();

    protected abstract ValueTask ReleaseStoreAsync();

    private static void AssertSame(Account expected, Account? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Queues, actual.Queues);
        Assert.Equal(expected with { Queues = [] }, actual with { Queues = [] });
    }

    private Task<int> FailAsync() => _store.RecordFailureAsync(Ada.AgentId, 3, LockedUntil).Within();
}
