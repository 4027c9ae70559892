using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sqlite;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Sqlite;
using CoPilot.Specifications.Routing;
using CoPilot.TestKit;
using Microsoft.Data.Sqlite;

namespace CoPilot.ChatServer.Tests.Sqlite;

/// <summary>A file that the version before call-backs wrote, with people in line and in service, and what it had not told yet.</summary>
public sealed class RoutingUpgradeTests : IAsyncDisposable
{
    private const string Shop = RoutingSites.Shop;
    private const string Orders = RoutingSites.Orders;

    /// <summary>The last contact came after the clock had stepped back by ten minutes.</summary>
    private const string Contacts =
        """
        INSERT INTO routing_contact (place, contact_id, site_id, customer_id, request_id, kind, conversation_id, customer, queue, topic, text, state, arrived_at, fence,
            agent_id, offer_id, served_by, accepted_at, closed_at, closed_reason) VALUES
        (1, 'over', 'shop', 'zoe', 'r', 'chat', 'c-over', '{"customerId":"zoe","verified":false}', 'orders', 'orders', 'Hi', 'closed', $now - 9000, 5,
            'anna', 'o-over', 'anna', $now - 8000, $now - 7000, 'ended_by_customer'),
        (2, 'served', 'shop', 'cleo', 'r', 'chat', 'c-served', '{"customerId":"cleo","verified":false}', 'orders', 'orders', 'Hi', 'active', $now - 6000, 3,
            'anna', 'o-served', 'anna', $now - 5000, NULL, NULL),
        (3, 'offered', 'shop', 'dana', 'r', 'chat', 'c-offered', '{"customerId":"dana","verified":false}', 'orders', 'orders', 'Hi', 'offered', $now - 4000, 2,
            'bert', 'o-offered', NULL, NULL, NULL, NULL),
        (4, 'passed', 'shop', 'eric', 'r', 'chat', 'c-passed', '{"customerId":"eric","verified":true}', 'orders', 'orders', 'Hi', 'waiting', $now - 3000, 3,
            NULL, NULL, NULL, NULL, NULL, NULL),
        (5, 'last', 'shop', 'fred', 'r', 'chat', 'c-last', '{"customerId":"fred","verified":false}', 'orders', 'orders', NULL, 'waiting', $now - 600000, 1,
            NULL, NULL, NULL, NULL, NULL, NULL);
        """;

    private const string Others =
        """
        INSERT INTO routing_offer VALUES
        ('o-over', 'shop', 'over', 'anna', $now - 9000, $now + 1000, 'accepted'), ('o-served', 'shop', 'served', 'anna', $now - 6000, $now + 1000, 'accepted'),
        ('o-offered', 'shop', 'offered', 'bert', $now - 4000, $now + 16000, NULL);
        INSERT INTO routing_agent VALUES
        ('shop', 'anna', 'Anna', 1, 'available', $now + 8000, 1, 0, $now - 5000), ('shop', 'bert', 'Bert', 1, 'available', $now + 8000, 1, 1, $now - 4000);
        INSERT INTO routing_agent_queue VALUES ('shop', 'anna', 'orders', 0), ('shop', 'bert', 'orders', 0);
        INSERT INTO routing_connection VALUES ('shop', 'anna', 'anna-1', $now + 8000), ('shop', 'bert', 'bert-1', $now + 8000);
        INSERT INTO routing_pass VALUES ('passed', 'bert', $now + 30000);
        INSERT INTO routing_timer VALUES
        ('shop', 'lease', 'anna', 'anna-1', $now + 8000, 0), ('shop', 'lease', 'bert', 'bert-1', $now + 8000, 0), ('shop', 'offer', 'bert', 'offered', $now + 16000, 2),
        ('shop', 'passed_over', 'bert', 'passed', $now + 30000, 0);
        INSERT INTO routing_request VALUES ('shop', 'fred', 'r', 'last', $now - 600000);
        INSERT INTO routing_outbox (site_id, body) VALUES ('shop',
        '{"effect":"contact_moved","contact":{"contactId":"last","requestId":"r","siteId":"shop","kind":"chat","conversationId":"c-last","customer":{"customerId":"fred","verified":false},"queue":"orders","topic":"orders","state":"waiting","arrivedAt":"2026-11-23T09:50:00+00:00","fence":1},"effectId":0,"siteId":"shop"}'),
        ('shop', '{"effect":"offer_made","agent":{"agentId":"bert","name":"Bert"},"offer":{"offerId":"o-offered","contact":{"contactId":"offered","requestId":"r","siteId":"shop","kind":"chat","conversationId":"c-offered","customer":{"customerId":"dana","verified":false},"queue":"orders","topic":"orders","text":"Hi","state":"offered","arrivedAt":"2026-11-23T09:59:56+00:00","fence":2,"agent":{"agentId":"bert","name":"Bert"}},"offeredAt":"2026-11-23T09:59:56+00:00","expiresAt":"2026-11-23T10:00:16+00:00"},"effectId":0,"siteId":"shop"}');
        """;

    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();
    private readonly LogWatcher _log = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly SqliteDatabase _database;
    private readonly SqliteContactQueue _queue;

