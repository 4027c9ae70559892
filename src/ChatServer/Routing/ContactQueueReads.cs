namespace CoPilot.ChatServer.Routing;

/// <summary>What is asked of any engine in one way.</summary>
public static class ContactQueueReads
{
    /// <summary>One contact's place, as <see cref="IContactQueue.GetPositionsAsync"/> answers.</summary>
    public static async Task<int?> GetPositionAsync(
        this IContactQueue queue, string siteId, string contactId, CancellationToken cancellationToken = default) =>
        (await queue.GetPositionsAsync(siteId, [contactId], cancellationToken))[0];
}
