using CoPilot.Realtime;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// Makes one of the nodes the keeper of a site: the one that tells its people about their lines, which several would tell twice. Thread-safe.
/// <para><b>Guarantee.</b> While one node is keeper nobody else is answered true; it stays so for <see cref="ReplacedAfter"/> after it asked last, and is then replaced by whoever asks.
/// Who was answered true and then stalls for longer does not know that it was replaced: what a keeper does must be harmless when two do it.</para>
/// <para>A store out of reach throws <see cref="StoreUnavailableException"/>, and whoever asked is no keeper.</para>
/// </summary>
public interface ISiteKeeper
{
    static readonly TimeSpan ReplacedAfter = TimeSpan.FromSeconds(5);

    /// <summary>Stays keeper, or becomes it when nobody is; false while another node is.</summary>
    Task<bool> KeepAsync(string siteId, CancellationToken cancellationToken = default);

    /// <summary>Another node may be keeper from now on. Harmless when this one is not.</summary>
    Task GiveUpAsync(string siteId, CancellationToken cancellationToken = default);
}