    public RoutingUpgradeTests()
    {
        WriteBefore();
        _database = ChatDatabase.Open(_folder.File("test.db"), _log.For<SqliteDatabase>());
        _queue = new SqliteContactQueue(_database, new RoutingSites(), _clock, new RoutingHints());
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Contacts_StandWhereTheyStood()
    {
        Assert.Equal(["offered", "passed", "last"], (await _queue.GetLineAsync(Shop, Orders)).Select(position => position.ContactId));
        var served = (await _queue.FindAgentAsync(Shop, "anna"))!.Contacts;
        Assert.Equal(("served", ContactKinds.Chat, true), (Assert.Single(served).ContactId, served[0].Kind, served[0].HasConversation));
        Assert.Equal("o-offered", (await _queue.FindAgentAsync(Shop, "bert"))!.Offer?.OfferId);
        Assert.Equal(2, (await _queue.GetWaitsAsync(Shop)).Lines.Single(line => line.Queue == Orders).Times.Serving);
        await AssertWholeAsync();
    }

    [Fact]
    public async Task Steps_GoOn()
    {
        Assert.Equal("served", (await _queue.EnqueueAsync(New("cleo"))).Value.ContactId);
        var later = (await _queue.EnqueueAsync(New("gerd"))).Value;
        Assert.Equal(4, await _queue.GetPositionAsync(Shop, later.ContactId));

        Assert.Equal(ContactStates.Active, (await _queue.AcceptOfferAsync(Shop, "bert", "o-offered")).Value.State);
        Assert.True((await _queue.CloseAsync(new CloseCommand(Shop, "served", Roles.Agent, "anna", null))).IsAccepted);

        Assert.Equal("passed", (await _queue.FindAgentAsync(Shop, "anna"))!.Offer?.Contact.ContactId);
        await AssertWholeAsync();
    }

    [Fact]
    public async Task Process_ThatStartsOnIt_GivesAgentsTheirGrace()
    {
        await _queue.ForgetConnectionsAsync();
        _clock.Advance(RoutingSites.Grace);
        await _queue.FireDueTimersAsync(Shop, 100);

        Assert.Equal(["served", "offered", "passed", "last"], (await _queue.GetLineAsync(Shop, Orders)).Select(position => position.ContactId));
        await AssertWholeAsync();
    }

    [Fact]
    public async Task Effects_ThatWereNotApplied_AreOfChatsWithConversations()
    {
        var left = await _queue.ReadEffectsAsync(Shop, 10);

        var moved = Assert.IsType<ContactMoved>(left[0]);
        Assert.Equal(("last", true, false), (moved.Contact.ContactId, moved.Contact.HasConversation, moved.IsFirstTaking));
        Assert.True(Assert.IsType<OfferMade>(left[1]).Offer.Contact.HasConversation);
    }

    private static NewContact New(string customer) => new("r2", Shop, new CustomerInfo(customer, Verified: false), Orders, "Hello");

    private async Task AssertWholeAsync()
    {
        var part = await new SqliteRoutingInvariants(_database, new RoutingSites(), _clock).CheckAsync(Shop, null);
        Assert.All(part.Broken, broken => Assert.Equal(0, broken.Value));
    }

    /// <summary>With that version's own steps of the schema.</summary>
    private void WriteBefore()
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _folder.File("test.db"), Pooling = false }.ToString());
        connection.Open();
        Execute(connection, "CREATE TABLE schema_history (name TEXT PRIMARY KEY) WITHOUT ROWID, STRICT");
        foreach (var name in (string[])["Migrations/2026-11-21_00_Conversations.sql", "Migrations/2026-11-21_01_Routing.sql", "Migrations/2026-11-21_02_Accounts.sql"])
        {
            using var script = new StreamReader(typeof(ChatDatabase).Assembly.GetManifestResourceStream(name)!);
            Execute(connection, script.ReadToEnd());
            Execute(connection, $"INSERT INTO schema_history VALUES ('{name}')");
        }

        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        Execute(connection, (Contacts + Others).Replace("$now", now, StringComparison.Ordinal));
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
